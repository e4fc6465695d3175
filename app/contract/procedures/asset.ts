import { z } from 'zod';
import { assetId } from '../ids.ts';
import { description, errorInfo, facts, pastDescription } from '../models.ts';
import { count } from './shared.ts';

/** Everything about one photo. */
export const assetProcedures = {
  'asset.get': {
    reads: true,
    input: z.union([z.object({ id: assetId }), z.object({ path: z.string() })]),
    output: z.object({
      id: assetId,
      path: z.string(),
      /** All files that carry it or have the same bytes. */
      duplicates: z.array(z.string()),
      state: z.enum(['found', 'ready', 'unsupported', 'unreadable', 'missing', 'offline']),
      error: errorInfo.nullable(),
      description: description.nullable(),
      metadata: facts.extend({
        format: z.string().nullable(),
        widthPx: count.nullable(),
        heightPx: count.nullable(),
        sizeBytes: count,
        colors: z.array(z.string()),
      }),
      history: z.array(pastDescription),
    }),
  },
} as const;
