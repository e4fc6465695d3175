import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AssetId } from '../contract/ids.ts';
import { writeFileAtomic } from '../platform/atomic-file.ts';

export const renditionKinds = ['thumbnail'] as const;
export type RenditionKind = (typeof renditionKinds)[number];

/** Files in one folder: few enough for every file system, many enough that a small library has one folder. */
const shardSize = 1_000;

/** Where a rendition is, if it has been made. A function of its arguments alone, so that a host can serve it by id. */
export function renditionPath(libraryFolder: string, assetId: AssetId, kind: RenditionKind): string {
  const shard = String(Math.floor(assetId / shardSize));
  return join(libraryFolder, 'renditions', shard, `${String(assetId)}-${kind}.jpg`);
}

/** In one step, so that a reader never sees half of it; without a sync, as it can be made again. */
export async function writeRendition(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, bytes, { durable: false });
}

export async function deleteRenditions(libraryFolder: string, assetIds: readonly AssetId[]): Promise<void> {
  for (const assetId of assetIds) {
    for (const kind of renditionKinds) await rm(renditionPath(libraryFolder, assetId, kind), { force: true });
  }
}
