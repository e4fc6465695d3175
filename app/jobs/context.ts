import type { AssetId, ConnectionId, RunId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { WriteDb } from '../captioning/description-store.ts';
import type { LibraryContext } from '../library/context.ts';
import type { PreviewCache } from '../library/preview-cache.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { ExifToolReader } from '../metadata/exiftool-facts.ts';
import type { FrameSources } from '../video/frame-sources.ts';
import type { TextReader } from '../imaging/text-reader.ts';
import type { VisionProvider } from '../providers/provider.ts';
import type { ConnectionLook } from '../providers/servers/look-at-connection.ts';
import type { NewJob } from '../queue/job.ts';
import type { RequestGate } from '../queue/request-gate.ts';
import type { BatchLimits } from '../providers/batch/batch-limits.ts';
import type { Turns } from '../platform/turns.ts';
import type { Budgets } from '../usage/budget.ts';

/** What job handlers get from the engine. A transaction that spans slices is opened here and passed to each store. */
export type JobsContext = LibraryContext & {
  readonly budgets: Budgets;
  readonly exifTool: ExifToolReader;
  /** The large renditions on the disk. */
  readonly previews: PreviewCache;
  readonly textReader: TextReader;
  /** Who takes frames out of videos. */
  readonly frames: FrameSources;
  /** Resolves when no power cut can undo what was committed before. See [Note: Shared syncs]. */
  whenSynced(): Promise<void>;
  providerOf(connection: Connection): VisionProvider;
  gateOf(connection: Connection): RequestGate;
  /** What the connection's server says of itself. Sends no picture. */
  lookAt(connection: Connection): Promise<ConnectionLook>;
  /** Does once what many photos want of a connection at the same time. */
  share<Result>(id: ConnectionId, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Brings the full text up to date, in the caller's transaction. */
  indexAsset(db: WriteDb, assetId: AssetId): void;
  /** Adds jobs in the caller's transaction. */
  enqueue(db: WriteDb, jobs: readonly NewJob[]): void;
  /** How large a batch may be. */
  batchLimitsOf(connection: Connection): BatchLimits;
  /** Something is to be done for batches: look at them at once. */
  wakeBatches(): void;
  /** Lines are added to batches one after the other. */
  readonly batchTurns: Turns;
  /** Pauses a run until a person acts: its waiting jobs are held. */
  pauseRun(runId: RunId, error: ErrorInfo): void;
};
