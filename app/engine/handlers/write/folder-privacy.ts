import { realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { folderPrivacyProcedures } from '../../../contract/procedures/folder-privacy.ts';
import type { HandlersOf, Input, Output, WriteProcedureName } from '../../../contract/procedures.ts';
import { isKnownFolder } from '../../../library/folder-note-store.ts';
import { privacyAround, setFolderPrivacy } from '../../../library/folder-privacy-store.ts';
import { getRoot, updateRoot } from '../../../library/root-store.ts';
import { AppError } from '../../../platform/errors.ts';
import type { EngineParts } from '../../parts.ts';
import { placeOf } from '../read/scope.ts';

export function folderPrivacyWrites(
  parts: EngineParts,
): HandlersOf<typeof folderPrivacyProcedures, WriteProcedureName> {
  return { 'folder.setPrivacy': (input) => setPrivacy(parts, input) };
}

function setPrivacy(parts: EngineParts, input: Input<'folder.setPrivacy'>): Output<'folder.setPrivacy'> {
  const { rootId, prefix } =
    'path' in input ? placeOf(parts.read, input.path) : { rootId: input.rootId, prefix: input.relativePath };
  const root = getRoot(parts.read, rootId);
  const { privacy } = input;
  const relativePath = prefix === '' ? '' : asOnDisk(parts, rootId, root.path, prefix);
  parts.transact((db) => {
    if (relativePath === '') updateRoot(db, rootId, { privacy });
    else {
      const isSame = privacyAround(db, rootId, relativePath) === privacy;
      setFolderPrivacy(db, { rootId, relativePath }, isSame ? null : privacy);
    }
  });
  parts.events.emit('root.changed', { rootId });
  return { rootId, relativePath, path: join(root.path, relativePath), privacy };
}

/**
 * The folder by the name under which its files are found: where a disk takes `private` for `Private`, a word about the one would
 * hold for no file of the other. It may have no files yet, so that it can be closed before it is filled.
 *
 * @throws {AppError} `not-found`
 */
function asOnDisk(
  parts: EngineParts,
  rootId: Output<'folder.setPrivacy'>['rootId'],
  root: string,
  prefix: string,
): string {
  const path = join(root, prefix);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    const real = relative(root, realpathSync.native(path)).split(sep).join('/');
    // A link may lead out of the root; its files are known by the link's own name then.
    return real === '' || real.startsWith('..') ? prefix : real;
  }
  if (isKnownFolder(parts.read, rootId, prefix)) return prefix;
  throw new AppError('not-found', {
    what: path,
    reason: 'There is no such folder, and no photo of this library lies in it.',
  });
}
