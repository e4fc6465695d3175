import { z } from 'zod';
import { connectionId } from '../ids.ts';
import { connectionKind, errorInfo, price } from '../models.ts';

/** Shapes that the procedures of several nouns share. */

export const count = z.number().int().nonnegative();
export const microUsd = count.nullable();

/** A folder as a person named it; the engine finds or makes its root. */
export const folders = z.array(z.string().min(1)).optional();

/** What to describe: all, some folders, a search result, the first so many. */
export const scope = {
  folders,
  query: z.string().optional(),
  limit: z.number().int().positive().optional(),
};

export const jobCounts = z.object({
  ready: count,
  held: count,
  running: count,
  finished: count,
  skipped: count,
  failed: count,
  canceled: count,
});

export const failureGroup = z.object({ error: errorInfo, photos: count });

export const lane = z.object({
  name: z.string(),
  pausedBy: z.enum(['person', 'rate-limit', 'offline', 'blocked']),
  untilMs: z.number().int().nullable(),
  error: errorInfo.nullable(),
});

/** A connection as a person sets it up: kind, endpoint and deployment say which one it is. */
export const connectionSettings = z.object({
  kind: connectionKind,
  endpoint: z.string().optional(),
  apiVersion: z.string().optional(),
  deployment: z.string().optional(),
  modelId: z.string().optional(),
  concurrency: z.number().int().min(1).max(256).optional(),
  ownPrice: price.optional(),
});

/** A saved connection, or one that only its settings name. */
export const whichConnection = z.union([
  z.object({ connectionId }),
  z.object({ connection: connectionSettings }),
]);
