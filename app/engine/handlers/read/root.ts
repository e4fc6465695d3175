import type { rootProcedures } from '../../../contract/procedures/root.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listRoots } from '../../../library/root-store.ts';
import { noPhotos, summarizeRoots } from '../../../library/root-summary-store.ts';
import type { ReadContext } from '../context.ts';

export function rootReads({ read, work }: ReadContext): HandlersOf<typeof rootProcedures, ReadProcedureName> {
  return {
    'root.list': () => listRoots(read),
    'root.summary': () => {
      const counts = summarizeRoots(read);
      const scans = new Map(work?.scanning().map(({ rootId, files }) => [rootId, files]));
      return listRoots(read).map(({ id }) => ({
        rootId: id,
        ...(counts.get(id) ?? noPhotos),
        scanningFiles: scans.get(id) ?? null,
      }));
    },
  };
}
