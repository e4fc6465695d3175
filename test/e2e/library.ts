import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

const cli = join(import.meta.dirname, '../../out/cli/cutline.mjs');

/** What stands in a library before the app is opened. */
export type Prepared = {
  /** Photos that are drawn: soft fields of colour, all different, wide and tall. @default 0: an empty library */
  readonly photos?: number;
  /** A folder of photos that is there already, such as `CUTLINE_PHOTOS`; it is only read. */
  readonly folder?: string;
  /** Whether the built-in connection has described them. Otherwise they are scanned. @default false */
  readonly isDescribed?: boolean;
};

/** Fills a library by the command line, as a person could have. */
export async function prepareLibrary(
  { photos = 0, folder, isDescribed = false }: Prepared,
  places: { readonly library: string; readonly photos: string },
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const from = folder ?? places.photos;
  if (folder === undefined) {
    await drawPhotos(places.photos, photos);
  }
  if (folder === undefined && photos === 0) return;
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

/** Six coarse fields of colour, blurred into one another; the file looks a day old, as if nobody was copying it. */
async function drawPhoto(folder: string, seed: number): Promise<void> {
  const digest = createHash('sha256').update(String(seed)).digest();
  const isTall = seed % 4 === 0;
  const [columns, rows] = isTall ? [2, 3] : [3, 2];
  const fields = Uint8Array.from({ length: 18 }, (_, index) => 30 + ((digest[index] ?? 0) * 3) / 4);
  const bytes = await sharp(fields, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(isTall ? 600 : 900, isTall ? 900 : 600, { fit: 'fill', kernel: 'cubic' })
    .withExif({ IFD2: { DateTimeOriginal: exifTime(seed) } })
    .jpeg({ quality: 85 })
    .toBuffer();
  const path = join(folder, `photo-${String(seed).padStart(4, '0')}.jpg`);
  await writeFile(path, bytes);
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(path, yesterday, yesterday);
}

/** A photo each nine days, from 2019 on. */
function exifTime(seed: number): string {
  const taken = new Date(Date.UTC(2019, 0, 1, 12) + seed * 9 * 86_400_000);
  return taken.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}
