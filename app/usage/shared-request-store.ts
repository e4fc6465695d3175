import type { JobId, RequestId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import type { StoredAnswer } from './request-store.ts';

/** Requests about several photos, each with a job of its own: [Note: Together]. */

export type StoredPart = StoredAnswer & {
  /** Of the photo among those that were sent, from 1. */
  readonly number: number;
  readonly photos: number;
};

/** A paid answer about several photos in which the part of this job has not been read: it is read for free. */
export function findUnreadPart(db: ReadDb, jobId: JobId): StoredPart | undefined {
  return db.get<StoredPart>(
    `SELECT id, answer_text AS answerText, error ->> 'code' IS 'refused' AS refused, finish_reason AS finishReason,
       prompt_version AS promptVersion, model_answered AS modelAnswered, detail,
       mine.sent_width_px AS sentWidthPx, mine.sent_height_px AS sentHeightPx, mine.position + 1 AS number,
       (SELECT count(*) FROM request_asset AS other WHERE other.request_id = id) AS photos
     FROM request_asset AS mine JOIN request ON id = mine.request_id
     WHERE mine.job_id = ? AND settled = 0 AND state = 'answered' AND answer_text IS NOT NULL
     ORDER BY id DESC LIMIT 1`,
    [jobId],
  );
}

/** The job's part of the answer has been read, whatever came of it: a job without a description then asks by itself. */
export function settlePart(db: WriteDb, requestId: RequestId, jobId: JobId): void {
  db.run('UPDATE request_asset SET settled = 1 WHERE request_id = ? AND job_id = ?', [requestId, jobId]);
  db.run(
    `UPDATE request SET parsed = 1 WHERE id = @requestId
       AND NOT EXISTS (SELECT 1 FROM request_asset WHERE request_id = @requestId AND settled = 0)`,
    { requestId },
  );
}

/** Those of some jobs that were asked for together with others once, and are to be asked for alone. */
export function listAskedAlone(db: ReadDb, jobIds: readonly JobId[]): JobId[] {
  return db.pluck(
    `SELECT DISTINCT job_id FROM request_asset
     WHERE job_id IS NOT NULL AND job_id IN (SELECT value FROM json_each(?)) AND settled = 1`,
    [JSON.stringify(jobIds)],
  );
}
