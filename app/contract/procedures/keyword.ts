import { z } from 'zod';
import { count } from './shared.ts';

/** Keywords in use. */
export const keywordProcedures = {
  /** Those that begin with a text, in any case, with and without accents, most used first; then those with a word that does. */
  'keyword.complete': {
    reads: true,
    input: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(100).optional() }),
    output: z.array(z.object({ keyword: z.string(), photos: count })),
  },
} as const;
