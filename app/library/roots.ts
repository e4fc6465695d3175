import { accessSync, constants, realpathSync, statSync, type Stats, existsSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { RootId } from '../contract/ids.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { setFolderPrivacy } from './folder-privacy-store.ts';
import { isInside, realPathOrSelf } from './paths.ts';
import { inTurn } from './root-turns.ts';
import { deleteRenditions } from './renditions.ts';
import {
  absorbRoot,
  deleteFilesOfRoot,
  deleteRoot,
  getRoot,
  insertRoot,
  listRoots,
  setRootState,
  updateRoot,
  type LibraryRoot,
  type ReadDb,
} from './root-store.ts';
import { compareFiles, compareInodes } from './same-files.ts';

/** A folder of the library: a root, or a folder inside one. */
export type LibraryFolder = {
  readonly rootId: RootId;
  /** From the root, with `/`, none at the end; empty for the root itself. */
  readonly prefix: string;
};

/**
 * Adds a folder to the library. No file belongs to two roots: a folder inside a root is that root with a prefix, and a
 * folder around roots takes them in, with everything that is known of their files. A root that was renamed or moved as a
 * whole is the same root in its new place.
 *
 * @throws {AppError} `not-found`, `invalid-input` (a file, or Cutline's own folder), `file-unreadable`; `conflict` when a
 * root with a rule or patterns of its own lies inside it.
 */
export function addRoot(context: LibraryContext, path: string): LibraryFolder & { readonly isNew: boolean } {
  const realPath = readableFolder(path);
  if (isInside(realPath, realPathOrSelf(context.libraryFolder))) {
    throw new AppError('invalid-input', { path, reason: 'This is where Cutline keeps its own files.' });
  }
  return context.transact((db) => {
    const roots = listRoots(db);
    const outer = roots.find((root) => isInside(realPath, root.path));
    if (outer !== undefined) return { ...toLibraryFolder(outer.id, outer.path, realPath), isNew: false };
    const inner = roots.filter((root) => isInside(root.path, realPath));
    for (const root of inner) assertPlain(root, realPath);

    const renamed = inner.length === 0 ? findRenamed(db, roots, realPath) : undefined;
    if (renamed !== undefined) {
      updateRoot(db, renamed.id, { path: realPath });
      setRootState(db, renamed.id, 'online');
      return { rootId: renamed.id, prefix: '', isNew: false };
    }
    const rootId = insertRoot(db, realPath, context.clock.now());
    for (const root of inner) {
      const inside = { rootId, relativePath: toLibraryFolder(rootId, realPath, root.path).prefix };
      absorbRoot(db, root.id, rootId, inside.relativePath);
      if (root.privacy !== 'may-be-sent') setFolderPrivacy(db, inside, root.privacy);
    }
    return { rootId, prefix: '', isNew: true };
  });
}

/**
 * The root whose path is gone and whose very folder this is: a file system keeps a folder's inode when it is renamed. It
 * also gives the inode of a deleted folder to a new one, and every stick has the same, so the files have to agree.
 */
function findRenamed(db: ReadDb, roots: readonly LibraryRoot[], realPath: string): LibraryRoot | undefined {
  const { dev, ino } = statSync(realPath);
  return roots.find(({ id, path, identity }) => {
    if (identity?.device !== dev || identity.inode !== ino || existsSync(path)) return false;
    const { compared, isSame } = compareFiles(db, id, realPath, comparedFiles);
    return compared > 0 && (isSame || compareInodes(db, id, realPath, comparedFiles).isSame);
  });
}

/** What a person decided for a folder must not get lost by adding the one around it. */
function assertPlain(root: LibraryRoot, around: string): void {
  const isPlain = root.rule.kind === 'index' && root.ignorePatterns.length === 0;
  if (isPlain) return;
  const reason = `${root.path}, which lies inside it, has a rule or patterns of its own. Set them back first.`;
  throw new AppError('conflict', { path: around, other: root.path, reason });
}

/** The root, or the folder in a root, that a path means; `undefined` when it is in none. It need not exist any more. */
export function findLibraryFolder(db: ReadDb, path: string): LibraryFolder | undefined {
  const realPath = realPathOrSelf(path);
  const root = listRoots(db).find((candidate) => isInside(realPath, candidate.path));
  return root === undefined ? undefined : toLibraryFolder(root.id, root.path, realPath);
}

/** Files that one transaction takes out: each takes its photo's descriptions and its words in the index with it. */
const removedAtOnce = 500;

/**
 * Takes a root out of the library, with its files, assets and renditions, in pages, so that nobody waits for it. Originals
 * are not touched. Gives how many assets went. Waits for a scan of the root that is going on.
 *
 * @throws {AppError} `not-found`.
 */
export async function removeRoot(context: LibraryContext, rootId: RootId): Promise<number> {
  return inTurn(context, rootId, async () => {
    getRoot(context.read, rootId);
    let assets = 0;
    for (;;) {
      const page = context.transact((db) => deleteFilesOfRoot(db, rootId, removedAtOnce));
      await deleteRenditions(context.libraryFolder, page.assetIds);
      assets += page.assetIds.length;
      if (page.files < removedAtOnce) break;
    }
    context.transact((db) => {
      deleteRoot(db, rootId);
    });
    return assets;
  });
}

/** How many files are compared before a root is believed to be in a new place. */
const comparedFiles = 1_000;

/**
 * A root is in another place now: a new drive letter, a renamed folder. Everything that is known of its files stays. The
 * next scan finds what else has changed.
 *
 * @throws {AppError} as `addRoot`; `conflict` when the folder holds other files than the root.
 */
export function relinkRoot(context: LibraryContext, rootId: RootId, newPath: string): void {
  const root = getRoot(context.read, rootId);
  const realPath = readableFolder(newPath);
  for (const other of listRoots(context.read)) {
    if (other.id !== rootId && isInside(realPath, other.path)) {
      throw new AppError('conflict', {
        path: realPath,
        reason: `It lies inside ${other.path}, which is in the library.`,
      });
    }
  }
  assertNoRootInside(context, realPath, rootId);
  const { same, compared, isSame } = compareFiles(context.read, rootId, realPath, comparedFiles);
  if (!isSame) {
    const reason = `Only ${String(same)} of ${String(compared)} files compared are the same as in ${root.path}.`;
    throw new AppError('conflict', { path: realPath, reason });
  }
  context.transact((db) => {
    updateRoot(db, rootId, { path: realPath });
    setRootState(db, rootId, 'online');
  });
}

function readableFolder(path: string): string {
  let realPath: string;
  let stats: Stats;
  try {
    realPath = realpathSync.native(path);
    stats = statSync(realPath);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError('not-found', { what: path }, { cause: error });
    }
    throw new AppError(
      'file-unreadable',
      { path, ...(code !== undefined && { reason: code }) },
      { cause: error },
    );
  }
  if (!stats.isDirectory()) {
    throw new AppError('invalid-input', { path, reason: `${path} is a file, not a folder.` });
  }
  try {
    accessSync(realPath, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new AppError('file-unreadable', { path, reason: `${path} may not be read.` }, { cause: error });
  }
  return realPath;
}

function assertNoRootInside(context: LibraryContext, realPath: string, except: RootId): void {
  const inner = listRoots(context.read).find((root) => root.id !== except && isInside(root.path, realPath));
  if (inner === undefined) return;
  const reason = `${inner.path}, which is in the library, lies inside it. Remove that folder first.`;
  throw new AppError('conflict', { path: realPath, other: inner.path, reason });
}

function toLibraryFolder(rootId: RootId, rootPath: string, path: string): LibraryFolder {
  return { rootId, prefix: relative(rootPath, path).split(sep).join('/') };
}
