import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, JobId, RunId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/**
 * [Note: Failed photos] A photo has failed when its file is there, nobody has taken it out, no model has described it, and
 * its file cannot be read or a model was asked in vain. `is:failed`, the counts of terminal and window, the reasons of
 * `queue` and trying again all mean these photos.
 */

const describeKeyStart = 'describe:';

/** What was asked in vain, by content (see describeKey: the connection, and behind the second colon the content). */
const refused = `refused (content, job_id) AS (
  SELECT substr(dedupe_key, ${String(describeKeyStart.length + 1)} + instr(substr(dedupe_key, ${String(describeKeyStart.length + 1)}), ':')), max(id)
  FROM job WHERE state = 'failed' AND dedupe_key >= '${describeKeyStart}' AND dedupe_key < 'describe;' GROUP BY 1)`;

/** Each part is found by an index: few have failed. */
const failed = `failed (id, job_id) AS (
  SELECT asset.id, (SELECT job_id FROM refused WHERE content = coalesce(content_hash, CAST(asset.id AS TEXT))) FROM asset
    WHERE state = 'unreadable' AND state <> 'ready'
  UNION SELECT asset.id, job_id FROM refused CROSS JOIN asset ON content_hash = content WHERE state = 'ready'
  UNION SELECT asset.id, job_id FROM refused CROSS JOIN asset ON asset.id = CAST(content AS INTEGER)
    WHERE content_hash IS NULL AND content = CAST(asset.id AS TEXT) AND state = 'ready')`;

/** The same photos of `@ids` alone: what a page of a list or grid asks for, however many have failed. Connections that were removed keep their rows. */
const failedOfPage = `failed (id, job_id) AS (
  SELECT asset.id, (SELECT max(job.id) FROM connection CROSS JOIN job ON job.state = 'failed'
      AND job.dedupe_key = '${describeKeyStart}' || connection.id || ':' || coalesce(content_hash, CAST(asset.id AS TEXT))) AS refused_by
  FROM json_each(@ids) AS picked CROSS JOIN asset ON asset.id = picked.value
  WHERE asset.state = 'unreadable' OR (asset.state = 'ready' AND refused_by IS NOT NULL))`;

/** Up to so many photos are looked up one by one; of more, all that failed are listed first. */
const pageOfFew = 1_000;

const counts = `is_excluded = 0
  AND EXISTS (SELECT 1 FROM file WHERE file.asset_id = asset.id AND file.state = 'present' AND file.role = 'original')
  AND NOT EXISTS (SELECT 1 FROM current_description AS said
    WHERE said.asset_id = asset.id AND said.baseline = 0 AND said.connection_id IS NOT NULL)`;

/** SQL of their ids. */
export const failedIdsSql = `WITH ${refused}, ${failed} SELECT asset.id FROM failed CROSS JOIN asset ON asset.id = failed.id WHERE ${counts}`;

/** How many have failed, as [Note: Failed photos] has it. */
export function countFailed(db: ReadDb): number {
  return db.pluck<number>(`SELECT count(*) FROM (${failedIdsSql})`)[0] ?? 0; // why 0: an aggregate gives one row
}

/** Why a photo has failed, and in which run that was, if it was one. */
export type Failure = {
  readonly assetId: AssetId;
  readonly error: ErrorInfo;
  readonly runId: RunId | null;
  /** What was asked in vain, last. */
  readonly jobId: JobId | null;
  /** Its file cannot be read. */
  readonly isUnreadable: boolean;
};

/** Of all photos that have failed, or of some photos those that have; in the order of their ids. */
export function listFailures(db: ReadDb, assetIds?: readonly AssetId[]): Failure[] {
  const isPage = assetIds !== undefined && assetIds.length <= pageOfFew;
  const rows = db.all<{
    assetId: AssetId;
    isUnreadable: 0 | 1;
    assetError: string | null;
    jobId: JobId | null;
    jobError: string | null;
    runId: RunId | null;
  }>(
    `WITH ${isPage ? failedOfPage : `${refused}, ${failed}`}
     SELECT asset.id AS assetId, asset.state = 'unreadable' AS isUnreadable, asset.error AS assetError, job.id AS jobId, job.last_error AS jobError, job.run_id AS runId
     FROM failed CROSS JOIN asset ON asset.id = failed.id LEFT JOIN job ON job.id = failed.job_id WHERE ${counts}
       ${assetIds === undefined ? '' : 'AND asset.id IN (SELECT value FROM json_each(@ids))'} ORDER BY asset.id`,
    assetIds === undefined ? {} : { ids: JSON.stringify(assetIds) },
  );
  return rows.map(({ assetId, isUnreadable, assetError, jobId, jobError, runId }) => ({
    assetId,
    jobId,
    isUnreadable: isUnreadable === 1,
    error: JSON.parse(assetError ?? jobError ?? '{"code":"internal","details":{}}') as ErrorInfo, // why: their stores write them
    runId,
  }));
}
