import type { AssetId, JobId, RunId } from '../../contract/ids.ts';
import type { Connection } from '../../contract/models/connection.ts';
import type { Run } from '../../contract/models/run.ts';
import { getRun } from '../../captioning/run-store.ts';
import type { BatchService } from '../../providers/batch/batch-service.ts';
import type { WriteDb } from '../../captioning/description-store.ts';
import { getConnection } from '../../settings/connection-store.ts';
import type { Batch } from '../../usage/batch-store.ts';
import type { JobsContext } from '../context.ts';

/** What whoever tends batches gets from the engine. */
export type BatchContext = JobsContext & {
  batchServiceOf(connection: Connection): BatchService;
  secretOf(connection: Connection): string | undefined;
  /** Photos are still being added to it. */
  isStarting(runId: RunId): boolean;
  /** Parked jobs go on in a lane, in the caller's transaction. */
  unpark(db: WriteDb, ids: readonly JobId[], lane: string): void;
  /** Photos of a run that was canceled have been described all the same. */
  tellDescribed(runId: RunId, assetIds: readonly AssetId[]): void;
};

export type Tending = {
  readonly batch: Batch;
  readonly run: Run;
  readonly connection: Connection;
  readonly service: BatchService;
  readonly signal: AbortSignal;
};

export function tendingOf(context: BatchContext, batch: Batch, signal: AbortSignal): Tending {
  const connection = getConnection(context.read, batch.connectionId);
  return {
    batch,
    connection,
    run: getRun(context.read, batch.runId),
    service: context.batchServiceOf(connection),
    signal,
  };
}

/** Nothing of it is to be sent any more. */
export function isOver({ run, batch }: Pick<Tending, 'run' | 'batch'>): boolean {
  return batch.cancelAsked === 1 || run.state === 'canceled' || run.state === 'undone';
}
