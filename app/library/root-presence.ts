import { readdirSync, statSync } from 'node:fs';
import type { ErrorInfo } from '../contract/errors.ts';
import { systemCode } from '../platform/errors.ts';
import type { FolderIdentity, LibraryRoot, ReadDb } from './root-store.ts';
import { compareFiles } from './same-files.ts';

export type RootPresence =
  | { readonly status: 'online'; readonly identity: FolderIdentity }
  | { readonly status: 'offline'; readonly error: ErrorInfo };

/** Enough to tell a root from another folder, and few enough for a slow drive: everybody waits for this look. */
const comparedFiles = 100;

/**
 * Whether a root can be reached. An unplugged drive leaves nothing, or the empty folder that it was mounted on, or another
 * drive has its place: another folder than the one that was scanned, without the files that are known.
 */
export function lookAtRoot(db: ReadDb, root: LibraryRoot): RootPresence {
  try {
    const stats = statSync(root.path);
    readdirSync(root.path);
    const identity: FolderIdentity = { device: stats.dev, inode: stats.ino };
    if (!isOtherFolder(root.identity, identity)) return { status: 'online', identity };
    const { same, compared, isSame } = compareFiles(db, root.id, root.path, comparedFiles);
    if (isSame) return { status: 'online', identity };
    const found = `Another folder is there now: of ${String(compared)} files compared, ${String(same)} are the same.`;
    return offline(
      root,
      `${found} Relink the folder to where its photos are; to use what is there now, remove the folder and add it again.`,
    );
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
