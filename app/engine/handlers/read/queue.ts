import type { queueProcedures } from '../../../contract/procedures/queue.ts';
import type { HandlersOf, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { countJobs, countJobsByKind, countLiveJobs } from '../../../queue/job-store.ts';
import { listSummaries } from '../../../library/status-store.ts';
import { listFailures, type Failure } from '../../../search/failure-store.ts';
import type { ReadContext } from '../context.ts';
import { listLanes } from './lanes.ts';

export function queueReads({ read }: ReadContext): HandlersOf<typeof queueProcedures, ReadProcedureName> {
  return {
    'queue.list': () => ({
      jobs: countJobs(read),
      byKind: countJobsByKind(read),
      lanes: listLanes(read),
      failures: groupFailures(read),
    }),
    'queue.count': (input) => ({ jobs: countLiveJobs(read, input.lanes) }),
    'lane.list': () => listLanes(read),
  };
}

type Group = Output<'queue.list'>['failures'][number];

/** Paths that stand for all photos of a reason. */
const exampleCount = 3;

/** Failed photos by run and reason, most first. */
function groupFailures(read: ReadContext['read']): Group[] {
  const groups = Map.groupBy(listFailures(read), ({ error, runId }) => `${String(runId)} ${error.code}`);
  return [...groups.values()].map((group) => toGroup(read, group)).toSorted((a, b) => b.photos - a.photos);
}

function toGroup(read: ReadContext['read'], group: readonly Failure[]): Group {
  const [first] = group;
  if (first === undefined) throw new Error('a group has someone in it');
  const ids = group.slice(0, exampleCount).map(({ assetId }) => assetId);
  return {
    error: first.error,
    runId: first.runId,
    photos: group.length,
    examples: [...listSummaries(read, ids).values()].map(({ path }) => path),
  };
}
