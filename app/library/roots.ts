import { accessSync, constants, realpathSync, statSync, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AssetId, RootId } from '../contract/ids.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { sampleFiles } from './file-store.ts';
import { isInside, realPathOrSelf } from './paths.ts';
import { deleteRenditions } from './renditions.ts';
import { deleteRoot, getRoot, insertRoot, listRoots, setRootState, updateRoot } from './root-store.ts';

/** A folder of the library: a root, or a folder inside one. */
export type LibraryFolder = {
  readonly rootId: RootId;
  /** From the root, with `/`, none at the end; empty for the root itself. */
  readonly prefix: string;
};

/**
 * Adds a folder to the library. A folder inside a root is that root with a prefix, so that no file belongs to two roots.
 *
 * @throws {AppError} `not-found`, `invalid-input` (a file, or Cutline's own folder), `file-unreadable`; `conflict` when a
 * root lies inside it.
 */
export function addRoot(context: LibraryContext, path: string): LibraryFolder & { readonly isNew: boolean } {
  const realPath = readableFolder(path);
  if (isInside(realPath, realPathOrSelf(context.libraryFolder))) {
    throw new AppError('invalid-input', { path, reason: 'This is where Cutline keeps its own files.' });
  }
  return context.transact((db) => {
    for (const root of listRoots(db)) {
      if (isInside(realPath, root.path)) {
        return { ...toLibraryFolder(root.id, root.path, realPath), isNew: false };
      }
    }
    assertNoRootInside(context, realPath, undefined);
    return { rootId: insertRoot(db, realPath, context.clock.now()), prefix: '', isNew: true };
  });
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

function assertNoRootInside(context: LibraryContext, realPath: string, except: RootId | undefined): void {
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
