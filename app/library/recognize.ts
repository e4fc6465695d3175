import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileErrorCode } from '../platform/errors.ts';
import type { RootId } from '../contract/ids.ts';
import {
  findFilesByInode,
  findMissingFiles,
  hasFiles,
  hasMissingFiles,
  type KnownFile,
} from './file-store.ts';
import { hasSameBytes, type Recognizer } from './reconcile.ts';
import { lookAtRoot } from './root-presence.ts';
import { listRoots, type ReadDb } from './root-store.ts';
import type { FileEntry } from './walk.ts';

/**
 * Recognises a file that has been moved or renamed, also between roots and while Cutline was closed, by its inode, and
 * one that has come back to its place by size and time. What this does not see (another drive, another program's copy
 * and delete) is recognised by the picture's own bytes when it is ingested (`ingest-store.ts`).
 */
export function createRecognizer(db: ReadDb, rootId: RootId): Recognizer {
  // Most files of most scans need not be looked up at all.
  if (!hasFiles(db)) return () => undefined;
  const mayReturn = hasMissingFiles(db, rootId);
  const isStillThere = createPlaceCheck(db);
  return (entry, found) => {
    const moved = findFilesByInode(db, entry.inode).find(
      (file) => hasSameBytes(entry, file) && !found.has(file.id) && !isStillThere(file, entry),
    );
    if (moved !== undefined || !mayReturn) return moved;
    return findMissingFiles(db, rootId, entry.relativePath).find(
      (file) => hasSameBytes(entry, file) && !found.has(file.id),
    );
  };
}

/**
 * Inodes are unique on one drive only, and a cloned drive repeats them, with sizes and times. So the old place decides:
 * a file that is still there has not moved.
 */
function createPlaceCheck(db: ReadDb): (file: KnownFile, entry: FileEntry) => boolean {
  const pathOfReachableRoot = new Map<RootId, string | undefined>();
  const rootPathOf = (rootId: RootId): string | undefined => {
    if (pathOfReachableRoot.size === 0) {
      for (const root of listRoots(db)) {
        pathOfReachableRoot.set(root.id, lookAtRoot(db, root).status === 'online' ? root.path : undefined);
      }
    }
    return pathOfReachableRoot.get(rootId);
  };
  return (file, entry) => {
    const rootPath = rootPathOf(file.rootId);
    // Nobody can tell while its drive is unplugged.
    if (rootPath === undefined) return true;
    try {
      const stats = statSync(join(rootPath, file.relativePath));
      if (stats.ino !== file.inode) return false;
      // With one name only, it is the same name in other letters: a change of case or of Unicode form.
      return !(entry.linkCount === 1 && stats.dev === entry.device);
    } catch (error) {
      return fileErrorCode(error) !== 'file-missing';
    }
  };
}
