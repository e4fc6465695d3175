import { accessSync, constants, realpathSync, statSync, type Stats, existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AssetId, RootId } from '../contract/ids.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { sampleFiles } from './file-store.ts';
import { isInside, realPathOrSelf } from './paths.ts';
import { deleteRenditions } from './renditions.ts';
import {
  absorbRoot,
  deleteRoot,
  getRoot,
  insertRoot,
  listRoots,
  setRootState,
  updateRoot,
  type LibraryRoot,
} from './root-store.ts';

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
 * root with a rule, privacy or patterns of its own lies inside it.
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

    const renamed = inner.length === 0 ? findRenamed(roots, realPath) : undefined;
    if (renamed !== undefined) {
      updateRoot(db, renamed.id, { path: realPath });
      setRootState(db, renamed.id, 'online');
      return { rootId: renamed.id, prefix: '', isNew: false };
    }
    const rootId = insertRoot(db, realPath, context.clock.now());
    for (const root of inner) {
      absorbRoot(db, root.id, rootId, toLibraryFolder(rootId, realPath, root.path).prefix);
    }
    return { rootId, prefix: '', isNew: true };
  });
}

/** The root whose path is gone and whose very folder this is: a file system keeps a folder's inode when it is renamed. */
function findRenamed(roots: readonly LibraryRoot[], realPath: string): LibraryRoot | undefined {
  const { dev, ino } = statSync(realPath);
  return roots.find(
    ({ path, identity }) => identity?.device === dev && identity.inode === ino && !existsSync(path),
  );
}

/** What a person decided for a folder must not get lost by adding the one around it. */
function assertPlain(root: LibraryRoot, around: string): void {
  const isPlain =
    root.rule.kind === 'index' && root.privacy === 'may-be-sent' && root.ignorePatterns.length === 0;
  if (isPlain) return;
  const reason = `${root.path}, which lies inside it, has a rule, privacy or patterns of its own. Set them back first.`;
  throw new AppError('conflict', { path: around, other: root.path, reason });
}

/** The root, or the folder in a root, that a path means; `undefined` when it is in none. It need not exist any more. */
export function findLibraryFolder(context: LibraryContext, path: string): LibraryFolder | undefined {
  const realPath = realPathOrSelf(path);
  const root = listRoots(context.read).find((candidate) => isInside(realPath, candidate.path));
  return root === undefined ? undefined : toLibraryFolder(root.id, root.path, realPath);
}

/** Takes a root out of the library, with its files, assets and renditions. Originals are not touched. Gives the assets. */
export async function removeRoot(context: LibraryContext, rootId: RootId): Promise<AssetId[]> {
  const assetIds = context.transact((db) => {
    getRoot(db, rootId);
    return deleteRoot(db, rootId);
  });
  await deleteRenditions(context.libraryFolder, assetIds);
  return assetIds;
}

/** How many files are compared before a root is believed to be in a new place, and how many of them must be the same. */
const comparedFiles = 1_000;
const requiredShare = 0.8;

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
  const sample = sampleFiles(context.read, rootId, comparedFiles);
  const same = sample.filter((file) => sizeOf(join(realPath, file.relativePath)) === file.sizeBytes).length;
  if (same < sample.length * requiredShare) {
    const reason = `Only ${String(same)} of ${String(sample.length)} files compared are the same as in ${root.path}.`;
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

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
