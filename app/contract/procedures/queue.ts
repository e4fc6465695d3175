import { z } from 'zod';
import { runId } from '../ids.ts';
import { count, failureGroup, jobCounts, lane, selection } from './shared.ts';

/** What waits, and the lanes it waits in. */
export const queueProcedures = {
  'queue.list': {
    reads: true,
    input: z.object({}),
    output: z.object({
      jobs: jobCounts,
      byKind: z.array(jobCounts.extend({ kind: z.string() })),
      lanes: z.array(lane),
      /** Photos that have failed (`is:failed`), by reason and run, most first. */
      failures: z.array(
        failureGroup.extend({
          runId: runId.nullable(),
          /** Paths of the first three. */
          examples: z.array(z.string()),
        }),
      ),
    }),
  },
  /** How many jobs of some lanes wait or run: cheap enough to be asked while they do. */
  'queue.count': {
    reads: true,
    input: z.object({ lanes: z.array(z.string()) }),
    output: z.object({ jobs: count }),
  },
  /** Lanes that rest. */
  'lane.list': { reads: true, input: z.object({}), output: z.array(lane) },
  'queue.pause': { reads: false, input: z.object({}), output: z.object({}) },
  'queue.resume': { reads: false, input: z.object({}), output: z.object({}) },
  /**
   * What failed is tried again: photos that a model was asked for in vain, and files that could not be read. Of a run, for a
   * reason, or of some photos. `photos`: how many failed photos that are.
   */
  'queue.retry': {
    reads: false,
    input: z.object({
      runId: runId.optional(),
      code: z.string().optional(),
      photos: selection.optional(),
    }),
    output: z.object({ photos: count }),
  },
  'queue.cancel': { reads: false, input: z.object({}), output: z.object({ jobs: count }) },
} as const;
