import { open } from 'node:fs/promises';
import { toUprightThumbnail } from '../imaging/exif-thumbnail.ts';
import type { PixelSize } from '../imaging/image-size.ts';
import { readHeadFacts } from '../metadata/head-facts.ts';
import { systemCode } from '../platform/errors.ts';

/** The Exif block stands at the beginning, and is never larger than this. */
const headBytes = 66 * 1024;

/**
 * The camera's own small picture out of the head of a JPEG, upright: a thousand times as quick as one of our own. `undefined`
 * where there is none, or none that can be read: ours is on its way.
 */
export async function readExifThumbnail(
  path: string,
  size: PixelSize | undefined,
): Promise<Uint8Array | undefined> {
  const head = await readStart(path);
  if (head === undefined || head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  const { thumbnail, orientation = 1 } = readHeadFacts(head, 'jpeg');
  if (thumbnail === undefined) return undefined;
  // Whatever else is in the block is no picture, and nobody misses it.
  return toUprightThumbnail(thumbnail, orientation, size).catch(() => undefined);
}

async function readStart(path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
