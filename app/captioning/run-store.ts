import type { ErrorInfo } from '../contract/errors.ts';
import type { ConnectionId, RootId, RunId } from '../contract/ids.ts';
import type { CaptionPlan, Fallback, Run, RunOptions, RunState } from '../contract/models/run.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

export type NewRun = {
  readonly connectionId: ConnectionId;
  readonly rootId: RootId | null;
  readonly options: RunOptions;
  /** Which photos, as asked, in one text: the same wish again is the same run. */
  readonly scope: string;
  readonly plan: CaptionPlan;
  readonly budgetMicroUsd: number | null;
  /** @default none */
  readonly fallback?: Fallback | null;
  /** The person's own most used keywords: the same for all requests of the run. @default none */
  readonly vocabulary?: readonly string[];
};

type RunRow = {
  id: number;
  connection_id: number;
  root_id: number | null;
  options: string;
  plan: string;
  budget_micro_usd: number | null;
  state: RunState;
  error: string | null;
  created_at_ms: number;
  ended_at_ms: number | null;
  fallback_connection_id: number | null;
  fallback_may_upload: 0 | 1;
};

export function insertRun(db: WriteDb, run: NewRun, nowMs: number): RunId {
  const { lastId } = db.run(
    `INSERT INTO run (connection_id, root_id, options, scope, plan, budget_micro_usd, fallback_connection_id, fallback_may_upload, vocabulary, created_at_ms)
     VALUES (@connectionId, @rootId, @options, @scope, @plan, @budget, @fallbackId, @mayUpload, @vocabulary, @nowMs)`,
    {
      connectionId: run.connectionId,
      rootId: run.rootId,
      options: JSON.stringify(run.options),
      scope: run.scope,
      plan: JSON.stringify(run.plan),
      budget: run.budgetMicroUsd,
      fallbackId: run.fallback?.connectionId ?? null,
      mayUpload: run.fallback?.mayUpload === true ? 1 : 0,
      vocabulary: JSON.stringify(run.vocabulary ?? []),
      nowMs,
    },
  );
  return lastId as RunId; // why: an id of this table
}

/** @throws {AppError} `not-found` */
export function getRun(db: ReadDb, id: RunId): Run {
  const row = db.get<RunRow>('SELECT * FROM run WHERE id = ?', [id]);
  if (row === undefined) throw new AppError('not-found', { what: `Run ${String(id)}` });
  return toRun(row);
}

/** @throws {AppError} `not-found` */
export function getRunVocabulary(db: ReadDb, id: RunId): string[] {
  const row = db.get<{ vocabulary: string }>('SELECT vocabulary FROM run WHERE id = ?', [id]);
  if (row === undefined) throw new AppError('not-found', { what: `Run ${String(id)}` });
  return JSON.parse(row.vocabulary) as string[]; // why: only this file writes it
}

/** Newest first. */
export function listRuns(db: ReadDb, filter: { live?: boolean; limit?: number } = {}): Run[] {
  return db
    .all<RunRow>(
      `SELECT * FROM run WHERE (@live = 0 OR state IN ('running', 'paused')) ORDER BY id DESC LIMIT @limit`,
      { live: filter.live === true ? 1 : 0, limit: filter.limit ?? 500 },
    )
    .map(toRun);
}

/** The run that the same wish goes on with: same connection, same asker, same options, not over yet. */
export function findLiveRun(
  db: ReadDb,
  connectionId: ConnectionId,
  rootId: RootId | null,
  options: RunOptions,
  scope: string,
): Run | undefined {
  const row = db.get<RunRow>(
    `SELECT * FROM run WHERE state IN ('running', 'paused') AND connection_id = ? AND root_id IS ? AND options = ? AND scope = ?
     ORDER BY id DESC LIMIT 1`,
    [connectionId, rootId, JSON.stringify(options), scope],
  );
  return row === undefined ? undefined : toRun(row);
}

/** @param error why it is paused, where nobody asked for that. The time of its end is kept when it is over, and forgotten when it goes on. */
export function setRunState(
  db: WriteDb,
  id: RunId,
  state: RunState,
  error: ErrorInfo | null,
  nowMs: number,
): void {
  const isOver = state === 'finished' || state === 'canceled' || state === 'undone';
  db.run(
    'UPDATE run SET state = @state, error = @error, ended_at_ms = CASE WHEN @isOver THEN coalesce(ended_at_ms, @nowMs) END WHERE id = @id',
    {
      id,
      state,
      error: error === null ? null : JSON.stringify(error),
      isOver: isOver ? 1 : 0,
      nowMs,
    },
  );
}

/** @param budgetMicroUsd for the whole run, with what it has spent; `null`: no limit of its own */
export function setRunBudget(db: WriteDb, id: RunId, budgetMicroUsd: number | null): void {
  db.run('UPDATE run SET budget_micro_usd = ? WHERE id = ?', [budgetMicroUsd, id]);
}

export function setRunFallback(db: WriteDb, id: RunId, fallback: Fallback | null): void {
  db.run('UPDATE run SET fallback_connection_id = ?, fallback_may_upload = ? WHERE id = ?', [
    fallback?.connectionId ?? null,
    fallback?.mayUpload === true ? 1 : 0,
    id,
  ]);
}

export function setRunPlan(db: WriteDb, id: RunId, plan: CaptionPlan): void {
  db.run('UPDATE run SET plan = ? WHERE id = ?', [JSON.stringify(plan), id]);
}

function toRun(row: RunRow): Run {
  return {
    id: row.id as RunId, // why: ids of these tables
    connectionId: row.connection_id as ConnectionId, // why: as above
    rootId: row.root_id as RootId | null, // why: as above
    options: JSON.parse(row.options) as RunOptions, // why: only this file writes it
    plan: JSON.parse(row.plan) as CaptionPlan, // why: only this file writes it
    budgetMicroUsd: row.budget_micro_usd,
    fallback:
      row.fallback_connection_id === null
        ? null
        : {
            connectionId: row.fallback_connection_id as ConnectionId, // why: as above
            mayUpload: row.fallback_may_upload === 1,
          },
    state: row.state,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo), // why: only this file writes it
    createdAtMs: row.created_at_ms,
    endedAtMs: row.ended_at_ms,
  };
}

/** Runs that go on, and those that wait for a person or for time. */
export function countRuns(db: ReadDb): { readonly runningRuns: number; readonly pausedRuns: number } {
  const row = db.get<{ runningRuns: number; pausedRuns: number }>(
    `SELECT count(*) FILTER (WHERE state = 'running') AS runningRuns,
       count(*) FILTER (WHERE state = 'paused') AS pausedRuns
     FROM run WHERE state IN ('running', 'paused')`,
  );
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row;
}
