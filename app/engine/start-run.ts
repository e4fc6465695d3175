import { setImmediate as nextTurn } from 'node:timers/promises';
import { toAsker, type Asker } from '../captioning/asker.ts';
import type { Scope } from '../captioning/candidate-store.ts';
import { listDescribeKeys } from '../captioning/described-store.ts';
import { copyDescription } from '../captioning/description-store.ts';
import { addPlans } from '../captioning/plan.ts';
import {
  findLiveRun,
  getRun,
  insertRun,
  listRuns,
  setRunBudget,
  setRunFallback,
  setRunPlan,
  setRunState,
  type WriteDb,
} from '../captioning/run-store.ts';
import type { AssetId, ConnectionId, RootId, RunId } from '../contract/ids.ts';
import type { CaptionPlan, Fallback, Run, RunOptions } from '../contract/models/run.ts';
import { assertFallback } from '../jobs/fallback.ts';
import { batchLaneOf, laneOf, sentLaneOf } from '../jobs/connection-lane.ts';
import { moveIfBlocked } from './fallback.ts';
import type { EngineParts } from './parts.ts';
import { sortOut, type SortedOut } from './plan.ts';
import { AppError } from '../platform/errors.ts';
import { countJobs, countRunJobsIn, hasJobsLeft } from '../queue/run-job-store.ts';
import { hasLimit, monthLimit } from '../jobs/budget-limits.ts';
import { getConnection } from '../settings/connection-store.ts';
import { takesBatches } from '../providers/batch/takes-batches.ts';
import { findPrice, modelOf } from '../usage/prices.ts';
import { rewrittenAtOnce, finishIfDone, finish, pauseRun, resumeRun } from './runs.ts';

export type RunWish = {
  readonly connectionId: ConnectionId;
  /** The root whose standing rule asks; `null` when a person does. */
  readonly rootId: RootId | null;
  readonly scope: Scope;
  /** Narrows the scope to what it finds. */
  readonly query?: string;
  /** Left out of it. */
  readonly except?: readonly AssetId[] | undefined;
  /** The scope as it was asked for, in one text: the same wish again goes on with the same run. @default '' */
  readonly scopeKey?: string;
  readonly options: RunOptions;
  readonly budgetMicroUsd: number | null;
  /** @default none */
  readonly fallback?: Fallback | null;
};

/** Jobs that one transaction adds: short enough that nobody waits for it. */
const enqueuedAtOnce = 1_000;

/**
 * Starts describing what the connection has not described in this scope. The same wish again goes on with the run that
 * is still open, so that its budget also counts what was spent before a crash; what older runs of the connection left
 * waiting in this scope moves into it. `undefined` when there is nothing to do.
 *
 * @throws {AppError} `price-unknown` when there is a budget and no price to keep it by; as `assertFallback`.
 */
export async function startRun(
  parts: EngineParts,
  wish: RunWish,
): Promise<{ runId: RunId | undefined; photos: number; waitingRuns: RunId[] }> {
  const { read } = parts;
  const connection = getConnection(read, wish.connectionId);
  const fallback = wish.fallback ?? null;
  if (fallback !== null) assertFallback(parts, connection.id, fallback);
  const second = fallback === null ? undefined : getConnection(read, fallback.connectionId);
  const unpriced = [connection, second].find((one) => one !== undefined && findPrice(one) === undefined);
  if (wish.options.batch !== undefined && !takesBatches(connection)) {
    throw new AppError('invalid-input', {
      reason:
        connection.kind === 'azure-openai'
          ? 'Azure answers batches by a deployment of their own (Global Batch): give its name.'
          : `${connection.name} takes no batches.`,
    });
  }
  const hasBudget = wish.budgetMicroUsd !== null || hasLimit([monthLimit(parts)]);
  if (hasBudget && unpriced !== undefined) {
    throw new AppError('price-unknown', { model: modelOf(unpriced) });
  }
  const findOpen = (): Run | undefined =>
    findLiveRun(read, wish.connectionId, wish.rootId, wish.options, wish.scopeKey ?? '');
  const openBefore = findOpen();
  // First of all, so that nothing goes on beside the plan that counts it.
  const goesBeside = wish.rootId !== null || wish.options.batch !== undefined;
  const paused = goesBeside ? [] : pauseOthers(parts, connection.id, openBefore);
  const asker = toAsker(connection, wish.options, openBefore?.id);
  const { plan, toAsk, toCopy, vocabulary } = await sortOut(read, connection, asker, {
    ...wish,
    scope: withoutDone(parts, wish.scope, openBefore),
    nowMs: parts.clock.now(),
  });
  // While it was planned, others had their turns: it may be open only now, or have come to its end.
  const open = findOpen() ?? finishedSince(parts, openBefore);
  if (plan.photos === 0 && open === undefined) {
    for (const id of paused) resumeRun(parts, id, undefined);
    return { runId: undefined, photos: 0, waitingRuns: [] };
  }

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
          fallback,
          vocabulary,
        },
        parts.clock.now(),
      );
    if (open !== undefined) {
      setRunBudget(db, id, wish.budgetMicroUsd);
      setRunFallback(db, id, fallback);
      setRunPlan(db, id, planOfBoth(wish, open.plan, plan));
      setRunState(db, id, 'running', null, parts.clock.now());
      parts.queue.resumeRun(db, id);
    }
    return id;
  });
  parts.startingRuns.add(runId);
  try {
    await copyTwins(parts, runId, toCopy);
    const lane = wish.options.batch === undefined ? laneOf(connection.id) : batchLaneOf(connection.id);
    await enqueue(parts, runId, { asker: toAsker(connection, wish.options, runId), lane }, toAsk);
  } finally {
    parts.startingRuns.delete(runId);
  }
  if (wish.options.batch !== undefined) parts.wakeBatches();
  moveIfBlocked(parts, getRun(read, runId));
  finishEmptied(parts, connection.id);
  finishIfDone(parts, runId);
  parts.events.emit('run.changed', { runId });
  return {
    runId,
    photos: plan.photos,
    waitingRuns:
      wish.rootId === null
        ? askedBefore(parts, connection.id, runId)
            .filter(({ state }) => state === 'paused')
            .map(({ id }) => id)
        : [],
  };
}

