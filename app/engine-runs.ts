import {
  describeKey,
  findTwinDescription,
  listCandidates,
  type Candidate,
} from './captioning/candidate-store.ts';
import { copyDescription, retractRun } from './captioning/description-store.ts';
import { addPlans, modelTerms, PlanBuilder } from './captioning/plan.ts';
import {
  findLiveRun,
  getRun,
  insertRun,
  listRuns,
  setRunBudget,
  setRunPlan,
  setRunState,
} from './captioning/run-store.ts';
import type { ErrorInfo } from './contract/errors.ts';
import type { AssetId, ConnectionId, RootId, RunId } from './contract/ids.ts';
import type { Run, RunOptions } from './contract/models.ts';
import { laneOf } from './engine-connections.ts';
import { reachOf } from './engine-read.ts';
import type { EngineParts } from './engine-parts.ts';
import { AppError } from './platform/errors.ts';
import type { NewJob } from './queue/job.ts';
import { cancelJobs, countJobs, hasLiveJobs } from './queue/job-store.ts';
import { getConnection } from './settings/connection-store.ts';
import { findPrice, modelOf } from './usage/prices.ts';
import type { Scope } from './captioning/candidate-store.ts';

export type RunWish = {
  readonly connectionId: ConnectionId;
  /** The root whose standing rule asks; `null` when a person does. */
  readonly rootId: RootId | null;
  readonly scope: Scope;
  /** The scope as it was asked for, in one text: the same wish again goes on with the same run. @default '' */
  readonly scopeKey?: string;
  readonly options: RunOptions;
  readonly budgetMicroUsd: number | null;
};

/** Jobs that one transaction adds: short enough that nobody waits for it. */
const enqueuedAtOnce = 1_000;

/**
 * Starts describing what the connection has not described in this scope. The same wish again goes on with the run that
 * is still open, so that its budget also counts what was spent before a crash; what older runs of the connection left
 * waiting in this scope moves into it. `undefined` when there is nothing to do.
 *
 * @throws {AppError} `price-unknown` when there is a budget and no price to keep it by.
 */
export async function startRun(
  parts: EngineParts,
  wish: RunWish,
): Promise<{ runId: RunId | undefined; photos: number; waitingRuns: RunId[] }> {
  const { read } = parts;
  const connection = getConnection(read, wish.connectionId);
  if (wish.budgetMicroUsd !== null && findPrice(connection) === undefined) {
    throw new AppError('price-unknown', { model: modelOf(connection) });
  }
  const candidates = [...listCandidates(read, reachOf(connection), wish.scope)];
  const open = findLiveRun(read, wish.connectionId, wish.rootId, wish.options, wish.scopeKey ?? '');
  if (candidates.length === 0 && open === undefined) return { runId: undefined, photos: 0, waitingRuns: [] };

  const { plan, toAsk, toCopy } = sortOut(parts, connection.id, candidates, wish.options);
  const runId = parts.transact((db) => {
    const id =
      open?.id ??
      insertRun(
        db,
        {
          connectionId: connection.id,
          rootId: wish.rootId,
          options: wish.options,
          scope: wish.scopeKey ?? '',
          plan,
          budgetMicroUsd: wish.budgetMicroUsd,
        },
        parts.clock.now(),
      );
    if (open !== undefined) {
      setRunBudget(db, id, wish.budgetMicroUsd);
      setRunPlan(db, id, wish.scope.isUnqueued === true ? addPlans(open.plan, plan) : plan);
      setRunState(db, id, 'running', null, parts.clock.now());
      parts.queue.resumeRun(db, id);
    }
    return id;
  });
  parts.startingRuns.add(runId);
  try {
    await copyTwins(parts, runId, toCopy);
    for (let start = 0; start < toAsk.length; start += enqueuedAtOnce) {
      const jobs = toAsk
        .slice(start, start + enqueuedAtOnce)
        .map((candidate) => jobOf(runId, connection.id, candidate));
      parts.transact((db) => parts.queue.enqueue(db, jobs));
      await nextTurn();
    }
  } finally {
    parts.startingRuns.delete(runId);
  }
  finishIfDone(parts, runId);
  parts.events.emit('run.changed', { runId });
  return {
    runId,
    photos: candidates.length,
    waitingRuns: wish.rootId === null ? pauseOthers(parts, runId) : [],
  };
}

/**
 * A person who asks for one thing is shown the plan of that and agrees to that: what they asked the same connection for
 * before, and stopped, waits until they ask for it again. Standing rules go on; they have budgets of their own.
 */
function pauseOthers(parts: EngineParts, runId: RunId): RunId[] {
  const { connectionId } = getRun(parts.read, runId);
  const others = listRuns(parts.read, { live: true }).filter(
    (run) => run.id !== runId && run.connectionId === connectionId && run.rootId === null,
  );
  for (const run of others) {
    if (!hasLiveJobs(parts.read, run.id)) finishIfDone(parts, run.id);
    else if (run.state === 'running') pauseRun(parts, run.id, null);
  }
  return others.filter((run) => getRun(parts.read, run.id).state === 'paused').map((run) => run.id);
}

type SortedOut = {
  readonly plan: Run['plan'];
  readonly toAsk: readonly Candidate[];
  readonly toCopy: readonly { readonly assetId: AssetId; readonly descriptionId: number }[];
};

