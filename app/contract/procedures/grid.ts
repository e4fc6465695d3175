import { z } from 'zod';
import { count, gridSort } from './shared.ts';

/** The order of the grid, as one binary resource: `grid-order.ts` reads it. */
export const gridProcedures = {
  /**
   * Writes the order of all that a query finds, unless nothing has changed since it was written last. It is there for a
   * while: fetch it at once (`dataUrl`), and prepare it again when it is gone, or after `grid.changed`.
   */
  'grid.prepare': {
    reads: false,
    input: z.object({
      query: z.string().optional(),
      /** The last word is still being typed, as `search.query` has it. */
      asYouType: z.boolean().optional(),
      sort: gridSort.optional(),
      /** Rather the first photos at once than all of them when all have been found: ask again when it is not whole. */
      soon: z.boolean().optional(),
    }),
    output: z.object({
      name: z.string(),
      count,
      sizeBytes: count,
      /** False where it holds only the first photos, since `soon` was asked for. */
      isWhole: z.boolean(),
      /** How many were found; at least so many where it is not whole. */
      found: count,
      /** Hints about filters that were not understood. */
      notes: z.array(z.string()),
    }),
  },
} as const;
