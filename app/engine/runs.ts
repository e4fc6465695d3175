import { setImmediate as nextTurn } from 'node:timers/promises';
import { listHalfUndoneRuns, retractRun } from '../captioning/description-store.ts';
import { getRun, listRuns, setRunBudget, setRunState } from '../captioning/run-store.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, RunId } from '../contract/ids.ts';
import type { Run } from '../contract/models/run.ts';
import { moveIfBlocked } from './fallback.ts';
import type { EngineParts } from './parts.ts';
import { AppError } from '../platform/errors.ts';
import { cancelJobs } from '../queue/job-store.ts';
import { countJobs, hasLiveJobs } from '../queue/run-job-store.ts';
import { askToCancel } from '../usage/batch-store.ts';

/** Descriptions that one transaction adds or takes back; each is also indexed for search. */
export const rewrittenAtOnce = 50;

/**
 * At open: a run that lost its engine between its last job and its end is over, one that lost it while it was undone is
 * undone to the end, and the jobs of a paused one are held.
 */
export function takeUpRuns(parts: EngineParts): void {
  for (const runId of listHalfUndoneRuns(parts.read)) Array.from(retractPages(parts, runId));
  for (const run of listRuns(parts.read, { live: true })) {
    if (run.state === 'running') {
      moveIfBlocked(parts, run);
      finishIfDone(parts, run.id);
    } else {
      parts.transact((db) => {
        parts.queue.holdRun(db, run.id);
      });
    }
  }
}

/** A run is over when none of its jobs is left; held ones wait for a person. */
export function finishIfDone(parts: EngineParts, runId: RunId): void {
  if (parts.startingRuns.has(runId) || getRun(parts.read, runId).state !== 'running') return;
  if (!hasLiveJobs(parts.read, runId)) finish(parts, runId);
}

export function finish(parts: EngineParts, runId: RunId): void {
  parts.transact((db) => {
    setRunState(db, runId, 'finished', null, parts.clock.now());
  });
  parts.events.emit('run.changed', { runId });
}

/** @throws {AppError} `conflict` when the run is over. */
function assertOpen({ read }: EngineParts, runId: RunId): void {
  const { state } = getRun(read, runId);
  if (state !== 'running' && state !== 'paused') {
    throw new AppError('conflict', { reason: `The run is ${state}.` });
  }
}

/** Holds what waits. Requests in flight end and are kept. */
export function pauseRun(parts: EngineParts, runId: RunId, error: ErrorInfo | null): Run {
  assertOpen(parts, runId);
  parts.transact((db) => {
    setRunState(db, runId, 'paused', error, parts.clock.now());
    parts.queue.holdRun(db, runId);
  });
  parts.events.emit('run.changed', { runId });
  return getRun(parts.read, runId);
}

/** @param budgetMicroUsd another limit from now on; `undefined`: as before. @throws {AppError} `conflict` when the run is over. */
export function resumeRun(parts: EngineParts, runId: RunId, budgetMicroUsd: number | undefined): Run {
  assertOpen(parts, runId);
  parts.transact((db) => {
    if (budgetMicroUsd !== undefined) setRunBudget(db, runId, budgetMicroUsd);
    setRunState(db, runId, 'running', null, parts.clock.now());
    parts.queue.resumeRun(db, runId);
  });
  parts.wakeBatches();
  finishIfDone(parts, runId);
  parts.events.emit('run.changed', { runId });
  return getRun(parts.read, runId);
}

/** Somebody retries what failed in a run: one that was over, or canceled, is open again; in a paused one it waits with the rest. */
export function reopenRun(parts: EngineParts, runId: RunId): void {
  const { state } = getRun(parts.read, runId);
  parts.transact((db) => {
    if (state === 'paused') parts.queue.holdRun(db, runId);
    else parts.queue.resumeRun(db, runId);
    if (state !== 'paused' && hasLiveJobs(db, runId)) {
      setRunState(db, runId, 'running', null, parts.clock.now());
    }
  });
  parts.events.emit('run.changed', { runId });
}

/**
 * Takes back what was not started, and stops what runs: a request in flight is booked as unanswered. Once it resolves,
 * the photos can be asked for anew.
 *
 * @throws {AppError} `conflict` when the run is over.
 */
export async function cancelRun(parts: EngineParts, runId: RunId): Promise<Run> {
  assertOpen(parts, runId);
  parts.transact((db) => {
    setRunState(db, runId, 'canceled', null, parts.clock.now());
    parts.queue.cancelRun(db, runId);
    askToCancel(db, runId);
  });
  parts.wakeBatches();
  await parts.queue.whenRunStops(runId);
  parts.events.emit('run.changed', { runId });
  return getRun(parts.read, runId);
}

/**
 * Takes back everything that a run said, and what it had yet to say; what was current before is current again. Its cost
 * stays in the ledger.
 */
export async function undoRun(parts: EngineParts, runId: RunId): Promise<{ photos: number }> {
  parts.transact((db) => {
    if (getRun(db, runId).state === 'undone') return;
    setRunState(db, runId, 'undone', null, parts.clock.now());
    parts.queue.cancelRun(db, runId);
    askToCancel(db, runId);
    // What failed counts as never asked for, so that asking again asks for it too.
    cancelJobs(db, { runId, state: 'failed' }, parts.clock.now());
  });
  parts.wakeBatches();
  await parts.queue.whenRunStops(runId);
  const assets = new Set<AssetId>();
  for (const assetIds of retractPages(parts, runId)) {
    for (const assetId of assetIds) assets.add(assetId);
    parts.events.emit('asset.changed', { assetIds });
    await nextTurn();
  }
  parts.events.emit('run.changed', { runId });
  return { photos: assets.size };
}

/** Takes back what an undone run said, a page at a time. Should the engine die in between, the next one goes on. */
function* retractPages(parts: EngineParts, runId: RunId): Generator<readonly AssetId[]> {
  for (;;) {
    const assetIds = parts.transact((db) => {
      const retracted = retractRun(db, runId, parts.clock.now(), rewrittenAtOnce);
      for (const assetId of retracted) parts.indexAsset(db, assetId);
      return retracted;
    });
    if (assetIds.length === 0) return;
    yield assetIds;
  }
}

/** Photos of a run that are still to be done, held ones included. */
export function leftOfRun(parts: EngineParts, runId: RunId): number {
  const { ready, held, running } = countJobs(parts.read, { runId });
  return ready + held + running;
}
