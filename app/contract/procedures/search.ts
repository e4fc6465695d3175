import { z } from 'zod';
import { photoSummary } from '../models.ts';
import { count } from './shared.ts';

/** Finding photos. */
export const searchProcedures = {
  'search.query': {
    reads: true,
    input: z.object({
      query: z.string(),
      limit: z.number().int().min(1).max(500).optional(),
      sort: z.enum(['relevance', 'newest', 'oldest', 'name', 'rating']).optional(),
      after: z.string().optional(),
    }),
    output: z.object({
      total: count,
      totalIsCapped: z.boolean(),
      photos: z.array(photoSummary),
      nextCursor: z.string().nullable(),
      /** Hints about filters that were not understood. */
      notes: z.array(z.string()),
    }),
  },
} as const;
