import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RootId } from '../contract/ids.ts';
import { systemCode } from '../platform/errors.ts';
import { sampleFiles } from './file-store.ts';
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

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
