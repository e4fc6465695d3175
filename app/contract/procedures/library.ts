import { z } from 'zod';
import { rootId } from '../ids.ts';
import { connection, connectionState } from '../models/connection.ts';
import { errorInfo } from '../models/error-info.ts';
import { root } from '../models/root.ts';
import { count, jobCounts, lane } from './shared.ts';

/** What is in the library and how it stands. */
export const libraryProcedures = {
  'library.status': {
    reads: true,
    input: z.object({}),
    output: z.object({
      folder: z.string(),
      photos: count,
      described: count,
      baseline: count,
      /** What `is:failed` finds: not described, since something is wrong with them, or went wrong; unreadable ones too. */
      failed: count,
      /** Unreadable. */
      problems: count,
      unsupported: count,
      missing: count,
      roots: z.array(root.extend({ photos: count, described: count })),
      connections: z.array(connection),
      jobs: jobCounts,
      lanes: z.array(lane),
      spentTodayMicroUsd: count,
      spentThisMonthMicroUsd: count,
      /** Requests that nobody knows the price of: they are not in these sums. */
      unpricedToday: count,
      unpricedThisMonth: count,
    }),
  },
  /** The little that a status bar shows: cheap enough to be asked once a second. */
  'library.summary': {
    reads: true,
    input: z.object({}),
    output: z.object({
      photos: count,
      /** By a model. */
      described: count,
      /** By a model, a person or the file: what `is:described` finds. */
      said: count,
      baseline: count,
      problems: count,
      /** What `is:failed` finds. */
      failed: count,
      unsupported: count,
      /** Found, and not read yet. */
      unread: count,
      away: count,
      excluded: count,
      needsReview: count,
      /** Of these, the ones of which something may be wrong: what `is:doubtful` finds. */
      doubtful: count,
      /**
       * What waits or runs: reading files, thumbnails, descriptions. `overnight`: photos that go as batches, here or with their
       * service; `held`: photos that wait because their run is paused.
       */
      waiting: z.object({ files: count, thumbnails: count, photos: count, overnight: count, held: count }),
      /** How fast photos are described now, and how long the rest takes; `null` while nothing is. */
      pace: z.object({ photosPerMinute: z.number().nonnegative(), msLeft: count.nullable() }).nullable(),
      /** Files seen so far by scans that go on. */
      scanning: z.array(z.object({ rootId, files: count })),
      /** Runs that a person, a budget or a key has to set going again. */
      pausedRuns: count,
      runningRuns: count,
      spentTodayMicroUsd: count,
      spentThisMonthMicroUsd: count,
      /** Requests that nobody knows the price of: they are not in these sums. */
      unpricedToday: count,
      unpricedThisMonth: count,
      monthlyBudgetMicroUsd: count.nullable(),
      connections: z.array(
        z.object({
          id: connection.shape.id,
          name: z.string(),
          state: connectionState,
          error: errorInfo.nullable(),
          /** It rests until then by itself, for a rate limit or a lost network; `null`: it does not rest, or for a person. */
          restsUntilMs: z.number().int().nullable(),
        }),
      ),
    }),
  },
} as const;
