import type { JobId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { parkedPrefix } from './parked.ts';

/** In which lane jobs wait, when they are due, and how they come into another one. */

/** Waiting jobs go on in another lane, as if they had never been tried. */
export function moveJobs(db: WriteDb, ids: readonly JobId[], lane: string, nowMs: number): void {
  db.run(
    `UPDATE job SET lane = ?, attempts = 0, run_after_ms = 0, updated_at_ms = ?
     WHERE state = 'ready' AND id IN (SELECT value FROM json_each(?))`,
    [lane, nowMs, JSON.stringify(ids)],
  );
}

/** Parked jobs go on in a lane, with the attempts that they have had. See [Note: Parked jobs]. */
export function unparkJobs(db: WriteDb, ids: readonly JobId[], lane: string, nowMs: number): void {
  db.run(
    `UPDATE job SET lane = ?, run_after_ms = 0, updated_at_ms = ?
     WHERE state = 'ready' AND lane GLOB '${parkedPrefix}*' AND id IN (SELECT value FROM json_each(?))`,
    [lane, nowMs, JSON.stringify(ids)],
  );
}

/** Whether a job waits parked; `false` when it was canceled meanwhile. */
export function isParkedJob(db: ReadDb, id: JobId): boolean {
  return (
    db.get(`SELECT 1 FROM job WHERE id = ? AND state = 'ready' AND lane GLOB '${parkedPrefix}*'`, [id]) !==
    undefined
  );
}

/** Ids of jobs that wait in a lane, held ones too, oldest first. */
export function listIdsInLane(db: ReadDb, lane: string, limit: number): JobId[] {
  return db.pluck<JobId>(
    `SELECT id FROM job WHERE lane = @lane AND state = 'ready' AND held = 0 AND run_after_ms = 0 AND id > 0
     UNION ALL SELECT id FROM job WHERE lane = @lane AND state = 'ready' AND held = 1 LIMIT @limit`,
    { lane, limit },
  );
}

export function listLanes(db: ReadDb): string[] {
  // Each part is read from an index of its own; jobs that have ended are not looked at.
  return db.pluck(
    `SELECT lane FROM job WHERE state = 'ready' AND held = 0 AND run_after_ms = 0
     UNION SELECT lane FROM job WHERE state = 'ready' AND held = 0 AND run_after_ms > 0
     UNION SELECT lane FROM job WHERE state = 'ready' AND held = 1`,
  );
}

/** When the next delayed job of a lane becomes due; `undefined` when none is delayed. */
export function nextDueMs(db: ReadDb, lane: string): number | undefined {
  return (
    db.get<{ due: number | null }>(
      "SELECT min(run_after_ms) AS due FROM job WHERE lane = ? AND state = 'ready' AND held = 0 AND run_after_ms > 0",
      [lane],
    )?.due ?? undefined
  );
}

/** Does anything wait in this lane that could begin at once? */
export function hasDueJobs(db: ReadDb, lane: string): boolean {
  const due =
    "SELECT 1 FROM job WHERE lane = ? AND state = 'ready' AND held = 0 AND run_after_ms = 0 LIMIT 1";
  return db.get(due, [lane]) !== undefined;
}

/** How many jobs of these lanes wait or run, held ones left out. Reads neither what they hold nor what has ended. */
export function countLiveJobs(db: ReadDb, lanes: readonly string[]): number {
  const row = db.get<{ count: number }>(
    `WITH asked (lane) AS (SELECT value FROM json_each(?))
     SELECT (SELECT count(*) FROM job WHERE lane IN asked AND state = 'ready' AND held = 0 AND run_after_ms = 0)
       + (SELECT count(*) FROM job WHERE lane IN asked AND state = 'ready' AND held = 0 AND run_after_ms > 0)
       + (SELECT count(*) FROM job WHERE lane IN asked AND state = 'running') AS count`,
    [JSON.stringify(lanes)],
  );
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row.count;
}

/** Does anything wait in this lane, due or not? */
export function hasReadyJobs(db: ReadDb, lane: string): boolean {
  return hasDueJobs(db, lane) || nextDueMs(db, lane) !== undefined;
}
