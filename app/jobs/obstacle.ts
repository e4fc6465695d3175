import { allowedPrivacies, findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { getRun } from '../captioning/run-store.ts';
import type { Connection, Run } from '../contract/models.ts';
import { staysLocal } from '../providers/endpoint.ts';
import type { JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';

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
  if (candidate === undefined) return { status: 'skipped', reason: 'gone' };
  const { kind } = asking.connection;
  const mayBeSent = allowedPrivacies({ kind, isLocal: staysLocal(asking.connection) }).includes(
    candidate.privacy,
  );
  return mayBeSent ? undefined : { status: 'skipped', reason: 'privacy' };
}
