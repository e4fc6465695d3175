import { findCandidate } from '../captioning/candidate-store.ts';
import { describeKey } from '../captioning/described-store.ts';
import { getRun } from '../captioning/run-store.ts';
import { mostTogether } from '../captioning/together.ts';
import type { JobId } from '../contract/ids.ts';
import type { Job } from '../queue/job.ts';
import { listReadyIds } from '../queue/job-store.ts';
import { listPerhapsTogether } from '../search/together-store.ts';
import { getConnection } from '../settings/connection-store.ts';
import { listAskedAlone } from '../usage/shared-request-store.ts';
import { assetOf } from './asset-of.ts';
import { connectionOfLane } from './connection-lane.ts';
import type { JobsContext } from './context.ts';

/** Of a burst; more near-duplicates than that are no burst, and the next of them finds the rest. */
const mostLookedAt = 1_000;

/**
 * The waiting jobs whose photos may go in one request with a job's photo, as many as the connection takes: see
 * [Note: Together]. Those whose looks nobody has seen yet are among them on trial.
 */
export function companionsOf({ read }: Pick<JobsContext, 'read'>, job: Job): JobId[] {
  const assetId = assetOf(job);
  if (job.runId === null || assetId === undefined) return [];
  const run = getRun(read, job.runId);
  if (run.options.bursts !== 'together') return [];
  const connection = getConnection(read, connectionOfLane(job.lane) ?? run.connectionId);
  const most = mostTogether(connection, run.options);
  if (most < 2 || listAskedAlone(read, [job.id]).length > 0) return [];
  const keys = listPerhapsTogether(read, assetId, mostLookedAt).flatMap((id) => {
    const candidate = findCandidate(read, id);
    return candidate === undefined ? [] : [describeKey(run.connectionId, candidate)];
  });
  const ids = listReadyIds(read, run.id, keys);
  const alone = new Set(listAskedAlone(read, ids));
  return ids.filter((id) => !alone.has(id)).slice(0, most - 1);
}
