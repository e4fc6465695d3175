import { readdirSync, rmSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../platform/errors.ts';
import { listAssetIds, type ReadDb } from './health-store.ts';
import { assetIdOfRendition, renditionFolders, shardSize } from './renditions.ts';
import { namesIn } from './names-in.ts';

export type OrphanRendition = { readonly path: string; readonly sizeBytes: number };

/** One folder of renditions, and which of its files belong to no photo. */
export type LookedAtFolder = { readonly names: number; readonly orphaned: readonly OrphanRendition[] };

/** A temporary file that is younger may be being written. */
const hourMs = 3_600_000;

/**
 * Looks for renditions of photos that are no longer in the library, and for what a killed engine left half-written; folder
 * by folder. Ids are asked for after the names are read, so that a photo that comes meanwhile keeps its picture.
 */
export async function* findOrphanRenditions(
  libraryFolder: string,
  db: ReadDb,
  nowMs = Date.now(),
): AsyncGenerator<LookedAtFolder> {
  for (const folder of renditionFolders(libraryFolder)) {
    for (const shard of await namesIn(folder)) {
      const number = Number(shard);
      if (!Number.isInteger(number)) continue;
      const names = await namesIn(join(folder, shard));
      const known = new Set(listAssetIds(db, number * shardSize, (number + 1) * shardSize - 1));
      const orphaned: OrphanRendition[] = [];
      for (const name of names) {
        const id = assetIdOfRendition(name);
        if (id !== undefined && known.has(id)) continue;
        const path = join(folder, shard, name);
        const found = await statOf(path);
        if (found === undefined) continue;
        const isOurs = id !== undefined || (name.endsWith('.tmp') && found.mtimeMs < nowMs - hourMs);
        if (isOurs) orphaned.push({ path, sizeBytes: found.size });
      }
      yield { names: names.length, orphaned };
    }
  }
}

/** Removes them; what was removed. */
export async function removeOrphanRenditions(
  libraryFolder: string,
  db: ReadDb,
  signal: AbortSignal,
): Promise<{ files: number; sizeBytes: number }> {
  const removed = { files: 0, sizeBytes: 0 };
  for await (const { orphaned } of findOrphanRenditions(libraryFolder, db)) {
    if (signal.aborted) break;
    for (const { path, sizeBytes } of orphaned) {
      await rm(path, { force: true });
      removed.files += 1;
      removed.sizeBytes += sizeBytes;
    }
  }
  return removed;
}

/**
 * Removes at once what is there of photos that are yet to come. A backup that was put back knows fewer photos than were
 * there when their pictures were made; the next ones get the same numbers, and would be shown by those.
 */
export function removeRenditionsBeyond(libraryFolder: string, highestId: number): void {
  for (const folder of renditionFolders(libraryFolder)) {
    for (const shard of namesNow(folder)) {
      if (!(Number(shard) >= Math.floor(highestId / shardSize))) continue;
      for (const name of namesNow(join(folder, shard))) {
        const id = assetIdOfRendition(name);
        if (id !== undefined && id > highestId) rmSync(join(folder, shard, name), { force: true });
      }
    }
  }
}

function namesNow(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

async function statOf(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
