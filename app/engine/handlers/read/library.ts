import { countFailed } from '../../../search/failure-store.ts';
import type { libraryProcedures } from '../../../contract/procedures/library.ts';
import type { HandlersOf, ReadProcedureName, Output } from '../../../contract/procedures.ts';
import { countLibrary, countRoots } from '../../../library/status-store.ts';
import { listRoots } from '../../../library/root-store.ts';
import { countJobs } from '../../../queue/run-job-store.ts';
import { listConnections } from '../../../settings/connection-store.ts';
import { monthStartMs } from '../../../usage/budget.ts';
import { spentSince } from '../../../usage/usage-store.ts';
import type { ReadContext } from '../context.ts';
import { summarize } from './library-summary.ts';
import { listLanes } from './lanes.ts';

export function libraryReads(context: ReadContext): HandlersOf<typeof libraryProcedures, ReadProcedureName> {
  return { 'library.status': () => status(context), 'library.summary': () => summarize(context) };
}

function status({ read, libraryFolder, now }: ReadContext): Output<'library.status'> {
  const today = new Date(now());
  const dayStartMs = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const counts = countRoots(read);
  return {
    folder: libraryFolder,
    ...countLibrary(read),
    failed: countFailed(read),
    roots: listRoots(read).map((root) => {
      const { photos, described } = counts.get(root.id) ?? { photos: 0, described: 0 };
      return { ...root, photos, described };
    }),
    connections: listConnections(read),
    jobs: countJobs(read),
    lanes: listLanes(read),
    ...spentSince(read, dayStartMs, monthStartMs(now())),
  };
}
