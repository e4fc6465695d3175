import type { RunId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { conditions } from './job-store.ts';

/** How far a run's jobs, and all jobs, are. */

/** How many jobs of a run wait or run in a lane. */
export function countRunJobsIn(db: ReadDb, runId: RunId, lane: string): number {
  const count = "SELECT count(*) FROM job WHERE run_id = ? AND state IN ('ready', 'running') AND lane = ?";
  return db.pluck<number>(count, [runId, lane])[0] ?? 0; // why 0: an aggregate gives one row
}

const liveByLane = "SELECT 1 FROM job WHERE run_id = ? AND state IN ('ready', 'running') AND lane";

/** Whether anything of a run waits or runs in a lane. */
export function hasLiveJobsIn(db: ReadDb, runId: RunId, lane: string): boolean {
  return db.get(`${liveByLane} = ? LIMIT 1`, [runId, lane]) !== undefined;
}

/** Whether anything of a run waits or runs in any other lane. */
export function hasLiveJobsOutside(db: ReadDb, runId: RunId, lane: string): boolean {
  return db.get(`${liveByLane} <> ? LIMIT 1`, [runId, lane]) !== undefined;
}

export function listHeldRuns(db: ReadDb): RunId[] {
  return db.pluck("SELECT DISTINCT run_id FROM job WHERE state = 'ready' AND held = 1");
}

export type JobCounts = Readonly<
  Record<'ready' | 'held' | 'running' | 'finished' | 'skipped' | 'failed' | 'canceled', number>
>;

const noJobs: JobCounts = { ready: 0, held: 0, running: 0, finished: 0, skipped: 0, failed: 0, canceled: 0 };

/** A job's state as it is counted. */
const countedState = `CASE WHEN state = 'ready' AND held = 1 THEN 'held'
  WHEN state = 'finished' AND skip_reason IS NOT NULL THEN 'skipped' ELSE state END`;

/** Jobs by state, of one run or of all. Reads each of them: too dear to be asked again and again. */
export function countJobs(db: ReadDb, filter: { runId?: RunId } = {}): JobCounts {
  const rows = db.all<{ state: keyof JobCounts; count: number }>(
    `SELECT ${countedState} AS state, count(*) AS count FROM job WHERE ${conditions(filter)} GROUP BY 1`,
    filter,
  );
  const counts = { ...noJobs };
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}

/** How many jobs wait because their run is paused. Reads an index that holds no others. */
export function countHeldJobs(db: ReadDb): number {
  return db.pluck<number>("SELECT count(*) FROM job WHERE state = 'ready' AND held = 1")[0] ?? 0;
}

/** Does anything of this run still wait or run? Held jobs do not count: they wait for a person. */
export function hasLiveJobs(db: ReadDb, runId: RunId): boolean {
  return (
    db.get(
      // The states alone come from the index: a run has many more jobs that have ended.
      "SELECT 1 FROM job WHERE run_id = @runId AND state IN ('ready', 'running') AND (state = 'running' OR held = 0) LIMIT 1",
      { runId },
    ) !== undefined
  );
}

/** Is anything of this run left to be done, held or not? */
export function hasJobsLeft(db: ReadDb, runId: RunId): boolean {
  const left = "SELECT 1 FROM job WHERE run_id = ? AND state IN ('ready', 'running') LIMIT 1";
  return db.get(left, [runId]) !== undefined;
}

/** Holds or lets go all waiting jobs of a run. Those that run are marked too: they are held should they come back. */
export function holdRun(db: WriteDb, runId: RunId, held: boolean): void {
  db.run(
    "UPDATE job SET held = @held WHERE run_id = @runId AND state IN ('ready', 'running') AND held <> @held",
    { runId, held: held ? 1 : 0 },
  );
}

/** As `countJobs` for each kind, in one reading. */
export function countJobsByKind(db: ReadDb): (JobCounts & { kind: string })[] {
  const rows = db.all<{ kind: string; state: keyof JobCounts; count: number }>(
    `SELECT kind, ${countedState} AS state, count(*) AS count FROM job GROUP BY 1, 2 ORDER BY 1`,
  );
  return [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const counts = { ...noJobs };
    for (const { state, count } of ofKind) counts[state] = count;
    return { kind, ...counts };
  });
}
