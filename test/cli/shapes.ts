import { z } from 'zod';
import { errorCodes } from '../../app/contract/errors.ts';

/** @file What scripts may rely on (DESIGN §11), written down once more, apart from the code that makes it. */

const count = z.number().int().nonnegative();
const error = z.strictObject({ code: z.enum(errorCodes), message: z.string().min(1) });

export const photoLine = z.strictObject({
  /** Or the address that gave no picture. */
  path: z.string().regex(/^(\/|https?:\/\/)/),
  status: z.enum(['described', 'failed', 'skipped']),
  caption: z.string().nullable(),
  altText: z.string().nullable(),
  keywords: z.array(z.string()),
  recognizedText: z.string().nullable(),
  objects: z.array(z.looseObject({ label: z.string() })),
  error: error.nullable(),
  usage: z.strictObject({ inputTokens: count, outputTokens: count, costMicroUsd: count }),
});

export const summaryLine = z.strictObject({
  summary: z.looseObject({
    found: count,
    described: count,
    failed: count,
    skipped: count,
    inputTokens: count,
    outputTokens: count,
    costMicroUsd: count,
    alreadyDescribed: count,
    waiting: count,
  }),
  error: error.optional(),
});

export const errorDocument = z.strictObject({ error });

export const planDocument = z.looseObject({
  photos: count,
  requests: count,
  imageTokens: count,
  inputTokens: count,
  outputTokens: count,
  costMicroUsd: count.nullable(),
});

export const searchDocument = z.strictObject({
  total: count,
  photos: z.array(
    z.strictObject({
      id: count,
      path: z.string(),
      caption: z.string().nullable(),
      keywords: z.array(z.string()),
      snippet: z.string().nullable(),
      /** Of one that has failed. */
      error: error.optional(),
    }),
  ),
});

export const showDocument = z.looseObject({
  id: count,
  path: z.string(),
  state: z.string(),
  description: z.looseObject({ caption: z.looseObject({ text: z.string(), owner: z.string() }) }).nullable(),
  metadata: z.looseObject({}),
  history: z.array(z.looseObject({})),
});

export const usageDocument = z.looseObject({
  requests: count,
  inputTokens: count,
  outputTokens: count,
  costMicroUsd: count,
  byModel: z.array(z.looseObject({ requests: count })),
  byDay: z.array(z.looseObject({ day: z.string(), requests: count })),
});

export type PhotoLine = z.infer<typeof photoLine>;
export type Summary = z.infer<typeof summaryLine>;

/** The lines of `describe --json`: photos, then the summary. */
export function readDescribed(lines: readonly unknown[]): { photos: PhotoLine[]; last: Summary } {
  return {
    photos: lines.slice(0, -1).map((line) => photoLine.parse(line)),
    last: summaryLine.parse(lines.at(-1)),
  };
}
