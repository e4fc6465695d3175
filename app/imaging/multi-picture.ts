import { open } from 'node:fs/promises';
import { readJpeg } from './embedded-jpegs.ts';
import type { ImageFacts } from './header.ts';
import type { PixelSize } from './image-size.ts';
import { hasShapeOf, isAsLarge, withOrientation } from './raw-preview.ts';
import { turn } from './turn.ts';

/**
 * The smaller pictures that cameras write behind a JPEG (CIPA DC-007, *Multi-Picture Format*): decoding one of them
 * takes a quarter of the time. Only those of the types *large thumbnail* are the same picture; others are other views,
 * depths or gain maps.
 */

type Place = { readonly start: number; readonly length: number };

/** The block is behind the one with the Exif, which has 64 kB at most. */
const headBytes = 140 * 1024;
const maxPreviewBytes = 16 * 1024 * 1024;
const largeThumbnails: ReadonlySet<number> = new Set([0x01_00_01, 0x01_00_02]);

/**
 * The smallest of a JPEG's large thumbnails that is as large as what is wished for, turned as the JPEG is. `undefined`
 * where none is, has another shape, or may have other colours.
 */
export async function findLargeThumbnail(
  path: string,
  facts: ImageFacts,
  wished: PixelSize,
): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.allocUnsafe(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    const found: { size: PixelSize; jpeg: Buffer }[] = [];
    for (const { start, length } of listLargeThumbnails(head.subarray(0, bytesRead))) {
      if (length > maxPreviewBytes) continue;
      const bytes = Buffer.alloc(length);
      const { bytesRead: readLength } = await file.read(bytes, 0, length, start);
      const jpeg =
        readLength === length && bytes.readUInt16BE(0) === 0xff_d8 ? readJpeg(bytes, 0) : undefined;
      if (jpeg === undefined) continue;
      const size = turn(jpeg, facts.orientation);
      const isSame = hasShapeOf(size, facts) && size.widthPx >= wished.widthPx && isAsLarge(size, wished);
      if (isSame) found.push({ size, jpeg: bytes.subarray(0, jpeg.end) });
    }
    const best = found.toSorted((one, other) => one.size.widthPx - other.size.widthPx)[0];
    return best === undefined ? undefined : withOrientation(best.jpeg, facts.orientation);
  } finally {
    await file.close();
  }
}

/** Where a JPEG's large thumbnails are, by its head; none where it has a profile of its own, which they lack. */
export function listLargeThumbnails(head: Buffer): Place[] {
  let at = 2;
  let block: Place | undefined;
  while (at + 4 <= head.length && head[at] === 0xff && head[at + 1] !== 0xda) {
    const end = at + 2 + head.readUInt16BE(at + 2);
    if (head[at + 1] === 0xe2 && end <= head.length) {
      const name = head.toString('latin1', at + 4, at + 16);
      if (name.startsWith('ICC_PROFILE')) return [];
      if (name.startsWith('MPF\0')) block = { start: at + 8, length: end - at - 8 };
    }
    at = end;
  }
  return block === undefined
    ? []
    : readIndex(head.subarray(block.start, block.start + block.length), block.start);
}

/** The directory is a TIFF's; tag 0xb002 holds 16 bytes a picture: type, length, place from the block's start, and more. */
function readIndex(block: Buffer, blockStart: number): Place[] {
  if (block.length < 10) return [];
  const isLittleEndian = block[0] === 0x49;
  const u16 = (at: number) => (isLittleEndian ? block.readUInt16LE(at) : block.readUInt16BE(at));
  const u32 = (at: number) => (isLittleEndian ? block.readUInt32LE(at) : block.readUInt32BE(at));
  const directory = u32(4);
  if (directory + 2 > block.length) return [];
  for (let entry = 0; entry < u16(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > block.length) return [];
    if (u16(at) !== 0xb0_02) continue;
    const [bytes, first] = [u32(at + 4), u32(at + 8)];
    const places: Place[] = [];
    for (let picture = first; picture + 16 <= Math.min(block.length, first + bytes); picture += 16) {
      const isLarge = largeThumbnails.has(u32(picture) & 0xff_ff_ff);
      if (isLarge && u32(picture + 8) > 0) {
        places.push({ start: blockStart + u32(picture + 8), length: u32(picture + 4) });
      }
    }
    return places;
  }
  return [];
}
