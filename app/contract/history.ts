import { z } from 'zod';
import { descriptionId, requestId, runId, threadId } from './ids.ts';
import { doubt, owner, statementFields } from './models/description.ts';

/** One past or present statement about an asset, with its provenance. */
export const pastDescription = z.object({
  id: descriptionId,
  owner,
  fields: statementFields,
  baseline: z.boolean(),
  live: z.boolean(),
  /** Who was asked; of a person's words, whose answer they took over. */
  connection: z.string().nullable(),
  modelAnswered: z.string().nullable(),
  promptVersion: z.string().nullable(),
  detail: z.string().nullable(),
  sentWidthPx: z.number().int().nullable(),
  sentHeightPx: z.number().int().nullable(),
  doubts: z.array(doubt),
  requestId: requestId.nullable(),
  /** Of a person's words: the thread with the answer that they took over, while there is one. */
  threadId: threadId.nullable(),
  runId: runId.nullable(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  costMicroUsd: z.number().int().nullable(),
  createdAtMs: z.number().int(),
});
export type PastDescription = z.infer<typeof pastDescription>;

/** What a person's words now owe to an answer that they took over: theirs, so that no run replaces it, and said by a model. */
export const takenAnswer = z.object({
  field: z.enum(['caption', 'keywords']),
  /** Those that came from it; of a caption none. */
  keywords: z.array(z.string()),
  connection: z.string().nullable(),
  modelAnswered: z.string().nullable(),
  threadId: threadId.nullable(),
  /** This photo's part of what the answer cost. */
  costMicroUsd: z.number().int().nullable(),
});
export type TakenAnswer = z.infer<typeof takenAnswer>;
