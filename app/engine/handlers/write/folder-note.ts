import { join } from 'node:path';
import type { folderNoteProcedures } from '../../../contract/procedures/folder-note.ts';
import type { HandlersOf, Input, Output, WriteProcedureName } from '../../../contract/procedures.ts';
import { isKnownFolder, setFolderNote } from '../../../library/folder-note-store.ts';
import { getRoot } from '../../../library/root-store.ts';
import { AppError } from '../../../platform/errors.ts';
import { catchUpIndex } from '../../scan.ts';
import type { EngineParts } from '../../parts.ts';
import { placeOf } from '../read/scope.ts';

export function folderNoteWrites(
  parts: EngineParts,
): HandlersOf<typeof folderNoteProcedures, WriteProcedureName> {
  return { 'folder.setNote': (input, { signal }) => setNote(parts, input, signal) };
}

async function setNote(
  parts: EngineParts,
  input: Input<'folder.setNote'>,
  signal: AbortSignal,
): Promise<Output<'folder.setNote'>> {
  const { rootId, prefix } =
    'path' in input
      ? placeOf(parts.read, input.path)
      : { rootId: getRoot(parts.read, input.rootId).id, prefix: input.relativePath };
  const path = join(getRoot(parts.read, rootId).path, prefix);
  const text = input.note?.replaceAll(/\s+/gu, ' ').trim() ?? '';
  const note = text === '' ? null : text;
  // Taking a note away is right for a folder that is gone, too.
  if (note !== null && !isKnownFolder(parts.read, rootId, prefix)) {
    throw new AppError('not-found', { what: path, reason: 'No photo of this library lies in it.' });
  }
  parts.transact((db) => {
    setFolderNote(db, { rootId, relativePath: prefix }, note, parts.clock.now());
  });
  // Found by it at once; what is left when its caller goes is indexed with the next scan.
  await catchUpIndex(parts, signal);
  parts.events.emit('root.changed', { rootId });
  return { rootId, relativePath: prefix, path, note };
}
