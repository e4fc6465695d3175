import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { makeVideo } from '../helpers/make-video.ts';

type VideoName = 'Beach.mp4' | 'Sea.webm' | 'Phone.mov';

export type Drawn = {
  /** Photos that are drawn: soft fields of colour, all different, wide and tall. @default 0: an empty library */
  readonly photos?: number;
  /** So many more that were taken in one go, half a second apart, and look nearly the same. @default 0 */
  readonly burst?: number;
  /** So many more whose files end in their middle. @default 0 */
  readonly cut?: number;
  /** Two seconds each of red, green and blue: in H.264, VP8 and HEVC. @default none */
  readonly videos?: readonly VideoName[];
};

export async function drawAll(
  folder: string,
  { photos = 0, burst = 0, cut = 0, videos = [] }: Drawn,
): Promise<void> {
  await drawPhotos(folder, photos);
  for (let frame = 1; frame <= burst; frame += 1) await drawFrame(folder, frame);
  for (let seed = 1; seed <= cut; seed += 1) await drawCut(folder, seed);
  for (const name of videos) await makeVideoOf(join(folder, name), name);
}

export async function drawPhotos(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let seed = 1; seed <= count; seed++) await drawPhoto(folder, seed);
}

async function makeVideoOf(path: string, name: VideoName): Promise<void> {
  const wide = { widthPx: 320, heightPx: 180, hasSound: true };
  if (name === 'Beach.mp4') makeVideo(path, wide);
  else if (name === 'Sea.webm') makeVideo(path, { ...wide, codec: 'libvpx', hasSound: false });
  else makeVideo(path, { ...wide, codec: 'libx265' });
  await makeOld(path);
}

async function drawCut(folder: string, seed: number): Promise<void> {
  const bytes = await colorFields(200 + seed)
    .jpeg({ quality: 100 })
    .toBuffer();
  await writeOld(join(folder, `cut-${String(seed)}.jpg`), bytes.subarray(0, Math.floor(bytes.length / 2)));
}

/** All of one camera, in the Baixa of Lisbon, and each a little brighter than the one before: other pixels, and much the same look. */
async function drawFrame(folder: string, frame: number): Promise<void> {
  const bytes = await colorFields(101)
    .modulate({ brightness: 1 + frame / 100 })
    .withExif({
      IFD0: { Make: 'Nikon', Model: 'NIKON D40' },
      IFD2: {
        DateTimeOriginal: '2020:06:01 12:00:00',
        SubSecTimeOriginal: String(frame * 10),
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '38/1 42/1 36/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '9/1 8/1 12/1',
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

async function writeOld(path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes);
  await makeOld(path);
}

/** As if nobody was copying it for a day; to the second, so that a copy has exactly the same time. */
async function makeOld(path: string): Promise<void> {
  const yesterday = Math.floor(Date.now() / 1000) - 86_400;
  await utimes(path, yesterday, yesterday);
}

/** A photo each nine days, from 2019 on. */
function exifTime(seed: number): string {
  const taken = new Date(Date.UTC(2019, 0, 1, 12) + seed * 9 * 86_400_000);
  return taken.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}
