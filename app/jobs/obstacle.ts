import { allowedPrivacies, findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { getRun } from '../captioning/run-store.ts';
import type { AssetId } from '../contract/ids.ts';
import type { Connection, Run } from '../contract/models.ts';
import { findOriginal } from '../library/asset-store.ts';
import { staysLocal } from '../providers/endpoint.ts';
import type { JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { offlineReason } from './offline-store.ts';

/**
 * What keeps a photo from being described now, as the job's end: its run was paused or is over, its file is gone, its
 * folder may not be sent. All of it is read anew. `undefined`: nothing does.
 */
export function findObstacle(
  context: Pick<JobsContext, 'read'>,
  asking: {
    readonly run: Pick<Run, 'id'>;
    readonly connection: Connection;
    readonly candidate: Pick<Candidate, 'assetId'>;
  },
): JobResult | undefined {
  const { state } = getRun(context.read, asking.run.id);
  // The queue holds the jobs of a paused run, and has taken back those of one that is over.
  if (state === 'paused') return { status: 'released' };
  if (state !== 'running') return { status: 'skipped', reason: 'its run is over' };
  const candidate = findCandidate(context.read, asking.candidate.assetId);
  if (candidate === undefined) return skippedAsAway(context, asking.candidate.assetId);
  if (candidate.isExcluded) return { status: 'skipped', reason: 'excluded' };
  const { kind } = asking.connection;
  const mayBeSent = allowedPrivacies({ kind, isLocal: staysLocal(asking.connection) }).includes(
    candidate.privacy,
  );
  return mayBeSent ? undefined : { status: 'skipped', reason: 'privacy' };
}

/** The end of a job whose photo is not there: as offline it is taken up again when its root is back. */
export function skippedAsAway(context: Pick<JobsContext, 'read'>, assetId: AssetId): JobResult {
  const original = findOriginal(context.read, assetId);
  const isOffline = original?.isPresent === true && original.rootState === 'offline';
  return { status: 'skipped', reason: isOffline ? offlineReason : 'gone' };
}
