import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RootId } from '../contract/ids.ts';
import { systemCode } from '../platform/errors.ts';
import { sampleFiles, type Fingerprint } from './file-store.ts';
import type { ReadDb } from './root-store.ts';

/** How many of the files that were compared are there, in their places and of their sizes. */
export type Comparison = { readonly same: number; readonly compared: number; readonly isSame: boolean };

/** So many of a root's files have to be in a folder for it to be believed to be that root. */
const requiredShare = 0.8;

/** Looks in a folder for a sample of a root's files, at most `limit`. A root without files is like any folder. */
export function compareFiles(db: ReadDb, rootId: RootId, path: string, limit: number): Comparison {
  const sample = sampleFiles(db, rootId, limit);
  const same = sample.filter((file) => sizeOf(join(path, file.relativePath)) === file.sizeBytes).length;
  return { same, compared: sample.length, isSame: same >= sample.length * requiredShare };
}

/** So many files of a folder are looked at; a larger one shows its kind by then. */
const mostLooks = 20_000;

/**
 * As `compareFiles`, wherever in the folder the files are and whatever they are called now: by inode, size and time. For folders
 * that were renamed together with what is in them.
 */
export function compareInodes(db: ReadDb, rootId: RootId, path: string, limit: number): Comparison {
  const sample = sampleFiles(db, rootId, limit);
  const found = new Set<string>();
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined && found.size < mostLooks; folder = folders.pop()) {
    for (const file of look(folder)) {
      if (file.isFolder) folders.push(join(folder, file.name));
      else found.add(keyOf(file));
    }
  }
  const same = sample.filter((file) => found.has(keyOf(file))).length;
  return { same, compared: sample.length, isSame: same >= sample.length * requiredShare };
}

type Seen = Fingerprint & { readonly name: string; readonly isFolder: boolean };

function keyOf({ inode, sizeBytes, mtimeMs }: Fingerprint): string {
  return `${String(inode)} ${String(sizeBytes)} ${String(mtimeMs)}`;
}

function look(folder: string): Seen[] {
  try {
    return readdirSync(folder).map((name) => {
      const stats = lstatSync(join(folder, name));
      const { ino: inode, size: sizeBytes } = stats;
      return { name, inode, sizeBytes, mtimeMs: Math.trunc(stats.mtimeMs), isFolder: stats.isDirectory() };
    });
  } catch (error) {
    // What may not be read, or goes away meanwhile, says nothing for or against.
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
