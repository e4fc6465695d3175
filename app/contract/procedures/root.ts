import { z } from 'zod';
import { rootId } from '../ids.ts';
import { errorInfo } from '../models/error-info.ts';
import { privacy, root, standingRule } from '../models/root.ts';
import { count } from './shared.ts';

/** The folders of the library. */
export const rootProcedures = {
  'root.list': { reads: true, input: z.object({}), output: z.array(root) },
  /** How each folder stands, in the same order. */
  'root.summary': {
    reads: true,
    input: z.object({}),
    output: z.array(
      z.object({
        rootId,
        photos: count,
        /** By a model. */
        described: count,
        baseline: count,
        problems: count,
        unsupported: count,
        unread: count,
        missing: count,
        /** Files seen so far by a scan that goes on. */
        scanningFiles: count.nullable(),
      }),
    ),
  },
  /** Draws the sample photos into a folder beside the library and adds it, for whoever wants to see first. */
  'root.sample': {
    reads: false,
    input: z.object({}),
    output: z.object({ rootId, path: z.string() }),
  },
  'root.add': {
    reads: false,
    input: z.object({ path: z.string().min(1) }),
    output: z.object({ rootId, prefix: z.string() }),
  },
  'root.remove': { reads: false, input: z.object({ rootId }), output: z.object({ photos: count }) },
  'root.relink': { reads: false, input: z.object({ rootId, path: z.string().min(1) }), output: root },
  'root.set': {
    reads: false,
    input: z.object({
      rootId,
      rule: standingRule.optional(),
      privacy: privacy.optional(),
      ignorePatterns: z.array(z.string()).optional(),
    }),
    output: root,
  },
  'root.scan': {
    reads: false,
    input: z.object({ rootIds: z.array(rootId).optional() }),
    output: z.array(
      z.object({
        rootId,
        path: z.string(),
        found: count,
        added: count,
        changed: count,
        moved: count,
        missing: count,
        /** Files that are still being copied; the next scan takes them. */
        stillChanging: count,
        /** Files and folders that could not be looked at, from the root; what is known of them stays. */
        unreadable: z.array(z.string()),
        error: errorInfo.nullable(),
      }),
    ),
  },
} as const;
