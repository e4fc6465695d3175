import type { ErrorInfo } from '../../contract/errors.ts';
import { saveLearned } from '../../settings/connection-store.ts';
import {
  changeBatch,
  deleteUnsent,
  endBatch,
  listAtService,
  listOpenBatches,
  type BatchRequest,
} from '../../usage/batch-store.ts';
import { endRequest } from '../../usage/request-store.ts';
import type { WriteDb } from '../../captioning/description-store.ts';
import { batchLaneOf } from '../connection-lane.ts';
import { removeBatchFiles } from './batch-file.ts';
import type { BatchContext, Tending } from './context.ts';

const givenBackAtOnce = 200;

/** Nothing of it was done, so nothing is paid: its photos are as if it had never been. */
export async function dissolve(context: BatchContext, tending: Tending): Promise<void> {
  const { batch } = tending;
  giveBack(context, tending, (db, requests) => {
    deleteUnsent(
      db,
      requests.map(({ id }) => id),
    );
  });
  await removeBatchFiles(context.libraryFolder, batch.name);
  context.transact((db) => {
    if (batch.remoteFileId === null) endBatch(db, batch.id, context.clock.now());
    else changeBatch(db, batch.id, { state: 'cleaning' });
  });
}

/** Every request of it that is open ends in `end`, a page in a transaction, and its job goes on. */
export function giveBack(
  context: BatchContext,
  { batch, connection }: Tending,
  end: (db: WriteDb, requests: readonly BatchRequest[]) => void,
  lane = batchLaneOf(connection.id),
): void {
  for (;;) {
    const count = context.transact((db) => {
      const requests = listAtService(db, batch.id, { limit: givenBackAtOnce });
      end(db, requests);
      context.unpark(
        db,
        requests.map(({ jobId }) => jobId),
        lane,
      );
      return requests.length;
    });
    context.budgets.forget();
    if (count === 0) return;
  }
}

/**
 * The service refused the batch as a whole. Photos whose lines it named are refused; without any, it is a try of each. The
 * others are as if they had never been sent.
 *
 * @param lines from 1, in the order of the file
 */
export function failLines(
  context: BatchContext,
  tending: Tending,
  lines: readonly number[],
  reason: string,
): void {
  const { batch } = tending;
  const refused = new Set(lines);
  const code = lines.length > 0 ? 'provider-bad-request' : 'provider-bad-response';
  const error: ErrorInfo = { code, details: { reason } };
  let line = 0;
  giveBack(context, tending, (db, requests) => {
    const unsent: BatchRequest[] = [];
    for (const request of requests) {
      line += 1;
      const isRefused = refused.size === 0 || refused.has(line);
      if (!isRefused) unsent.push(request);
      else {
        const end = { state: 'answered', booking: 'free', costMicroUsd: 0, error } as const;
        endRequest(db, request.id, end, context.clock.now());
      }
    }
    deleteUnsent(
      db,
      unsent.map(({ id }) => id),
    );
  });
  context.transact((db) => {
    changeBatch(db, batch.id, { state: 'cleaning' });
  });
}

/**
 * More tokens wait at the service than it allows. With others of ours there, this one waits for them (`true`); alone, it was
 * too large, and the next ones are half as large.
 */
export function waitForQuota(context: BatchContext, tending: Tending): boolean {
  const { batch, connection, run } = tending;
  const others = listOpenBatches(context.read).filter(
    ({ id, connectionId, state }) =>
      id !== batch.id && connectionId === connection.id && state === 'at-service',
  );
  if (others.length > 0) {
    context.transact((db) => {
      changeBatch(db, batch.id, { state: 'uploaded', remoteId: null });
    });
    return true;
  }
  context.transact((db) => {
    saveLearned(db, connection.id, { batchTokens: Math.max(1, Math.floor(batch.tokens / 2)) });
  });
  giveBack(context, tending, (db, requests) => {
    deleteUnsent(
      db,
      requests.map(({ id }) => id),
    );
  });
  context.transact((db) => {
    changeBatch(db, batch.id, { state: 'cleaning' });
  });
  if (batch.lines <= 1 && run.state === 'running') {
    const reason = 'Its quota for batches does not hold a single photo.';
    context.pauseRun(run.id, { code: 'provider-forbidden', details: { reason } });
  }
  return false;
}