/** “The first ten” are ten in all, also when the run that was asked for them is gone on with. */
function withoutDone(parts: EngineParts, scope: Scope, open: Run | undefined): Scope {
  if (open === undefined || scope.limit === undefined) return scope;
  const { finished, skipped, failed } = countJobs(parts.read, { runId: open.id });
  const sent = countRunJobsIn(parts.read, open.id, sentLaneOf(open.connectionId));
  return { ...scope, limit: Math.max(1, scope.limit - finished - skipped - failed - sent) };
}

/** What is left is part of what was planned first; what appeared under a standing rule comes to it. */
function planOfBoth(wish: RunWish, before: CaptionPlan, now: CaptionPlan): CaptionPlan {
  if (wish.scope.isUnqueued === true) return addPlans(before, now);
  return now.photos <= before.photos ? before : now;
}

/**
 * A person who asks for one thing is shown the plan of that and agrees to that: what they asked the same connection for
 * before, and stopped, waits until they ask for it again. Standing rules go on; they have budgets of their own.
 */
function pauseOthers(parts: EngineParts, connectionId: ConnectionId, same: Run | undefined): RunId[] {
  const running = askedBefore(parts, connectionId, same?.id).filter(({ state }) => state === 'running');
  for (const run of running) pauseRun(parts, run.id, null);
  return running.map(({ id }) => id);
}

/** Runs that a person asked this connection for, and that are not over. */
function askedBefore(parts: EngineParts, connectionId: ConnectionId, except: RunId | undefined): Run[] {
  return listRuns(parts.read, { live: true }).filter(
    (run) =>
      run.id !== except &&
      run.connectionId === connectionId &&
      run.rootId === null &&
      // It waits for the service, and takes nothing from what is asked for at once.
      run.options.batch === undefined,
  );
}

function finishedSince(parts: EngineParts, before: Run | undefined): Run | undefined {
  const now = before === undefined ? undefined : getRun(parts.read, before.id);
  return now?.state === 'finished' ? now : undefined;
}

/** A run whose last jobs have moved into another one is over, a paused one too: nothing of it waits for anybody. */
function finishEmptied(parts: EngineParts, connectionId: ConnectionId): void {
  for (const run of listRuns(parts.read, { live: true })) {
    if (run.connectionId !== connectionId || parts.startingRuns.has(run.id)) continue;
    if (!hasJobsLeft(parts.read, run.id)) finish(parts, run.id);
  }
}

async function copyTwins(parts: EngineParts, runId: RunId, toCopy: SortedOut['toCopy']): Promise<void> {
  for (let start = 0; start < toCopy.length; start += rewrittenAtOnce) {
    const page = toCopy.slice(start, start + rewrittenAtOnce);
    const isGoingOn = addToRun(parts, runId, (db) => {
      for (const { assetId, descriptionId } of page) {
        copyDescription(db, descriptionId, assetId, runId, parts.clock.now());
        parts.indexAsset(db, assetId);
      }
    });
    if (!isGoingOn) return;
    for (const { assetId } of page) {
      parts.events.emit('asset.described', { assetId, runId, failed: null, skipped: null });
    }
    await nextTurn();
  }
}

async function enqueue(
  parts: EngineParts,
  runId: RunId,
  { asker, lane }: { readonly asker: Asker; readonly lane: string },
  toAsk: SortedOut['toAsk'],
): Promise<void> {
  for (let start = 0; start < toAsk.length; start += enqueuedAtOnce) {
    const page = toAsk.slice(start, start + enqueuedAtOnce);
    const isGoingOn = addToRun(parts, runId, (db) => {
      // What was described or refused since it was planned is not paid for again.
      const jobs = listDescribeKeys(db, asker, page).map(({ assetId, key }) => ({
        kind: 'caption-asset',
        lane,
        runId,
        payload: { assetId },
        dedupeKey: key,
      }));
      parts.queue.enqueue(db, jobs);
    });
    if (!isGoingOn) return;
    await nextTurn();
  }
}

/**
 * Adds a page to a run, in one transaction. Between two pages somebody may have paused it: then what is added waits too.
 * `false` when it was canceled or undone: nothing is added any more.
 */
function addToRun(parts: EngineParts, runId: RunId, add: (db: WriteDb) => void): boolean {
  return parts.transact((db) => {
    const { state } = getRun(db, runId);
    if (state === 'canceled' || state === 'undone') return false;
    add(db);
    if (state === 'paused') parts.queue.holdRun(db, runId);
    // The same wish, made twice at a time, has come to its end for the other one.
    if (state === 'finished') setRunState(db, runId, 'running', null, parts.clock.now());
    return true;
  });
}
