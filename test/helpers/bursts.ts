import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { writeOld } from './engine.ts';

const widthPx = 320;
const heightPx = 240;

/**
 * Photos that one camera took a second apart: sixteen fields of grey, of which each frame has another one changed, so that no
 * two are the same picture and all look alike. Their paths, in order.
 *
 * @param seed another picture
 * @param startMinute of an hour: bursts in different minutes are not one
 */
export async function makeBurst(
  folder: string,
  count: number,
  { seed = 1, startMinute = 0 }: { readonly seed?: number; readonly startMinute?: number } = {},
): Promise<string[]> {
  const paths: string[] = [];
  for (let frame = 0; frame < count; frame += 1) {
    const path = join(folder, `burst-${String(seed)}-${String(frame + 1).padStart(2, '0')}.jpg`);
    const second = String(frame % 60).padStart(2, '0');
    const minute = String(startMinute + Math.floor(frame / 60)).padStart(2, '0');
    await writeOld(path, await encodeFrame(seed, frame, `2024:06:01 10:${minute}:${second}`));
    paths.push(path);
  }
  return paths;
}

function encodeFrame(seed: number, frame: number, taken: string): Promise<Buffer> {
  const digest = createHash('sha256')
    .update(`burst ${String(seed)}`)
    .digest();
  // In the middle of the emulator's eight levels, so that no rendition crosses a border.
  const levels = Array.from({ length: 16 }, (_, field) => (digest[field] ?? 0) & 7);
  const changed = frame % 16;
  levels[changed] = ((levels[changed] ?? 0) + 1 + Math.floor(frame / 16)) % 8;
  const fields = Uint8Array.from({ length: 16 * 3 }, (_, index) => {
    const grey = 16 + 32 * (levels[Math.floor(index / 3)] ?? 0);
    return index % 3 === 1 ? grey : grey + 8;
  });
  return sharp(fields, { raw: { width: 4, height: 4, channels: 3 } })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'nearest' })
    .withExif({
      IFD0: { Make: 'Testcam', Model: 'Testcam 1' },
      IFD2: { DateTimeOriginal: taken },
    })
    .jpeg({ quality: 92 })
    .toBuffer();
}
