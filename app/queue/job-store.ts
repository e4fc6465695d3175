import type { ErrorInfo } from '../contract/errors.ts';
import type { JobId, RunId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import type { Job, NewJob } from './job.ts';
import { hasDueJobs, nextDueMs } from './lane-job-store.ts';
import { parkedPrefix } from './parked.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

export type JobRow = {
  id: number;
  kind: string;
  lane: string;
  run_id: number | null;
  payload: string;
  attempts: number;
  engine_deaths: number;
};

export const claimedColumns = 'id, kind, lane, run_id, payload, attempts, engine_deaths';

/**
 * Adds jobs. Of one whose dedupe key is already live there is still only one: a waiting one moves to the new job's run
 * (asked for again, it goes by the new wishes), a running one and a parked one stay as they are. Gives how many were added or moved.
 */
export function insertJobs(db: WriteDb, jobs: Iterable<NewJob>, nowMs: number): number {
  let added = 0;
  for (const job of jobs) {
    added += db.run(
      `INSERT INTO job (kind, lane, run_id, payload, priority, dedupe_key, created_at_ms, updated_at_ms)
       VALUES (@kind, @lane, @runId, @payload, @priority, @dedupeKey, @nowMs, @nowMs)
       ON CONFLICT (dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('ready', 'running')
       DO UPDATE SET run_id = excluded.run_id, held = 0, priority = max(job.priority, excluded.priority)
         WHERE job.state = 'ready' AND job.lane NOT GLOB '${parkedPrefix}*' AND (job.run_id IS NOT excluded.run_id OR job.held = 1 OR job.priority < excluded.priority)`,
      {
        kind: job.kind,
        lane: job.lane,
        runId: job.runId ?? null,
        payload: JSON.stringify(job.payload),
        priority: job.priority ?? 0,
        dedupeKey: job.dedupeKey ?? null,
        nowMs,
      },
    ).changes;
  }
  return added;
}

type Claim = {
  readonly limit: number;
  readonly session: string;
  readonly nowMs: number;
  /** Which others are claimed with a job, on top of the limit. @default none */
  readonly companionsOf?: (job: Job) => readonly JobId[];
};

/**
 * Hands out the next jobs of a lane, at most `limit`: highest priority first, then oldest. A lane without any, which is looked
 * at after every job of another one, costs two readings and no writing.
 */
export function claimJobs(db: WriteDb, lane: string, { limit, session, nowMs, companionsOf }: Claim): Job[] {
  const dueMs = nextDueMs(db, lane);
  const isAnyDue = dueMs !== undefined && dueMs <= nowMs;
  if (!isAnyDue && !hasDueJobs(db, lane)) return [];
  const claim = (): Job[] => {
    if (isAnyDue) {
      db.run(
        `UPDATE job SET run_after_ms = 0
         WHERE lane = ? AND state = 'ready' AND held = 0 AND run_after_ms > 0 AND run_after_ms <= ?`,
        [lane, nowMs],
      );
    }
    const jobs: Job[] = [];
    while (jobs.length < limit) {
      const row = db.get<JobRow>(
        `UPDATE job SET state = 'running', session = @session, updated_at_ms = @nowMs
         WHERE id = (
           SELECT id FROM job WHERE lane = @lane AND state = 'ready' AND held = 0 AND run_after_ms = 0
           ORDER BY priority DESC, id LIMIT 1
         )
         RETURNING ${claimedColumns}`,
        { lane, session, nowMs },
      );
      if (row === undefined) break;
      const job = toJob(row);
      const companions = claimCompanions(db, job, { session, nowMs, ids: companionsOf?.(job) ?? [] });
      jobs.push(companions.length === 0 ? job : { ...job, companions });
    }
    return jobs;
  };
  // After a power cut a claim that was not kept is what it would be made anyway: ready again.
  return db.transact(claim, 'unsynced');
}

/** Those of some jobs that may go with another one: nobody has claimed them, and nothing keeps them waiting. */
function claimCompanions(
  db: WriteDb,
  { lane, kind, runId }: Job,
  {
    session,
    nowMs,
    ids,
  }: { readonly session: string; readonly nowMs: number; readonly ids: readonly JobId[] },
): Job[] {
  if (ids.length === 0) return [];
  const rows = db.all<JobRow>(
    `UPDATE job SET state = 'running', session = @session, updated_at_ms = @nowMs
     WHERE id IN (SELECT value FROM json_each(@ids)) AND lane = @lane AND kind = @kind AND run_id IS @runId
       AND state = 'ready' AND held = 0 AND run_after_ms = 0
     RETURNING ${claimedColumns}`,
    { ids: JSON.stringify(ids), session, nowMs, lane, kind, runId },
  );
  return rows.map(toJob).toSorted((one, other) => one.id - other.id);
}

/** Those of some dedupe keys that wait in a run. */
export function listReadyIds(db: ReadDb, runId: RunId, dedupeKeys: readonly string[]): JobId[] {
  return db.pluck(
    `SELECT id FROM job WHERE dedupe_key IN (SELECT value FROM json_each(?)) AND dedupe_key IS NOT NULL
       AND state IN ('ready', 'running') AND state = 'ready' AND run_id = ? ORDER BY id`,
    [JSON.stringify(dedupeKeys), runId],
  );
}

export type JobEnd =
  | { readonly state: 'canceled' }
  | {
      readonly state: 'finished';
      readonly skipReason?: string;
      /** Its row stays, also without a run. */
      readonly isKept?: true;
    }
  | { readonly state: 'failed'; readonly error: ErrorInfo; readonly attempts: number }
  | {
      readonly state: 'ready';
      readonly error?: ErrorInfo;
      readonly attempts: number;
      readonly runAfterMs: number;
      readonly held: boolean;
      /** Where it waits from now on. @default where it was */
      readonly lane?: string;
    };

/**
 * Ends a claim. `false` when the job is no longer this session's: the caller drops its result. Finished jobs without a
 * run leave no row behind, unless they are kept.
 */
export function endJob(db: WriteDb, id: JobId, session: string, end: JobEnd, nowMs: number): boolean {
  if (end.state === 'finished') {
    const { changes } = db.run(
      `UPDATE job SET state = 'finished', skip_reason = @reason, last_error = NULL, updated_at_ms = @nowMs
       WHERE id = @id AND state = 'running' AND session = @session`,
      { id, session, reason: end.skipReason ?? null, nowMs },
    );
    // What failed before, for a file that was half copied then, has been done now. A run's failures stay its own.
    db.run(
      `DELETE FROM job WHERE state = 'failed' AND run_id IS NULL
         AND dedupe_key = (SELECT dedupe_key FROM job WHERE id = ?)`,
      [id],
    );
    if (end.isKept !== true) {
      db.run("DELETE FROM job WHERE id = ? AND state = 'finished' AND run_id IS NULL", [id]);
    }
    return changes === 1;
  }
  if (end.state === 'canceled') {
    return (
      db.run(
        `UPDATE job SET state = 'canceled', session = NULL, updated_at_ms = ? WHERE id = ? AND state = 'running' AND session = ?`,
        [nowMs, id, session],
      ).changes === 1
    );
  }
  const { changes } = db.run(
    `UPDATE job SET state = @state, attempts = @attempts, run_after_ms = @runAfterMs, last_error = @error,
       session = NULL, updated_at_ms = @nowMs, held = @held, lane = coalesce(@lane, lane)
     WHERE id = @id AND state = 'running' AND session = @session`,
    {
      id,
      session,
      state: end.state,
      attempts: end.attempts,
      runAfterMs: end.state === 'ready' ? end.runAfterMs : 0,
      held: end.state === 'ready' && end.held ? 1 : 0,
      lane: end.state === 'ready' ? (end.lane ?? null) : null,
      error: end.error === undefined ? null : JSON.stringify(end.error),
      nowMs,
    },
  );
  return changes === 1;
}

/** At open: whatever was running belonged to an engine that is gone. It is ready again and no attempt is counted. */
export function releaseDeadSessions(db: WriteDb, nowMs: number): number {
  return db.run(
    `UPDATE job SET state = 'ready', session = NULL, engine_deaths = engine_deaths + 1, updated_at_ms = ?
     WHERE state = 'running'`,
    [nowMs],
  ).changes;
}

/** Whether a job waits or runs. */
export function isLiveJob(db: ReadDb, id: JobId): boolean {
  return db.get("SELECT 1 FROM job WHERE id = ? AND state IN ('ready', 'running')", [id]) !== undefined;
}

/** Only the filters that were given: one that may also be left out (`@runId IS NULL OR …`) cannot be looked up in an index. */
export function conditions(filter: { runId?: RunId; kind?: string; code?: string }): string {
  return [
    'TRUE',
    ...(filter.runId === undefined ? [] : ['run_id = @runId']),
    ...(filter.kind === undefined ? [] : ['kind = @kind']),
    ...(filter.code === undefined ? [] : ["last_error ->> 'code' = @code"]),
  ].join(' AND ');
}

/** A page of what waits of a run in a lane, in the order of their ids; jobs that met something say what. */
export function listWaiting(
  db: ReadDb,
  { runId, lane, afterId, limit }: { runId: RunId; lane: string; afterId: number; limit: number },
): { readonly id: JobId; readonly payload: unknown; readonly errorCode: string | null }[] {
  return db
    .all<{ id: JobId; payload: string; errorCode: string | null }>(
      `SELECT id, payload, last_error ->> 'code' AS errorCode FROM job
       WHERE run_id = @runId AND state = 'ready' AND lane = @lane AND id > @afterId ORDER BY id LIMIT @limit`,
      { runId, lane, afterId, limit },
    )
    .map((row) => ({ ...row, payload: readPayload(row.payload) }));
}

/** Takes back what was not started, or what failed. Running jobs end by themselves. */
export function cancelJobs(
  db: WriteDb,
  filter: { runId?: RunId; kind?: string; code?: string; /** @default 'ready' */ state?: 'ready' | 'failed' },
  nowMs: number,
): number {
  return db.run(
    `UPDATE job SET state = 'canceled', updated_at_ms = @nowMs
     WHERE state = @state AND ${conditions(filter)}`,
    { ...filter, state: filter.state ?? 'ready', nowMs },
  ).changes;
}

/** Nobody waits for these any more: those that have not begun are taken out of the queue, without a trace. */
export function dropJobs(db: WriteDb, dedupeKeys: readonly string[]): void {
  db.run(
    "DELETE FROM job WHERE state IN ('ready', 'running') AND state = 'ready' AND dedupe_key IN (SELECT value FROM json_each(?))",
    [JSON.stringify(dedupeKeys)],
  );
}

/** Of those that have not begun. */
export function setPriority(db: WriteDb, dedupeKeys: readonly string[], priority: number): void {
  db.run(
    `UPDATE job SET priority = ?
     WHERE state IN ('ready', 'running') AND state = 'ready' AND dedupe_key IN (SELECT value FROM json_each(?))`,
    [priority, JSON.stringify(dedupeKeys)],
  );
}

export function toJob(row: JobRow): Job {
  return {
    id: row.id as JobId, // why: rows of this table carry this id
    kind: row.kind,
    lane: row.lane,
    runId: row.run_id as RunId | null, // why: as above
    payload: readPayload(row.payload),
    attempts: row.attempts,
    engineDeaths: row.engine_deaths,
  };
}

function readPayload(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
