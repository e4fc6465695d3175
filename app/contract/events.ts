import { z } from 'zod';
import { assetId, connectionId, rootId, runId, threadId } from './ids.ts';
import { errorInfo } from './models/error-info.ts';
import { renditionKind } from './models/asset.ts';

/**
 * What an engine tells: what changed, not the new value; whoever shows it asks again. `noun.changed` or
 * `noun.past-participle`.
 *
 * `merge` says what becomes of several that happen within one moment (`app/host/event-stream.ts`, the one place where
 * events are held back): `last` tells the newest of each key, `ids` tells all ids at once, `each` tells every one.
 */
export const events = {
  /** A scan of a root goes on: files seen so far. */
  'root.scanning': {
    data: z.object({ rootId, files: z.number().int().nonnegative() }),
    merge: 'last',
    key: 'rootId',
  },
  'root.changed': { data: z.object({ rootId }), merge: 'last', key: 'rootId' },
  /** A root, or a part of it, is scanned on a schedule: watching it failed. */
  'root.unwatched': { data: z.object({ error: errorInfo }), merge: 'each' },
  /** No ids: too many changed to be named. */
  'asset.changed': { data: z.object({ assetIds: z.array(assetId).readonly() }), merge: 'ids' },
  /** One photo of a run came to its end. */
  'asset.described': {
    data: z.object({ assetId, runId, failed: errorInfo.nullable(), skipped: z.string().nullable() }),
    merge: 'last',
    key: 'assetId',
  },
  /** Something that the grid or a count shows changed: seldom enough that each may be answered by asking for all again. */
  'grid.changed': { data: z.object({}), merge: 'last', key: '' },
  'rendition.made': {
    data: z.object({ rendition: renditionKind, assetIds: z.array(assetId).readonly() }),
    merge: 'each',
  },
  'rendition.failed': {
    data: z.object({ rendition: renditionKind, assetId, error: errorInfo }),
    merge: 'last',
    key: 'assetId',
  },
  /** What can be undone, or done again. */
  'edit.changed': { data: z.object({}), merge: 'last', key: '' },
  'savedSearch.changed': { data: z.object({}), merge: 'last', key: '' },
  'setting.changed': { data: z.object({}), merge: 'last', key: '' },
  /** A prompt of the person's own was saved or taken out of the list. */
  'prompt.changed': { data: z.object({}), merge: 'last', key: '' },
  'run.changed': { data: z.object({ runId }), merge: 'last', key: 'runId' },
  /** A question was asked or answered, or a thread removed. */
  'thread.changed': { data: z.object({ threadId }), merge: 'last', key: 'threadId' },
  'connection.changed': { data: z.object({ connectionId }), merge: 'last', key: 'connectionId' },
  /** How far it is with what is being put into indexes of videos. */
  'videoIndex.changed': { data: z.object({}), merge: 'last', key: '' },
  'queue.changed': { data: z.object({ lane: z.string() }), merge: 'last', key: 'lane' },
  /** The engine cannot go on (disk full, database gone); it closes. */
  'engine.failed': { data: z.object({ error: errorInfo }), merge: 'each' },
} as const satisfies Record<string, EventRule>;

type EventRule =
  | { readonly data: z.ZodType; readonly merge: 'last'; readonly key: string }
  | { readonly data: z.ZodType; readonly merge: 'ids' | 'each' };

export type EventName = keyof typeof events;
export type Events = { [Name in EventName]: z.output<(typeof events)[Name]['data']> };
