import { z } from 'zod';
import { assetId, connectionId } from '../ids.ts';
import { connectionKind } from '../models/connection.ts';
import { errorInfo } from '../models/error-info.ts';
import { price } from '../models/usage.ts';

/** Shapes that the procedures of several nouns share. */

export const count = z.number().int().nonnegative();
export const microUsd = count.nullable();

/** A folder as a person named it; the engine finds or makes its root. */
export const folders = z.array(z.string().min(1)).optional();

/** So many photos are named one by one; more are named by what finds them. */
export const someAssets = z.array(assetId).max(10_000);

/** What to describe: all, some folders, a search result, the first so many; or photos that a person picked. */
export const scope = {
  folders,
  query: z.string().optional(),
  limit: z.number().int().positive().optional(),
  assetIds: someAssets.min(1).optional(),
  /** Left out, of whatever is selected otherwise. */
  except: someAssets.optional(),
};

/** Photos that a person picked: one by one, or all that a query finds but some. A million can be selected so. */
export const selection = z.union([
  z.object({ assetIds: someAssets.min(1) }),
  z.object({ query: z.string(), except: someAssets.optional() }),
]);
export type Selection = z.infer<typeof selection>;

/** How far a change of many photos has come. */
export const progressPart = z.object({ done: count, total: count });

/** `described`: what a model described last comes first. */
export const gridSort = z.enum(['newest', 'oldest', 'name', 'rating', 'relevance', 'described']);
export type GridSort = z.infer<typeof gridSort>;

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
  /** Azure: the deployment that answers batches. */
  batchDeployment: z.string().trim().min(1).optional(),
  concurrency: z.number().int().min(1).max(256).optional(),
  ownPrice: price.optional(),
  /** Left out: as it was, and at first with a key. */
  signIn: z.enum(['key', 'entra']).optional(),
});

/** A saved connection, or one that only its settings name. */
export const whichConnection = z.union([
  z.object({ connectionId }),
  z.object({ connection: connectionSettings }),
]);
export type WhichConnection = z.infer<typeof whichConnection>;
