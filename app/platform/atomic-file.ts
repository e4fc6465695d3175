import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './errors.ts';

/**
 * Replaces a file in one step: temporary file, fsync, rename. A crash leaves the old file or the new one, never half of
 * either. Symbolic links are resolved first, so that a link stays a link (DESIGN §10).
 *
 * @param options.unfinishedIn where the temporary file is written: a folder that is there, on the same file system. What a
 * crash leaves can then be found without looking at every file. @default beside the file
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: { mode?: number; durable?: boolean; unfinishedIn?: string } = {},
): Promise<void> {
  const target = await realpathOrSelf(path);
  const temporary = join(
    options.unfinishedIn ?? dirname(target),
    `.${basename(target).slice(0, 60)}.${randomUUID().slice(0, 8)}.tmp`,
  );
  try {
    const file = await open(temporary, 'wx', options.mode ?? 0o644);
    try {
      await file.writeFile(data);
      // Renditions can be made again, so their writers may leave out the sync.
      if (options.durable !== false) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function realpathOrSelf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  }
}
