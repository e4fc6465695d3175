import { stat } from 'node:fs/promises';
import { errorOf } from '../outcomes.ts';
import { systemCode } from '../../platform/errors.ts';
import type { BatchReply, BatchTrouble, RemoteFile } from '../../providers/batch/batch-service.ts';
import type { RemoteBatch } from '../../providers/batch/batch-state.ts';
import { hasLiveJobsIn } from '../../queue/run-job-store.ts';
import { listIdsInLane } from '../../queue/lane-job-store.ts';
import { changeBatch, endBatch, listAtService, type Batch } from '../../usage/batch-store.ts';
import { batchLaneOf, nextLaneOf } from '../connection-lane.ts';
import { lookAgain } from '../obstacle.ts';
import { batchPath, removeBatchFiles, trimFile } from './batch-file.ts';
import { isOver, tendingOf, type BatchContext, type Tending } from './context.ts';
import { dissolve, failLines, waitForQuota } from './give-back.ts';
import { takeIn } from './take-in.ts';

/** How long until it is looked at again; `Infinity`: until somebody wakes it. */
export type Tended = {
  readonly waitMs: number;
  /** The service does not do what it is asked now. */
  readonly isInTrouble?: boolean;
};

const again: Tended = { waitMs: 0 };
const untilWoken: Tended = { waitMs: Number.POSITIVE_INFINITY };
/**
 * [Note: Patience]
 * A service is asked about a batch no faster than this (AZURE §7), unless it wishes otherwise: not when another run begins, and
 * not when Cutline is started again either, so the moment stands in the database. A wish to cancel goes out at once.
 */
export const pollMs = 60_000;
/** Of what a service wishes, and of a clock that was set back. */
const longestRestMs = 60 * 60_000;
/** A person has to do something, and may have done it. */
const blockedMs = 15 * 60_000;

/**
 * One step of a batch's way: [Note: Batches]. Each step is written down before the next, and says nothing that is not so: an
 * engine that dies in between does the step again, which finds what was done already.
 */
export async function tendBatch(context: BatchContext, batch: Batch, signal: AbortSignal): Promise<Tended> {
  const tending = tendingOf(context, batch, signal);
  switch (batch.state) {
    case 'filling':
      return seal(context, tending);
    case 'sealed':
      return release(context, tending);
    case 'uploading':
      return upload(context, tending);
    case 'uploaded':
      return create(context, tending);
    case 'at-service':
      return poll(context, tending);
    case 'ended': {
      const trouble = await takeIn(context, tending);
      return trouble === undefined ? again : meet(context, tending, trouble);
    }
    case 'cleaning':
      return clean(context, tending);
    case 'done':
      return untilWoken;
  }
}

async function seal(context: BatchContext, { batch, run, connection, ...rest }: Tending): Promise<Tended> {
  const isCanceled = isOver({ batch, run });
  const mayGrow =
    !isCanceled &&
    (context.isStarting(run.id) || hasLiveJobsIn(context.read, run.id, batchLaneOf(connection.id)));
  if (mayGrow) return untilWoken;
  if (batch.lines === 0 || isCanceled) {
    await dissolve(context, { batch, run, connection, ...rest });
    return again;
  }
  change(context, batch, { state: 'sealed' });
  return again;
}

/** The last look before it is sent: whether it still may be. */
async function release(context: BatchContext, tending: Tending): Promise<Tended> {
  const { batch, run, connection } = tending;
  if (!isOver(tending) && run.state === 'paused') return untilWoken;
  const path = batchPath(context.libraryFolder, batch.name);
  if (!mayAllBeSent(context, tending) || !(await trimFile(path, batch.sizeBytes))) {
    await dissolve(context, tending);
    return again;
  }
  change(context, batch, { state: 'uploading' });
  context.log.info('a batch is sent', { batch: batch.id, connection: connection.id, lines: batch.lines });
  return again;
}

/** Until the moment when it is sent: a folder that was made private meanwhile, a run that is over. */
function mayAllBeSent(context: BatchContext, { batch, run, connection }: Tending): boolean {
  if (isOver({ batch, run })) return false;
  let afterId = 0;
  for (;;) {
    const page = listAtService(context.read, batch.id, { limit: 500, afterId });
    const isClear = page.every(
      ({ assetId }) => lookAgain(context, { run, connection, candidate: { assetId } }).status === 'clear',
    );
    if (!isClear) return false;
    const last = page.at(-1);
    if (last === undefined) return true;
    afterId = last.id;
  }
}

