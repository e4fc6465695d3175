import { allowedPrivacies, findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { getRun } from '../captioning/run-store.ts';
import type { AssetId, RootId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Run } from '../contract/models/run.ts';
import { findOriginal } from '../library/asset-store.ts';
import { lookAtRoot } from '../library/root-presence.ts';
import { getRoot, setRootState } from '../library/root-store.ts';
import { staysLocal } from '../providers/endpoint.ts';
import type { JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { offlineReason } from './offline-store.ts';

/** The photo as it is now, or what keeps it from being described, as the job's end. */
export type LookedAt =
  | { readonly status: 'clear'; readonly candidate: Candidate }
  | { readonly status: 'obstacle'; readonly result: JobResult };

/** Whether its run was paused or is over, its file is gone, its folder may not be sent: all of it is read anew. */
export function lookAgain(
  context: Pick<JobsContext, 'read'>,
  asking: {
    readonly run: Pick<Run, 'id'>;
    readonly connection: Connection;
    readonly candidate: Pick<Candidate, 'assetId'>;
  },
): LookedAt {
  const { state } = getRun(context.read, asking.run.id);
  // The queue holds the jobs of a paused run, and has taken back those of one that is over.
  if (state === 'paused') return obstacle({ status: 'released' });
  if (state !== 'running') return obstacle({ status: 'skipped', reason: 'its run is over' });
  const candidate = findCandidate(context.read, asking.candidate.assetId);
  if (candidate === undefined) return obstacle(skippedAsAway(context, asking.candidate.assetId));
  if (candidate.isExcluded) return obstacle({ status: 'skipped', reason: 'excluded' });
  const { kind } = asking.connection;
  const mayBeSent = allowedPrivacies({ kind, isLocal: staysLocal(asking.connection) }).includes(
    candidate.privacy,
  );
  return mayBeSent ? { status: 'clear', candidate } : obstacle({ status: 'skipped', reason: 'privacy' });
}

function obstacle(result: JobResult): LookedAt {
  return { status: 'obstacle', result };
}

/** The end of a job whose photo is not there: as offline it is taken up again when its root is back. */
export function skippedAsAway(context: Pick<JobsContext, 'read'>, assetId: AssetId): JobResult {
  const original = findOriginal(context.read, assetId);
  const isOffline = original?.isPresent === true && original.rootState === 'offline';
  return isOffline
    ? { status: 'skipped', reason: offlineReason, isKept: true }
    : { status: 'skipped', reason: 'gone' };
}

/** The file is not where it was: either it alone, or its whole folder with it. */
export function skippedAsMissing(
  context: Pick<JobsContext, 'read'>,
  rootId: RootId,
): Extract<JobResult, { status: 'skipped' }> {
  const presence = lookAtRoot(context.read, getRoot(context.read, rootId));
  if (presence.status !== 'offline') return { status: 'skipped', reason: 'gone' };
  return {
    status: 'skipped',
    reason: offlineReason,
    isKept: true,
    commit: (db) => {
      setRootState(db, rootId, 'offline');
    },
  };
}
