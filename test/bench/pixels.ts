import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { renderParallelism, renderPhoto } from '../../app/imaging/render.ts';
import { ingestFile } from '../../app/library/ingest.ts';
import { withLargeThumbnail } from '../helpers/camera-files.ts';
import { encodePhoto, makePhoto } from '../helpers/photos.ts';

/**
 * Our rendering beside the fastest loop that we know how to write with sharp, on 24-megapixel photos (SPEED §1). Both
 * run by turns in one process, so that a busy machine is unfair to neither.
 */

export type PixelsRow = {
  readonly name: string;
  /** Photos per second, median of the rounds. */
  readonly ours: number;
  readonly limit: number;
  /** Ours by the limit's, median of the ratios of neighboring turns: 1 = as fast. */
  readonly ratio: number;
  /** The least ratio that is good enough. */
  readonly goal: number;
};

// eslint-disable-next-line import/no-named-as-default-member -- Node finds no names to import in this CommonJS bundle
const { load } = ExifReader;

type Render = (path: string) => Promise<unknown>;

const model = { widthPx: 1152, heightPx: 768 };
const jpeg = { quality: 85, optimiseCoding: false } as const;

const contests: readonly {
  readonly name: string;
  readonly goal: number;
  readonly ours: Render;
  readonly limit: Render;
}[] = [
  {
    name: 'model picture 1152×768, beside bare sharp',
    goal: 0.95,
    ours: (path) => renderPhoto(path, { model }),
    limit: (path) => sharp(path).resize(model.widthPx, model.heightPx).jpeg(jpeg).toBuffer(),
  },
  {
    name: 'model picture, thumbnail and hash, beside the hand-tuned loop',
    goal: 0.9,
    ours: (path) => renderPhoto(path, { model, thumbnail: { boxPx: 512 }, perceptualHash: true }),
    limit: async (path) => {
      const pixels = await sharp(path).resize(model.widthPx, model.heightPx).raw().toBuffer();
      const decoded = () =>
        sharp(pixels, { raw: { width: model.widthPx, height: model.heightPx, channels: 3 } });
      const encoded = [decoded().jpeg(jpeg).toBuffer(), decoded().resize(512).jpeg(jpeg).toBuffer()];
      hashByHand(pixels);
      await Promise.all(encoded);
    },
  },
  {
    name: 'whole ingest and model picture, beside one hand-tuned read',
    goal: 0.9,
    ours: async (path) => {
      await ingestFile({ path });
      await renderPhoto(path, { model, thumbnail: { boxPx: 512 }, perceptualHash: true, colors: true });
    },
    limit: async (path) => {
      const bytes = await readFile(path);
      createHash('sha256').update(bytes).digest('hex');
      load(bytes.subarray(0, 256 * 1024));
      const pixels = await sharp(bytes).resize(model.widthPx, model.heightPx).raw().toBuffer();
      const decoded = () =>
        sharp(pixels, { raw: { width: model.widthPx, height: model.heightPx, channels: 3 } });
      const encoded = [decoded().jpeg(jpeg).toBuffer(), decoded().resize(512).jpeg(jpeg).toBuffer()];
      hashByHand(pixels);
      await Promise.all(encoded);
    },
  },
];

/** A photo with a large thumbnail behind it, as cameras write it, beside decoding the photo itself. */
const withThumbnail: (typeof contests)[number] = {
  name: 'whole ingest where a preview of 1620×1080 is in the file, beside the same read without it',
  goal: 1.5,
  ours: async (path) => {
    await ingestFile({ path });
    await renderPhoto(path, { model, thumbnail: { boxPx: 512 }, perceptualHash: true, colors: true });
  },
  limit: contests[2]?.limit ?? (() => Promise.resolve()),
};

/** Makes its photos, measures in `rounds` turns, and removes them. */
export async function benchPixels({ rounds = 15 } = {}): Promise<PixelsRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-pixels-'));
  try {
    const paths = [join(folder, 'one.jpg'), join(folder, 'two.jpg')];
    for (const [seed, path] of paths.entries()) {
      await makePhoto(path, { widthPx: 6000, heightPx: 4000, seed });
    }
    const rows: PixelsRow[] = [];
    for (const contest of contests) {
      rows.push(await measure(contest, paths, rounds));
    }
    const small = await encodePhoto({ widthPx: 1620, heightPx: 1080, seed: 0 });
    for (const path of paths) await writeFile(path, withLargeThumbnail(await readFile(path), small));
    rows.push(await measure(withThumbnail, paths, rounds));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(
  { name, goal, ours, limit }: (typeof contests)[number],
  paths: readonly string[],
  rounds: number,
): Promise<PixelsRow> {
  const speeds = { ours: [] as number[], limit: [] as number[] };
  // The first round only warms up: code, file cache, memory.
  for (let round = 0; round <= rounds; round++) {
    // Who goes first changes, because the second finds a warmer machine.
    const turns = round % 2 === 0 ? (['ours', 'limit'] as const) : (['limit', 'ours'] as const);
    for (const turn of turns) {
      const speed = await photosPerSecond(turn === 'ours' ? ours : limit, paths);
      if (round > 0) speeds[turn].push(speed);
    }
  }
  // Neighbors, because a shared machine is fast in one minute and slow in the next.
  const ratios = speeds.ours.map((speed, round) => speed / (speeds.limit[round] ?? Number.NaN));
  return { name, ours: median(speeds.ours), limit: median(speeds.limit), ratio: median(ratios), goal };
}

/** Two photos a lane, as many lanes as we decode at once. */
async function photosPerSecond(render: Render, paths: readonly string[]): Promise<number> {
  const perLane = 2;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: renderParallelism }, async (_, lane) => {
      for (let index = 0; index < perLane; index++) {
        await render(paths[(lane + index) % paths.length] ?? '');
      }
    }),
  );
  return (renderParallelism * perLane * 1000) / (performance.now() - started);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A dHash of the decoded pixels, every fourth of them in both directions. */
function hashByHand(pixels: Uint8Array): bigint {
  const sums = new Float64Array(72);
  for (let y = 0; y < model.heightPx; y += 4) {
    const row = Math.floor((y * 8) / model.heightPx) * 9;
    for (let x = 0; x < model.widthPx; x += 4) {
      const at = (y * model.widthPx + x) * 3;
      const cell = row + Math.floor((x * 9) / model.widthPx);
      sums[cell] = (sums[cell] ?? 0) + (pixels[at] ?? 0) + 2 * (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0);
    }
  }
  let bits = 0n;
  for (let cell = 0; cell < 71; cell++) {
    if (cell % 9 < 8) bits = (bits << 1n) | ((sums[cell] ?? 0) < (sums[cell + 1] ?? 0) ? 1n : 0n);
  }
  return bits;
}
