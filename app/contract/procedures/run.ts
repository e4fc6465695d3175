import { z } from 'zod';
import { runId } from '../ids.ts';
import { run } from '../models/run.ts';
import { count, failureGroup, jobCounts } from './shared.ts';

export const runProgress = run.extend({
  connection: z.string(),
  /** Name of the second connection. */
  fallbackConnection: z.string().nullable(),
  /** Of a run with a second connection: how many photos each described, as it stands now. */
  describedBy: z.array(z.object({ connection: z.string(), photos: count })),
  jobs: jobCounts,
  requests: count,
  inputTokens: count,
  outputTokens: count,
  /** Of services that count features instead of tokens. */
  transactions: count,
  costMicroUsd: count,
  /** Of its requests, those that nobody knows the price of: they are not in the cost. */
  unpriced: count,
  failures: z.array(failureGroup),
  /** How fast it goes now; `null` while it does not, and to those who only read. */
  pace: z.object({ photosPerMinute: z.number().nonnegative(), msLeft: count.nullable() }).nullable(),
  /** What goes as batches; `null` when nothing of it does now. */
  batch: z
    .object({
      state: z.enum(['preparing', 'sending', 'at-service', 'fetching', 'canceling']),
      photos: count,
      /** By the service's word. */
      done: count.nullable(),
      /** With the service since, and when its day is over. */
      sinceMs: z.number().int().nullable(),
      latestMs: z.number().int().nullable(),
      checkedAtMs: z.number().int().nullable(),
    })
    .nullable(),
  /** Photos of which it said something that still stands: what undoing it takes back. */
  undoable: count,
});

/** Descriptions that were asked for together. */
export const runProcedures = {
  'run.list': { reads: true, input: z.object({ limit: count.optional() }), output: z.array(runProgress) },
  'run.get': { reads: true, input: z.object({ id: runId }), output: runProgress },
  'run.pause': { reads: false, input: z.object({ id: runId }), output: run },
  'run.resume': {
    reads: false,
    input: z.object({ id: runId, budgetMicroUsd: count.optional() }),
    output: run,
  },
  'run.cancel': { reads: false, input: z.object({ id: runId }), output: run },
  'run.undo': { reads: false, input: z.object({ id: runId }), output: z.object({ photos: count }) },
} as const;