/** Which candidates need a request, and which have a twin that was described already. */
function sortOut(
  parts: EngineParts,
  connectionId: ConnectionId,
  candidates: readonly Candidate[],
  options: RunOptions,
): SortedOut {
  const builder = new PlanBuilder(modelTerms(getConnection(parts.read, connectionId)), options);
  const asked = new Set<string>();
  const toAsk: Candidate[] = [];
  const toCopy: { assetId: AssetId; descriptionId: number }[] = [];
  for (const candidate of candidates) {
    const twin = findTwinDescription(parts.read, connectionId, candidate);
    if (twin !== undefined) {
      toCopy.push({ assetId: candidate.assetId, descriptionId: twin.descriptionId });
      builder.addWithoutRequest();
    } else if (candidate.contentHash !== null && asked.has(candidate.contentHash)) {
      builder.addWithoutRequest();
    } else {
      if (candidate.contentHash !== null) asked.add(candidate.contentHash);
      toAsk.push(candidate);
      builder.add(candidate);
    }
  }
  return { plan: builder.build(), toAsk, toCopy };
}

async function copyTwins(parts: EngineParts, runId: RunId, toCopy: SortedOut['toCopy']): Promise<void> {
  for (const { assetId, descriptionId } of toCopy) {
    parts.transact((db) => {
      copyDescription(db, descriptionId, assetId, runId, parts.clock.now());
      parts.indexAsset(db, assetId);
    });
    parts.events.emit('asset.described', { assetId, runId, failed: null, skipped: null });
    await nextTurn();
  }
}

function jobOf(runId: RunId, connectionId: ConnectionId, candidate: Candidate): NewJob {
  return {
    kind: 'caption-asset',
    lane: laneOf(connectionId),
    runId,
    payload: { assetId: candidate.assetId },
    dedupeKey: describeKey(connectionId, candidate),
  };
}

/** At open: a run that lost its engine between its last job and its end is over, and the jobs of a paused one are held. */
export function takeUpRuns(parts: EngineParts): void {
  for (const run of listRuns(parts.read, { live: true })) {
    if (run.state === 'running') {
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
  if (hasLiveJobs(parts.read, runId)) return;
  parts.transact((db) => {
    setRunState(db, runId, 'finished', null, parts.clock.now());
  });
  parts.events.emit('run.changed', { runId });
}

/** Holds what waits. Requests in flight end and are kept. */
export function pauseRun(parts: EngineParts, runId: RunId, error: ErrorInfo | null): Run {
  const run = getRun(parts.read, runId);
  if (run.state !== 'running' && run.state !== 'paused') {
    throw new AppError('conflict', { reason: `The run is ${run.state}.` });
  }
  parts.transact((db) => {
    setRunState(db, runId, 'paused', error, parts.clock.now());
    parts.queue.holdRun(db, runId);
  });
  parts.events.emit('run.changed', { runId });
  return getRun(parts.read, runId);
}

export function resumeRun(parts: EngineParts, runId: RunId, budgetMicroUsd: number | undefined): Run {
  const run = getRun(parts.read, runId);
  if (run.state !== 'paused' && run.state !== 'running') {
    throw new AppError('conflict', { reason: `The run is ${run.state}.` });
  }
  parts.transact((db) => {
    if (budgetMicroUsd !== undefined) setRunBudget(db, runId, budgetMicroUsd);
    setRunState(db, runId, 'running', null, parts.clock.now());
    parts.queue.resumeRun(db, runId);
  });
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
  const run = getRun(parts.read, runId);
  if (run.state !== 'running' && run.state !== 'paused') {
    throw new AppError('conflict', { reason: `The run is ${run.state}.` });
  }
  parts.transact((db) => {
    setRunState(db, runId, 'canceled', null, parts.clock.now());
    parts.queue.cancelRun(db, runId);
  });
  await parts.queue.whenRunStops(runId);
  parts.events.emit('run.changed', { runId });
  return getRun(parts.read, runId);
}

/**
 * Takes back everything that a run said, and what it had yet to say; what was current before is current again. Its cost
 * stays in the ledger.
 */
export async function undoRun(parts: EngineParts, runId: RunId): Promise<{ photos: number }> {
  const assetIds = parts.transact((db) => {
    const { state } = getRun(db, runId);
    if (state === 'undone') return [];
    setRunState(db, runId, 'undone', null, parts.clock.now());
    parts.queue.cancelRun(db, runId);
    // What failed counts as never asked for, so that asking again asks for it too.
    cancelJobs(db, { runId, state: 'failed' }, parts.clock.now());
    const retracted = retractRun(db, runId, parts.clock.now());
    for (const assetId of retracted) parts.indexAsset(db, assetId);
    return retracted;
  });
  await parts.queue.whenRunStops(runId);
  parts.events.emit('asset.changed', { assetIds });
  parts.events.emit('run.changed', { runId });
  return { photos: assetIds.length };
}

/** Photos of a run that are still to be done, held ones included. */
export function leftOfRun(parts: EngineParts, runId: RunId): number {
  const { ready, held, running } = countJobs(parts.read, { runId });
  return ready + held + running;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
