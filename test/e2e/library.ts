import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { makeVideo } from '../helpers/make-video.ts';

const cli = join(import.meta.dirname, '../../out/cli/cutline.mjs');

type VideoName = 'Beach.mp4' | 'Sea.webm' | 'Phone.mov';

/** What stands in a library before the app is opened. */
export type Prepared = {
  /** Photos that are drawn: soft fields of colour, all different, wide and tall. @default 0: an empty library */
  readonly photos?: number;
  /** So many more that were taken in one go, half a second apart, and look nearly the same. @default 0 */
  readonly burst?: number;
  /** So many more whose files end in their middle. @default 0 */
  readonly cut?: number;
  /** Two seconds each of red, green and blue: in H.264, VP8 and HEVC. @default none */
  readonly videos?: readonly VideoName[];
  /** A folder of photos that is there already, such as `CUTLINE_PHOTOS`; it is only read. */
  readonly folder?: string;
  /** Whether the built-in connection has described them. Otherwise they are scanned. @default false */
  readonly isDescribed?: boolean;
};

/** Fills a library by the command line, as a person could have. */
export async function prepareLibrary(
  { photos = 0, burst = 0, cut = 0, videos = [], folder, isDescribed = false }: Prepared,
  places: { readonly library: string; readonly photos: string },
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const from = folder ?? places.photos;
  if (folder === undefined) {
    await drawPhotos(places.photos, photos);
    for (let frame = 1; frame <= burst; frame += 1) await drawFrame(places.photos, frame);
    for (let seed = 1; seed <= cut; seed += 1) await drawCut(places.photos, seed);
    for (const name of videos) makeVideoOf(join(places.photos, name), name);
  }
  if (folder === undefined && photos + burst + cut + videos.length === 0) return;
  const command = isDescribed ? ['describe', from] : ['scan', from];
  await promisify(execFile)(process.execPath, [cli, '--library', places.library, ...command, '--json'], {
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
}

export async function drawPhotos(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let seed = 1; seed <= count; seed++) await drawPhoto(folder, seed);
}

function makeVideoOf(path: string, name: VideoName): void {
  const wide = { widthPx: 320, heightPx: 180, hasSound: true };
  if (name === 'Beach.mp4') makeVideo(path, wide);
  else if (name === 'Sea.webm') makeVideo(path, { ...wide, codec: 'libvpx', hasSound: false });
  else makeVideo(path, { ...wide, codec: 'libx265' });
}

async function drawCut(folder: string, seed: number): Promise<void> {
  const bytes = await colorFields(200 + seed)
    .jpeg({ quality: 100 })
    .toBuffer();
  await writeOld(join(folder, `cut-${String(seed)}.jpg`), bytes.subarray(0, Math.floor(bytes.length / 2)));
}

/** All of one camera, and each a little brighter than the one before: other pixels, and much the same look. */
async function drawFrame(folder: string, frame: number): Promise<void> {
  const bytes = await colorFields(101)
    .modulate({ brightness: 1 + frame / 100 })
    .withExif({
      IFD0: { Make: 'Nikon', Model: 'NIKON D40' },
      IFD2: {
        DateTimeOriginal: '2020:06:01 12:00:00',
        SubSecTimeOriginal: String(frame % 2 === 0 ? 50 : 10),
      },
    })
    .jpeg({ quality: 85 })
    .toBuffer();
  await writeOld(join(folder, `burst-${String(frame)}.jpg`), bytes);
}

/** Six coarse fields of colour, blurred into one another. */
function colorFields(seed: number): Sharp {
  const digest = createHash('sha256').update(String(seed)).digest();
  const isTall = seed % 4 === 0;
  const [columns, rows] = isTall ? [2, 3] : [3, 2];
  const fields = Uint8Array.from({ length: 18 }, (_, index) => 30 + ((digest[index] ?? 0) * 3) / 4);
  return sharp(fields, { raw: { width: columns, height: rows, channels: 3 } }).resize(
    isTall ? 600 : 900,
    isTall ? 900 : 600,
    { fit: 'fill', kernel: 'cubic' },
  );
}

async function drawPhoto(folder: string, seed: number): Promise<void> {
  const bytes = await colorFields(seed)
    .withExif({ IFD2: { DateTimeOriginal: exifTime(seed) } })
    .jpeg({ quality: 85 })
    .toBuffer();
  await writeOld(join(folder, `photo-${String(seed).padStart(4, '0')}.jpg`), bytes);
}

/** The file looks a day old, as if nobody was copying it. */
async function writeOld(path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes);
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(path, yesterday, yesterday);
}

/** A photo each nine days, from 2019 on. */
function exifTime(seed: number): string {
  const taken = new Date(Date.UTC(2019, 0, 1, 12) + seed * 9 * 86_400_000);
  return taken.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}
