import { z } from 'zod';
import { connection, root } from '../models.ts';
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
      problems: count,
      unsupported: count,
      missing: count,
      roots: z.array(root.extend({ photos: count, described: count })),
      connections: z.array(connection),
      jobs: jobCounts,
      lanes: z.array(lane),
      spentTodayMicroUsd: count,
      spentThisMonthMicroUsd: count,
    }),
  },
} as const;
