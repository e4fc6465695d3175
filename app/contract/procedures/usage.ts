import { z } from 'zod';
import { runId } from '../ids.ts';
import { booking, requestState } from '../booking.ts';
import { count, microUsd } from './shared.ts';

const usageTotals = z.object({
  requests: count,
  inputTokens: count,
  outputTokens: count,
  /** Of services that count features instead of tokens. */
  transactions: count,
  costMicroUsd: count,
  /** Requests that nobody knows the price of: their cost is in no sum, which says too little then. */
  unpriced: count,
});

/** What was used and spent. */
export const usageProcedures = {
  'usage.get': {
    reads: true,
    input: z.object({ sinceMs: z.number().int().optional(), runId: runId.optional() }),
    output: usageTotals.extend({
      /** The part of it that went as batches, at half the price. */
      batches: usageTotals,
      byModel: z.array(usageTotals.extend({ model: z.string().nullable() })),
      byDay: z.array(usageTotals.extend({ day: z.string() })),
      byFolder: z.array(usageTotals.extend({ folder: z.string().nullable() })),
      /** Requests that are booked at an estimate, or still in flight. */
      unexplained: z.array(
        z.object({
          id: z.number(),
          state: requestState,
          booking,
          errorCode: z.string().nullable(),
          sentAtMs: z.number(),
          costMicroUsd: microUsd,
        }),
      ),
    }),
  },
  /** Only what was used and spent: cheap enough to be asked while a run goes on. */
  'usage.total': {
    reads: true,
    input: z.object({ sinceMs: z.number().int().optional(), runId: runId.optional() }),
    output: usageTotals,
  },
} as const;
