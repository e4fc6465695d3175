import { constants } from 'node:fs';
import { cp, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import { renditionPath, writeRendition } from '../../app/library/renditions.ts';
import { rebuildIndex } from '../../app/search/index-store.ts';
import { encodePhoto } from '../helpers/photos.ts';

/** Aspects of the photos that are drawn: as cameras and phones have them. */
const sides: readonly (readonly [number, number])[] = [
  [512, 341],
  [512, 384],
  [341, 512],
  [512, 288],
];
const drawnOfEach = 12;
const captionWords = 12;
/** In a caption of three, of a hundred, of ten thousand: what is typed in the benchmark. */
const commonWords = ['harbour', 'lighthouse', 'zeppelin'] as const;
const shares = [3, 100, 10_000] as const;

/** Another one where what is filled in changes. */
const fillVersion = 1;

/**
 * A library as large as it is asked for, whose pictures are there where `linkThumbnails` put them. A million takes a quarter of
 * an hour to index, so what was filled once is kept among the temporary files, and copied.
 */
export async function copyWindowLibrary(folder: string, assets: number): Promise<void> {
  const kept = join(tmpdir(), 'cutline-bench-kept', `window-${String(fillVersion)}-${String(assets)}`);
  const isKept = await stat(kept).then(
    () => true,
    () => false,
  );
  if (!isKept) {
    const filling = `${kept}.filling-${String(process.pid)}`;
    await mkdir(filling, { recursive: true });
    fillLibrary(filling, assets);
    await rm(kept, { recursive: true, force: true });
    await rename(filling, kept);
  }
  await cp(kept, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

function fillLibrary(folder: string, assets: number): void {
  const { db, close } = openForWriting(folder);
  try {
    insertPhotos(db, assets);
    rebuildIndex(db);
  } finally {
    close();
  }
}

/** Ids as the grid has them, newest first. */
export function idsNewestFirst(folder: string): readonly number[] {
  const { db, close } = openForWriting(folder);
  try {
    return db.pluck<number>('SELECT id FROM asset ORDER BY sort_ms DESC, id DESC');
  } finally {
    close();
  }
}

/** Real JPEG thumbnails for some photos: a few are drawn, and every photo of that shape has a link to one of them. */
export async function linkThumbnails(folder: string, ids: readonly number[]): Promise<void> {
  const drawn: string[][] = [];
  for (const [index, [width, height]] of sides.entries()) {
    const paths: string[] = [];
    for (let seed = 0; seed < drawnOfEach; seed += 1) {
      const path = join(folder, 'drawn', `${String(index)}-${String(seed)}.jpg`);
      await writeRendition(
        path,
        await encodePhoto({ seed: index * 100 + seed, widthPx: width, heightPx: height }),
      );
      paths.push(path);
    }
    drawn.push(paths);
  }
  for (const id of ids) {
    const source = drawn[id % sides.length]?.[id % drawnOfEach];
    // why: ids of the assets that were inserted
    const path = renditionPath(folder, id as AssetId, 'thumbnail');
    await mkdir(dirname(path), { recursive: true });
    if (source !== undefined) await link(source, path);
  }
}

/** Thirty photos a day at most, in shots of a few minutes, back from the end of 2025. */
function insertPhotos(db: Database, assets: number): void {
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let sortMs = Date.UTC(2025, 11, 31, 18);
  db.transact(() => {
    // Nothing is there, so that the engine finds its root offline and leaves the photos alone.
    db.exec(`INSERT INTO root (id, path, state, added_at_ms) VALUES (1, '/nowhere/photos', 'offline', 0);
      INSERT INTO connection (id, kind, name, concurrency, created_at_ms) VALUES (1, 'openai-compatible', 'bench', 1, 0);`);
    for (let id = 1; id <= assets; id += 1) {
      sortMs -= id % 30 === 0 ? 86_400_000 / Math.max(1, assets / 100_000) : 120_000;
      const [width, height] = sides[id % sides.length] ?? [512, 341];
      db.run(
        `INSERT INTO asset (id, state, format, width_px, height_px, sort_ms, camera_model, rating, has_thumbnail, average_color, created_at_ms)
         VALUES (?, 'ready', 'jpeg', ?, ?, ?, ?, ?, 1, ?, 0)`,
        [
          id,
          width * 12,
          height * 12,
          sortMs,
          `Camera ${String(random(12))}`,
          random(6),
          random(0x1_00_00_00),
        ],
      );
      db.run(
        `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms) VALUES (1, ?, ?, 1, 1, ?, 0)`,
        [id, `${String(Math.floor(id / 500))}/IMG_${String(id)}.jpg`, id],
      );
      const words = Array.from({ length: captionWords }, () => `w${random(20_000).toString(36)}`);
      for (const [index, word] of commonWords.entries()) {
        if (random(shares[index] ?? 1) === 0) words.push(word);
      }
      db.run(
        `INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, is_said, connection_id, updated_at_ms)
         VALUES (?, ?, 'model', '[]', '[]', 0, 1, 1, 0)`,
        [id, `A view of the ${words.join(' ')}`],
      );
    }
  });
}