/** Whether it is there already is asked first: nobody else has a file of this name. */
async function upload(context: BatchContext, tending: Tending): Promise<Tended> {
  const { batch, service, signal } = tending;
  const listed = await service.listFiles(signal);
  if (listed.status === 'trouble') return meet(context, tending, listed);
  const files = listed.status === 'ok' ? listed.value : [];
  const isWhole = ({ name, bytes }: RemoteFile): boolean => name === batch.name && bytes === batch.sizeBytes;
  let file = files.find(isWhole);
  if (file === undefined && !isOver(tending) && tending.run.state === 'paused') return untilWoken;
  if (file === undefined && !mayAllBeSent(context, tending)) {
    await dissolve(context, tending);
    return again;
  }
  if (file === undefined) {
    const path = batchPath(context.libraryFolder, batch.name);
    if (!(await isThere(path))) {
      await dissolve(context, tending);
      return again;
    }
    const sent = await service.upload(path, batch.name, signal);
    if (sent.status !== 'ok') return meet(context, tending, sent);
    file = sent.value;
  }
  change(context, batch, { state: 'uploaded', remoteFileId: file.id });
  return again;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Whether it is there already is asked first: an answer that was cut off may have been a yes. */
async function create(context: BatchContext, tending: Tending): Promise<Tended> {
  const { batch, service, signal } = tending;
  const inputFileId = batch.remoteFileId ?? '';
  const found = await service.findBatch({ name: batch.name, inputFileId }, signal);
  if (found.status === 'trouble') return meet(context, tending, found);
  const known = found.status === 'ok' ? found.value : undefined;
  if (known !== undefined) return note(context, batch, known);
  if (isOver(tending)) {
    await dissolve(context, tending);
    return again;
  }
  if (tending.run.state === 'paused') return untilWoken;
  const file = await service.getFile(inputFileId, signal);
  if (file.status === 'gone') {
    change(context, batch, { state: 'uploading', remoteFileId: null });
    return again;
  }
  if (file.status === 'trouble') return meet(context, tending, file);
  if (file.value.isFaulty) {
    failLines(context, tending, [], 'The service could not read the file.');
    return again;
  }
  if (!mayAllBeSent(context, tending)) {
    await dissolve(context, tending);
    return again;
  }
  if (!file.value.isReady) return { waitMs: file.pauseMs ?? pollMs / 6 };
  const created = await service.createBatch(
    { inputFileId, endpoint: batch.endpoint, name: batch.name },
    signal,
  );
  if (created.status === 'ok') return note(context, batch, created.value);
  return meet(context, tending, created);
}

/** It is with the service. Its lines are not needed any more, and there is room for others. */
async function note(context: BatchContext, batch: Batch, remote: RemoteBatch): Promise<Tended> {
  context.transact((db) => {
    changeBatch(db, batch.id, {
      state: 'at-service',
      remoteId: remote.id,
      remoteState: remote.word,
      remoteDone: remote.done ?? null,
      sentAtMs: remote.createdAtMs ?? context.clock.now(),
      expiresAtMs: remote.expiresAtMs ?? null,
      checkedAtMs: context.clock.now(),
    });
  });
  await removeBatchFiles(context.libraryFolder, batch.name);
  makeRoom(context, batch);
  return { waitMs: 0 };
}

async function poll(context: BatchContext, tending: Tending): Promise<Tended> {
  const { batch, service, signal, run } = tending;
  const id = batch.remoteId ?? '';
  const isToCancel = isOver(tending) && !['cancelling', 'canceling'].includes(batch.remoteState ?? '');
  const restMs = isToCancel ? 0 : restOf(batch, context.clock.now());
  if (restMs > 0) return { waitMs: restMs };
  let reply: BatchReply<RemoteBatch>;
  if (isToCancel) {
    reply = await service.cancelBatch(id, signal);
    // It ended by itself just before, or cannot be canceled: then it is looked at as ever.
    if (reply.status === 'trouble' && reply.outcome.status === 'unavailable') {
      reply = await service.getBatch(id, signal);
    }
  } else reply = await service.getBatch(id, signal);
  if (reply.status === 'gone') {
    if (isOver(tending)) {
      change(context, batch, { state: 'ended', remoteState: 'gone' });
      return again;
    }
    if (run.state === 'running') {
      context.pauseRun(run.id, { code: 'provider-not-found', details: reply.details });
    }
    return { waitMs: blockedMs, isInTrouble: true };
  }
  if (reply.status === 'trouble') return meet(context, tending, reply);
  const { value: remote, pauseMs } = reply;
  change(context, batch, {
    state: remote.state === 'open' ? 'at-service' : 'ended',
    remoteState: remote.word,
    remoteDone: remote.done ?? batch.remoteDone,
    outputFileId: remote.outputFileId ?? null,
    errorFileId: remote.errorFileId ?? null,
    ...(remote.expiresAtMs !== undefined && { expiresAtMs: remote.expiresAtMs }),
    checkedAtMs: context.clock.now(),
    askAgainAtMs: context.clock.now() + (pauseMs ?? pollMs),
  });
  return remote.state === 'open' ? { waitMs: pauseMs ?? pollMs } : again;
}

/** How long it is not asked about: [Note: Patience]. A clock that was set back holds nobody up for long. */
function restOf({ askAgainAtMs }: Batch, nowMs: number): number {
  return askAgainAtMs === null ? 0 : Math.min(askAgainAtMs - nowMs, longestRestMs);
}

/** Nothing of ours stays at the service. What it does not let us delete goes when its time is over. */
async function clean(context: BatchContext, tending: Tending): Promise<Tended> {
  const { batch, service, signal } = tending;
  for (const id of [batch.remoteFileId, batch.outputFileId, batch.errorFileId]) {
    if (id === null) continue;
    const reply = await service.deleteFile(id, signal);
    if (reply.status !== 'trouble') continue;
    const { status } = reply.outcome;
    if (['unreachable', 'unanswered', 'rate-limited', 'unavailable'].includes(status)) {
      return meet(context, tending, reply);
    }
    context.log.warn('a file of a batch could not be deleted at the service', { batch: batch.id, file: id });
  }
  await removeBatchFiles(context.libraryFolder, batch.name);
  context.transact((db) => {
    endBatch(db, batch.id, context.clock.now());
  });
  makeRoom(context, batch);
  return again;
}

/** So many are looked at again: whether there is room for them is known only then. */
const madeReadyAtOnce = 5_000;

/** What waited for room on the disk, under the budget or at the service has another try. */
export function makeRoom(
  context: BatchContext,
  { connectionId }: Pick<Batch, 'connectionId'>,
  lane = nextLaneOf(connectionId),
): number {
  return context.transact((db) => {
    const ids = listIdsInLane(db, lane, madeReadyAtOnce);
    if (ids.length > 0) context.unpark(db, ids, batchLaneOf(connectionId));
    return ids.length;
  });
}

function meet(
  context: BatchContext,
  tending: Tending,
  trouble: BatchTrouble | Extract<BatchReply<never>, { status: 'gone' }>,
): Tended {
  const { batch, run } = tending;
  if (trouble.status === 'gone') {
    return { waitMs: blockedMs, isInTrouble: true };
  }
  const { outcome } = trouble;
  if (outcome.status === 'unanswered' && outcome.code === 'canceled') return untilWoken;
  const error = errorOf(outcome);
  context.log.warn('a batch has to wait', { batch: batch.id, state: batch.state, error: error.code });
  const serviceCode = String(error.details['serviceCode'] ?? '');
  const hold = (): Tended => {
    if (run.state === 'running') context.pauseRun(run.id, error);
    return { waitMs: blockedMs, isInTrouble: true };
  };
  if (/token_?limit/i.test(serviceCode)) {
    return waitForQuota(context, tending) ? { waitMs: pollMs * 10, isInTrouble: true } : again;
  }
  switch (outcome.status) {
    case 'blocked':
      return hold();
    case 'rejected':
      // So many files are there that no other one is taken: nothing is wrong with the photos.
      if (/quota/i.test(serviceCode)) return hold();
      if (batch.state === 'uploaded' || batch.state === 'uploading') {
        failLines(context, tending, [], String(error.details['reason'] ?? error.code));
        return again;
      }
      return { waitMs: blockedMs, isInTrouble: true };
    case 'rate-limited':
    case 'unavailable':
      return { waitMs: outcome.pauseMs ?? pollMs, isInTrouble: true };
    default:
      return { waitMs: pollMs, isInTrouble: true };
  }
}

function change(context: BatchContext, batch: Batch, changes: Parameters<typeof changeBatch>[2]): void {
  context.transact((db) => {
    changeBatch(db, batch.id, changes);
  });
}
