import type { queueProcedures } from '../../../contract/procedures/queue.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { countJobs, countJobsByKind, countLiveJobs, listFailures } from '../../../queue/job-store.ts';
import type { ReadContext } from '../context.ts';
import { listLanes } from './lanes.ts';

export function queueReads({ read }: ReadContext): HandlersOf<typeof queueProcedures, ReadProcedureName> {
  return {
    'queue.list': () => ({
      jobs: countJobs(read),
      byKind: countJobsByKind(read),
      lanes: listLanes(read),
      failures: listFailures(read),
    }),
    'queue.count': (input) => ({ jobs: countLiveJobs(read, input.lanes) }),
    'lane.list': () => listLanes(read),
  };
}
