import { latin1At, viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

const xmpApplication = 'XMP DataXMP';
/** XMP in GIF ends with bytes that lead a reader of sub-blocks to the end (XMP specification part 3, §1.1.2). */
const xmpTrailerLength = 258;

/**
 * GIF: everything but the signature (writing a comment turns `GIF87a` into `GIF89a`), comments and application blocks.
 */
export function findGifParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const picture: ByteRange[] = [];
  let xmp: ByteRange | undefined;

  const headerEnd = 13 + colorTableLength(view.getUint8(10));
  picture.push({ start: 6, end: headerEnd });
  let start = headerEnd;
  for (;;) {
    const kind = bytes[start];
    if (kind === 0x3b) {
      picture.push({ start, end: start + 1 });
      return { picture, isComplete: true, ...(xmp && { xmp }) };
    }
    const dataAt = kind === 0x2c ? imageDataStart(view, start) : start + 2;
    const end = kind === 0x2c || kind === 0x21 ? subBlocksEnd(bytes, dataAt) : undefined;
    if (end === undefined) return { picture, isComplete: false, ...(xmp && { xmp }) };

    const label = kind === 0x21 ? bytes[start + 1] : undefined;
    if (label === 0xff && latin1At(bytes, start + 3, xmpApplication.length) === xmpApplication) {
      const xmpStart = start + 3 + xmpApplication.length;
      xmp ??= { start: xmpStart, end: Math.max(xmpStart, end - xmpTrailerLength) };
    }
    if (label !== 0xff && label !== 0xfe) picture.push({ start, end });
    start = end;
  }
}

function colorTableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** After the image descriptor, its colour table and the LZW code size. */
function imageDataStart(view: DataView, start: number): number {
  return start + 10 + colorTableLength(view.getUint8(start + 9)) + 1;
}

/** The byte after the empty sub-block that ends a chain; `undefined` when the bytes end first. */
function subBlocksEnd(bytes: Uint8Array, start: number): number | undefined {
  let offset = start;
  for (;;) {
    const length = bytes[offset];
    if (length === undefined) return undefined;
    offset += 1 + length;
    if (length === 0) return offset;
  }
}
