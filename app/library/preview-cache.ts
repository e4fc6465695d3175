import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../platform/errors.ts';
import { previewFolder } from './renditions.ts';
import { namesIn } from './names-in.ts';

/** After clearing up so much of the space is in use: not every new preview is to clear up again. */
const usedAfterwards = 0.8;

/**
 * Keeps the large renditions within a size: those that were looked at longest ago go first. A file's time is when somebody
 * last wanted it. What is on the disk is the truth; its size is only looked up when it may have become too much.
 */
export class PreviewCache {
  readonly #folder: string;
  /** `undefined` until it was looked up. */
  #sizeBytes: number | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(libraryFolder: string) {
    this.#folder = previewFolder(libraryFolder);
  }

  /** Notes that a file is looked at. `false` when it is not there. */
  static async touch(path: string): Promise<boolean> {
    const now = new Date();
    try {
      await utimes(path, now, now);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
      throw error;
    }
  }

  /** A file of this size was written: clears up when all are more than `mostBytes`. */
  async add(sizeBytes: number, mostBytes: number): Promise<void> {
    if (this.#sizeBytes !== undefined) this.#sizeBytes += sizeBytes;
    if (this.#sizeBytes !== undefined && this.#sizeBytes <= mostBytes) return;
    this.#work = this.#work.then(() => this.#clearUp(mostBytes));
    await this.#work;
  }

  async #clearUp(mostBytes: number): Promise<void> {
    const files = await listFiles(this.#folder);
    let total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    if (total > mostBytes) {
      // The newest is what somebody waits for, however large it is.
      const oldestFirst = files.toSorted((one, other) => one.mtimeMs - other.mtimeMs).slice(0, -1);
      for (const file of oldestFirst) {
        if (total <= mostBytes * usedAfterwards) break;
        await rm(file.path, { force: true });
        total -= file.sizeBytes;
      }
    }
    this.#sizeBytes = total;
  }
}

type CachedFile = { readonly path: string; readonly sizeBytes: number; readonly mtimeMs: number };

async function listFiles(folder: string): Promise<CachedFile[]> {
  const files: CachedFile[] = [];
  for (const shard of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, shard))) {
      const path = join(folder, shard, name);
      try {
        const { size, mtimeMs } = await stat(path);
        files.push({ path, sizeBytes: size, mtimeMs });
      } catch (error) {
        // Its photo was removed meanwhile.
        if (systemCode(error) !== 'ENOENT') throw error;
      }
    }
  }
  return files;
}
