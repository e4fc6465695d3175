import { join } from 'node:path';
import type { folderNoteProcedures } from '../../../contract/procedures/folder-note.ts';
import type { HandlersOf, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { listFolderNotes, listNotesAround, type FolderNote } from '../../../library/folder-note-store.ts';
import { listRoots } from '../../../library/root-store.ts';
import type { ReadContext } from '../context.ts';
import { placeOf } from './scope.ts';

export function folderNoteReads({
  read,
}: ReadContext): HandlersOf<typeof folderNoteProcedures, ReadProcedureName> {
  const withPaths = (notes: readonly FolderNote[]): Output<'folder.listNotes'> => {
    const paths = new Map(listRoots(read).map(({ id, path }) => [id, path]));
    return notes.map(({ rootId, relativePath, note }) => ({
      rootId,
      relativePath,
      path: join(paths.get(rootId) ?? '', relativePath),
      note,
    }));
  };
  return {
    'folder.getNotes': ({ path }) => {
      const { rootId, prefix } = placeOf(read, path);
      return withPaths(listNotesAround(read, rootId, prefix));
    },
    'folder.listNotes': () => withPaths(listFolderNotes(read)),
  };
}
