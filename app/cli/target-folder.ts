import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../platform/errors.ts';

/** Refuses a file to write whose folder is not there: making it by itself would hide a slip of the finger. @throws {AppError} `not-found` */
export function requireFolderOf(path: string): void {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new AppError('not-found', {
    what: `The folder ${folder}`,
    reason: 'Make it first, or name a file in another one.',
  });
}
