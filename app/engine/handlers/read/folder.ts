import { homedir } from 'node:os';
import type { folderProcedures } from '../../../contract/procedures/folder.ts';
import type { HandlersOf, Input, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { listDirectories, listPlaces, parentOf } from '../../../platform/directories.ts';
import { toAppError } from '../../../platform/errors.ts';

export function folderReads(): HandlersOf<typeof folderProcedures, ReadProcedureName> {
  return { 'folder.list': list };
}

/** A folder that cannot be read is told with its reason, so that one can still go up from there. */
async function list({
  path = homedir(),
  showsHidden = false,
}: Input<'folder.list'>): Promise<Output<'folder.list'>> {
  const places = await listPlaces();
  try {
    const listing = await listDirectories(path, showsHidden);
    return { ...listing, folders: [...listing.folders], error: null, places };
  } catch (error) {
    const { code, details } = toAppError(error).toInfo();
    const info = { code, details: { ...details, path } };
    return { path, parent: parentOf(path), folders: [], isCut: false, error: info, places };
  }
}
