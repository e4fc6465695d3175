import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, fileErrorCode, toAppError } from '../platform/errors.ts';
import { runUpkeep } from './run-upkeep.ts';

/**
 * Saves a copy of the library in a folder, under a name that says when.
 *
 * @throws {AppError} `not-found` without such a folder, and as `backUp`
 */
export async function backUpInto(
  libraryFolder: string,
  folder: string,
  options: {
    readonly nowMs: number;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number) => void;
  },
): Promise<{ path: string; sizeBytes: number }> {
  if (!(await isFolder(folder))) throw new AppError('not-found', { what: folder });
  const path = join(folder, `cutline ${nameOf(options.nowMs)}.db`);
  await runUpkeep({ kind: 'back-up', libraryFolder, path, force: false }, options);
  return { path, sizeBytes: (await stat(path)).size };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (fileErrorCode(error) === 'file-missing') return false;
    throw toAppError(error);
  }
}

/** `2026-11-26 14.05.09` in local time: sorts by time, and has no colon, which Windows has other uses for. */
function nameOf(nowMs: number): string {
  const date = new Date(nowMs - new Date(nowMs).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
}
