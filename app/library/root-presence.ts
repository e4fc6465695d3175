import { readdirSync, statSync } from 'node:fs';
import type { ErrorInfo } from '../contract/errors.ts';
import { systemCode } from '../platform/errors.ts';
import { listKnownFiles } from './file-store.ts';
import type { FolderIdentity, LibraryRoot, ReadDb } from './root-store.ts';

export type RootPresence =
  | { readonly status: 'online'; readonly identity: FolderIdentity }
  | { readonly status: 'offline'; readonly error: ErrorInfo };

/**
 * Whether a root can be reached. An unplugged drive leaves nothing, or the empty folder that it was mounted on: another
 * folder than the one that was scanned, with nothing in it, where photos are known.
 */
export function lookAtRoot(db: ReadDb, root: LibraryRoot): RootPresence {
  try {
    const stats = statSync(root.path);
    const names = readdirSync(root.path);
    const identity: FolderIdentity = { device: stats.dev, inode: stats.ino };
    if (
      names.length === 0 &&
      isOtherFolder(root.identity, identity) &&
      listKnownFiles(db, root.id, '', 1).length > 0
    ) {
      return offline(root, 'The folder is empty, and not the one that was scanned.');
    }
    return { status: 'online', identity };
  } catch (error) {
    return offline(root, systemCode(error) ?? String(error));
  }
}

function isOtherFolder(known: FolderIdentity | null, seen: FolderIdentity): boolean {
  return known !== null && (known.device !== seen.device || known.inode !== seen.inode);
}

function offline(root: LibraryRoot, reason: string): RootPresence {
  return { status: 'offline', error: { code: 'root-offline', details: { path: root.path, reason } } };
}
