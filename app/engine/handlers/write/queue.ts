import type { queueProcedures } from '../../../contract/procedures/queue.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { listRuns } from '../../../captioning/run-store.ts';
import type { EngineParts } from '../../parts.ts';
import { retryFailed } from '../../retry-failed.ts';
import { cancelRun, leftOfRun, pauseRun, resumeRun } from '../../runs.ts';

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
    'queue.retry': (input) => retryFailed(parts, input),
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
