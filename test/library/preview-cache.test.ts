import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { PreviewCache } from '../../app/library/preview-cache.ts';
import { previewFolder, renditionPath, writeRendition } from '../../app/library/renditions.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

const mostBytes = 1_000;

/** A cache with previews of 300 bytes, last looked at so many minutes ago. */
async function useCache(minutesAgo: readonly number[]) {
  const library = useTemporaryFolder();
  const paths = minutesAgo.map((_, index) =>
    renditionPath(library, ((index + 1) * 900) as AssetId, 'preview'),
  ); // why: as good as any
  for (const [index, path] of paths.entries()) {
    await writeRendition(path, new Uint8Array(300));
    const time = new Date(Date.now() - (minutesAgo[index] ?? 0) * 60_000);
    await utimes(path, time, time);
  }
  const left = async (): Promise<number[]> => {
    const folders = await readdir(previewFolder(library));
    const names = await Promise.all(folders.map((shard) => readdir(join(previewFolder(library), shard))));
    const ids = names.flat().map((name) => Number.parseInt(name, 10));
    return ids.toSorted((a, b) => a - b).map((id) => id / 900);
  };
  return { cache: new PreviewCache(library), paths, left };
}

it('leaves everything while there is room', async () => {
  const { cache, left } = await useCache([1, 2, 3]);
  await cache.add(300, mostBytes);
  expect(await left()).toEqual([1, 2, 3]);
});

it('clears up what was looked at longest ago, down to four fifths', async () => {
  const { cache, left } = await useCache([50, 10, 40, 20]);
  await cache.add(300, mostBytes);
  // 4 × 300 is too much, 900 is more than 800, so two go.
  expect(await left()).toEqual([2, 4]);
});

it('keeps what somebody looked at just now', async () => {
  const { cache, paths, left } = await useCache([50, 10, 40, 20]);
  expect(await PreviewCache.touch(paths[0] ?? '')).toBe(true);
  await cache.add(300, mostBytes);
  expect(await left()).toEqual([1, 2]);
});

it('counts what comes later, and never takes the newest away, however large it is', async () => {
  const { cache, left } = await useCache([1]);
  await cache.add(300, mostBytes);
  await cache.add(800, 100);
  expect(await left()).toEqual([1]);
});

it('says when there is nothing to look at', async () => {
  const library = useTemporaryFolder();
  expect(await PreviewCache.touch(renditionPath(library, 7 as AssetId, 'full'))).toBe(false); // why: no such photo
  await new PreviewCache(library).add(1, 1);
});
