import type { queueProcedures } from '../../../contract/procedures/queue.ts';
import type { HandlersOf, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { countJobs, countJobsByKind } from '../../../queue/run-job-store.ts';
import { countLiveJobs } from '../../../queue/lane-job-store.ts';
import { listSummaries } from '../../../library/status-store.ts';
import { listFailures } from '../../../search/failure-store.ts';
import { groupFailures, type FailureGroup } from '../../failure-groups.ts';
import type { ReadContext } from '../context.ts';
import { listLanes } from './lanes.ts';

export function queueReads({ read }: ReadContext): HandlersOf<typeof queueProcedures, ReadProcedureName> {
  return {
    'queue.list': () => ({
      jobs: countJobs(read),
      byKind: countJobsByKind(read),
      lanes: listLanes(read),
      failures: groupFailures(listFailures(read), { byRun: true }).map((group) => toGroup(read, group)),
    }),
    'queue.count': (input) => ({ jobs: countLiveJobs(read, input.lanes) }),
    'lane.list': () => listLanes(read),
  };
}

type Group = Output<'queue.list'>['failures'][number];

/** Paths that stand for all photos of a reason. */
const exampleCount = 3;

function toGroup(read: ReadContext['read'], { error, failures }: FailureGroup): Group {
  const ids = failures.slice(0, exampleCount).map(({ assetId }) => assetId);
  return {
    error,
    runId: failures[0]?.runId ?? null,
    photos: failures.length,
    examples: [...listSummaries(read, ids).values()].map(({ path }) => path),
  };
}
