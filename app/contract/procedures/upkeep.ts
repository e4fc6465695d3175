import { z } from 'zod';
import { finding } from '../finding.ts';
import { assetProcedures } from './asset.ts';

/** Looking after a library: what is wrong with it, and taking what is in it elsewhere. */
export const upkeepProcedures = {
  /** Checks folders, tools, space and the database; tells each finding as it comes. */
  'library.doctor': {
    reads: true,
    input: z.object({}),
    part: finding,
    output: z.object({ findings: z.array(finding) }),
  },
  /** A page of everything that is known of the photos that a query finds, oldest first. */
  'library.export': {
    reads: true,
    input: z.object({
      query: z.string().optional(),
      after: z.string().optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({
      photos: z.array(assetProcedures['asset.get'].output),
      nextCursor: z.string().nullable(),
    }),
  },
} as const;
