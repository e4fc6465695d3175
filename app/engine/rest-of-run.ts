import type { ConnectionId } from '../contract/ids.ts';
import type { Run } from '../contract/models/run.ts';
import { laneOf } from '../jobs/connection-lane.ts';
import { hasLiveJobs, hasLiveJobsIn, hasLiveJobsOutside } from '../queue/run-job-store.ts';
import type { LanePause } from '../queue/lane-store.ts';
import type { Batches } from './batches.ts';
import type { EngineParts } from './parts.ts';

export type RestOptions = {
  /** Which rests of a lane are too long to be waited for. */
  readonly isHeld: (pause: LanePause) => boolean;
  /** Also for a service that has it as a batch, for hours. @default false: it is held */
  readonly waitsForBatches?: boolean;
};

/** `held`: it cannot go on by itself now; `undefined`: it goes on. */
export type RunRest = 'over' | 'held' | undefined;

/** Whether a run is over or waits for something, with all that its fallback and its batches have to do. */
export function restOfRun(
  { read, queue }: EngineParts,
  batches: Batches | undefined,
  { id: runId, connectionId, fallback }: Pick<Run, 'id' | 'connectionId' | 'fallback'>,
  options: RestOptions,
): RunRest {
  const isResting = (id: ConnectionId): boolean => {
    const pause = queue.pauseOf(laneOf(id));
    return pause !== undefined && options.isHeld(pause);
  };
  if (!hasLiveJobs(read, runId)) return batches?.isTidying(runId) === true ? undefined : 'over';
  if (options.waitsForBatches !== true && batches?.isWithService(runId) === true) return 'held';
  const atFallback = fallback !== null && hasLiveJobsIn(read, runId, laneOf(fallback.connectionId));
  // What its fallback has to do goes on all the same.
  if (atFallback && !isResting(fallback.connectionId)) return undefined;
  if (isResting(connectionId)) return 'held';
  // What only the fallback can do may be all that is left.
  return atFallback && !hasLiveJobsOutside(read, runId, laneOf(fallback.connectionId)) ? 'held' : undefined;
}
