import type { ErrorInfo } from '../contract/errors.ts';
import type { JobId, RunId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { claimedColumns, conditions, toJob, type JobRow } from './job-store.ts';

/** Jobs that ended without what they were for: kept with their reason, until a person has them tried again. */

export type FailedJob = {
  readonly id: JobId;
  readonly kind: string;
  readonly runId: RunId | null;
  readonly lane: string;
  readonly payload: unknown;
  readonly error: ErrorInfo;
};

export function listFailedJobs(db: ReadDb, filter: { runId?: RunId; code?: string } = {}): FailedJob[] {
  const rows = db.all<JobRow & { last_error: string }>(
    `SELECT ${claimedColumns}, last_error FROM job
     WHERE state = 'failed' AND ${conditions(filter)} ORDER BY id`,
    filter,
  );
  return rows.map((row) => {
    const job = toJob(row);
    const error = JSON.parse(row.last_error) as ErrorInfo; // why: written by endJob only
    return { id: job.id, kind: job.kind, runId: job.runId, lane: job.lane, payload: job.payload, error };
  });
}

/** Failed jobs get all their attempts again. One whose dedupe key lives in another job stays as it is. */
export function retryFailedJobs(
  db: WriteDb,
  filter: { runId?: RunId; code?: string },
  nowMs: number,
): number {
  return db.run(
    `UPDATE OR IGNORE job SET state = 'ready', held = 0, attempts = 0, engine_deaths = 0, run_after_ms = 0, updated_at_ms = @nowMs
     WHERE state = 'failed' AND ${conditions(filter)}`,
    { ...filter, nowMs },
  ).changes;
}

/** The same of some jobs. */
export function retryJobs(db: WriteDb, ids: readonly JobId[], nowMs: number): number {
  return db.run(
    `UPDATE OR IGNORE job SET state = 'ready', held = 0, attempts = 0, engine_deaths = 0, run_after_ms = 0, updated_at_ms = ?
     WHERE state = 'failed' AND id IN (SELECT value FROM json_each(?))`,
    [nowMs, JSON.stringify(ids)],
  ).changes;
}

export type Failures = { readonly error: ErrorInfo; readonly photos: number; readonly runId: RunId | null };

/** Failed jobs grouped by run and reason, most first. */
export function listFailures(db: ReadDb, runId?: RunId): Failures[] {
  return db
    .all<{ error: string; photos: number; runId: RunId | null }>(
      `SELECT last_error AS error, count(*) AS photos, run_id AS runId FROM job
       WHERE state = 'failed' AND ${conditions(runId === undefined ? {} : { runId })}
       GROUP BY run_id, last_error ->> 'code' ORDER BY photos DESC`,
      runId === undefined ? {} : { runId },
    )
    .map((row) => ({ ...row, error: JSON.parse(row.error) as ErrorInfo })); // why: written by endJob only
}
