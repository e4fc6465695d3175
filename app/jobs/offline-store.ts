import type { RunId } from '../contract/ids.ts';
import type { WriteDb } from '../db/open.ts';
import type { NewJob } from '../queue/job.ts';

/** Why a job ended whose photo is on a root that is offline. */
export const offlineReason = 'offline';

type Row = {
  kind: string;
  lane: string;
  runId: RunId | null;
  payload: string;
  priority: number;
  dedupeKey: string | null;
};

/**
 * Makes jobs ready again, at most `limit`, that ended as offline and whose photo is on a root that is online now. Those of
 * canceled and undone runs stay as they are, and so does one whose photo waits in another run by now. The caller tells the
 * queue and the runs. Under their old ids, so that an answer that was paid for already is not asked for again.
 */
export function takeUpOfflineJobs(
  db: WriteDb,
  limit: number,
  nowMs: number,
): (NewJob & { readonly runId?: RunId })[] {
  const rows = db.all<Row>(
    `UPDATE OR IGNORE job SET state = 'ready', skip_reason = NULL, held = 0, run_after_ms = 0, updated_at_ms = @nowMs
     WHERE id IN (
       SELECT job.id FROM job LEFT JOIN run ON run.id = job.run_id
       WHERE job.skip_reason = 'offline' AND job.state = 'finished'
         AND (job.run_id IS NULL OR run.state IN ('running', 'paused', 'finished'))
         AND EXISTS (SELECT 1 FROM file JOIN root ON root.id = file.root_id
           WHERE file.asset_id = job.payload ->> 'assetId' AND file.state = 'present' AND root.state = 'online')
         AND NOT EXISTS (SELECT 1 FROM job AS live
           WHERE live.dedupe_key = job.dedupe_key AND live.state IN ('ready', 'running'))
       ORDER BY job.id LIMIT @limit)
     RETURNING kind, lane, run_id AS runId, payload, priority, dedupe_key AS dedupeKey`,
    { limit, nowMs },
  );
  return rows.map(({ kind, lane, runId, payload, priority, dedupeKey }) => ({
    kind,
    lane,
    ...(runId === null ? {} : { runId }),
    priority,
    payload: JSON.parse(payload) as unknown,
    ...(dedupeKey === null ? {} : { dedupeKey }),
  }));
}
