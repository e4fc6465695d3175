import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Database } from '../db/connection.ts';
import { libraryFiles } from '../db/open.ts';
import { AppError, toAppError } from '../platform/errors.ts';

/**
 * Copies a library's database, as it is at this moment, into one file, also while an app works on. The copy gets its name
 * once it has been checked and is on the disk. Thumbnails are not in it: they are made again.
 *
 * @throws {AppError} `not-found`, `conflict` (a file is there), `disk-full`, `read-only`, `library-damaged`, `canceled`
 */
export async function backUp(
  libraryFolder: string,
  path: string,
  options: {
    /** Replaces a file of that name. @default false */
    readonly force?: boolean;
    /** Of 0 to 1. */
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<void> {
  const source = join(libraryFolder, libraryFiles.database);
  if (!existsSync(source)) throw new AppError('not-found', { what: `A library in ${libraryFolder}` });
  const unfinished = `${path}.tmp`;
  for (const taken of [...(options.force === true ? [] : [path]), unfinished]) {
    if (existsSync(taken)) {
      throw new AppError('conflict', { reason: `${taken} exists already. Give another name, or --force.` });
    }
  }
  try {
    await copySnapshot(source, unfinished, options);
    checkCopy(unfinished);
    const file = await open(unfinished, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw toAppError(error);
  }
}

async function copySnapshot(
  source: string,
  target: string,
  { onProgress, signal }: { readonly onProgress?: (done: number) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const db = new Database(source, { readonly: true });
  try {
    // An open read keeps this moment in view: without it the copy would begin again whenever somebody writes.
    db.exec('BEGIN');
    db.get('SELECT count(*) FROM setting');
    await db.backup(target, (done) => {
      if (signal?.aborted === true) throw new AppError('canceled');
      onProgress?.(done);
    });
  } finally {
    db.close();
  }
}

/** One file that needs no log beside it, and is sound. */
function checkCopy(path: string): void {
  const copy = new Database(path);
  try {
    copy.pragma('journal_mode = DELETE');
    const answer = copy.pragma('quick_check(1)');
    if (answer !== 'ok') throw new AppError('library-damaged', { path, reason: String(answer) });
  } finally {
    copy.close();
  }
}
