import type { ErrorInfo } from './errors.ts';
import type { AssetId, ConnectionId, RootId, RunId } from './ids.ts';

/** What an engine tells: what changed, not the new value. `noun.changed` or `noun.past-participle`. */
export type Events = {
  /** A scan of a root goes on: files seen so far. */
  'root.scanning': { readonly rootId: RootId; readonly files: number };
  'root.changed': { readonly rootId: RootId };
  /** A root, or a part of it, is scanned on a schedule: watching it failed. */
  'root.unwatched': { readonly error: ErrorInfo };
  'asset.changed': { readonly assetIds: readonly AssetId[] };
  /** One photo of a run came to its end. */
  'asset.described': {
    readonly assetId: AssetId;
    readonly runId: RunId;
    readonly failed: ErrorInfo | null;
    readonly skipped: string | null;
  };
  'run.changed': { readonly runId: RunId };
  'connection.changed': { readonly connectionId: ConnectionId };
  'queue.changed': { readonly lane: string };
  /** The engine cannot go on (disk full, database gone); it closes. */
  'engine.failed': { readonly error: ErrorInfo };
};
