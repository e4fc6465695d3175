import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AssetId } from '../contract/ids.ts';
import { renditionKind, type RenditionKind } from '../contract/models/asset.ts';
import { writeFileAtomic } from '../platform/atomic-file.ts';
import { systemCode } from '../platform/errors.ts';

export type { RenditionKind } from '../contract/models/asset.ts';

export const renditionKinds = renditionKind.options;

/** Files in one folder: few enough for every file system, many enough that a small library has one folder. */
export const shardSize = 1_000;

/** Small renditions are kept as long as their photo; large ones are made when somebody looks, and go when space is short. */
const folders: Readonly<Record<RenditionKind, string>> = {
  'exif-thumbnail': 'renditions',
  thumbnail: 'renditions',
  preview: 'previews',
  full: 'previews',
  scrub: 'previews',
};

/** Beside the shards: files on their way into them. */
const unfinished = 'unfinished';

/** Where a rendition is, if it has been made. A function of its arguments alone, so that a host can serve it by id. */
export function renditionPath(libraryFolder: string, assetId: AssetId, kind: RenditionKind): string {
  const shard = String(Math.floor(assetId / shardSize));
  return join(libraryFolder, folders[kind], shard, `${String(assetId)}-${kind}.jpg`);
}

/** Whose a file is by its name; `undefined` when it is no rendition. */
export function assetIdOfRendition(name: string): AssetId | undefined {
  const match = /^(\d+)-([a-z-]+)\.jpg$/.exec(name);
  return match !== null && renditionKind.safeParse(match[2]).success
    ? (Number(match[1]) as AssetId) // why: `renditionPath` writes it so
    : undefined;
}

/** All that hold renditions, in shards. */
export function renditionFolders(libraryFolder: string): string[] {
  return [...new Set(Object.values(folders))].map((folder) => join(libraryFolder, folder));
}

/** Holds the large renditions. */
export function previewFolder(libraryFolder: string): string {
  return join(libraryFolder, folders.preview);
}

/** In one step, so that a reader never sees half of it; without a sync, as it can be made again. */
export async function writeRendition(path: string, bytes: Uint8Array): Promise<void> {
  const unfinishedIn = join(dirname(path), '..', unfinished);
  try {
    await writeFileAtomic(path, bytes, { durable: false, unfinishedIn });
  } catch (error) {
    // The first of its thousand.
    if (systemCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    await mkdir(unfinishedIn, { recursive: true });
    await writeFileAtomic(path, bytes, { durable: false, unfinishedIn });
  }
}

/** Removes what an engine that was killed left half-written. Whoever calls it has the library for themselves. */
export function removeUnfinishedRenditions(libraryFolder: string): void {
  for (const folder of renditionFolders(libraryFolder)) {
    rmSync(join(folder, unfinished), { recursive: true, force: true });
  }
}

export async function deleteRenditions(
  libraryFolder: string,
  assetIds: readonly AssetId[],
  kinds: readonly RenditionKind[] = renditionKinds,
): Promise<void> {
  for (const assetId of assetIds) {
    for (const kind of kinds) await rm(renditionPath(libraryFolder, assetId, kind), { force: true });
  }
}
