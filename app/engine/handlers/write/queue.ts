import type { queueProcedures } from '../../../contract/procedures/queue.ts';
import type { HandlersOf, WriteProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listRuns } from '../../../captioning/run-store.ts';
import { listFailures } from '../../../queue/job-store.ts';
import type { EngineParts } from '../../parts.ts';
import { cancelRun, leftOfRun, pauseRun, reopenRun, resumeRun } from '../../runs.ts';

export function queueWrites(parts: EngineParts): HandlersOf<typeof queueProcedures, WriteProcedureName> {
  const { queue } = parts;
  return {
    'queue.pause': () => {
      for (const run of listRuns(parts.read, { live: true })) {
        if (run.state === 'running') pauseRun(parts, run.id, null);
      }
      return {};
    },
    'queue.resume': () => {
      for (const run of listRuns(parts.read, { live: true })) {
        if (run.state === 'paused') resumeRun(parts, run.id, undefined);
      }
      for (const lane of queue.pausedLanes().keys()) queue.openLane(lane);
      return {};
    },
    'queue.retry': (input) => retry(parts, input),
    'queue.cancel': async () => {
      let jobs = 0;
      for (const run of listRuns(parts.read, { live: true })) {
        jobs += leftOfRun(parts, run.id);
        await cancelRun(parts, run.id);
      }
      return { jobs };
    },
  };
}

/** Failed photos are tried again, with their runs. */
function retry(parts: EngineParts, input: Input<'queue.retry'>): Output<'queue.retry'> {
  const filter = {
    ...(input.runId === undefined ? {} : { runId: input.runId }),
    ...(input.code === undefined ? {} : { code: input.code }),
  };
  const failed = listFailures(parts.read, input.runId);
  const jobs = parts.transact((db) => {
    const count = parts.queue.retryFailed(db, filter);
    for (const runId of new Set(failed.map((failure) => failure.runId))) {
      if (runId !== null) reopenRun(parts, runId);
    }
    return count;
  });
  return { jobs };
}
