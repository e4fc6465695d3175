import { join } from 'node:path';
import type { folderPrivacyProcedures } from '../../../contract/procedures/folder-privacy.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listFolderPrivacies } from '../../../library/folder-privacy-store.ts';
import { listRoots } from '../../../library/root-store.ts';
import type { ReadContext } from '../context.ts';

export function folderPrivacyReads({
  read,
}: ReadContext): HandlersOf<typeof folderPrivacyProcedures, ReadProcedureName> {
  return {
    'folder.listPrivacies': () => {
      const paths = new Map(listRoots(read).map(({ id, path }) => [id, path]));
      return listFolderPrivacies(read).map((folder) => ({
        ...folder,
        path: join(paths.get(folder.rootId) ?? '', folder.relativePath),
      }));
    },
  };
}
