import { findImageParts } from './find-image-parts.ts';
import type { ByteRange } from './image-parts.ts';

/** Disks and cards lose whole blocks, and files are copied block by block. */
const blockBytes = 512;
/** So many in a row: one might be a picture's own. */
const fewestBlocks = 8;

/** Beside the run there may be as many bytes of its kind that belong to the picture. */
const straysBytes = 4;

/** Compressed, and without a checksum: of a PNG the decoder knows by itself, and in a plain TIFF zeros are black. */
const unchecked = new Set(['jpeg', 'webp']);

const blanks = [Buffer.alloc(blockBytes, 0), Buffer.alloc(blockBytes, 0xff)];

/**
 * Where nothing stands in the middle of a picture's compressed data: blocks of a disk that hold zeros alone, or the ones of erased
 * memory. Decoders make grey of that without a word. Such a run begins and ends where blocks do, or with the picture; the
 * zeros of an even part of a picture that was compressed do not.
 *
 * @returns its bytes within the file; `undefined` when there is none, and for formats where nobody could tell
 */
export function findEmptyPart(bytes: Uint8Array, format: string): ByteRange | undefined {
  if (!unchecked.has(format)) return undefined;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const range of findImageParts(bytes, format)?.picture ?? []) {
    const found = findIn(file, range);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findIn(file: Buffer, { start, end }: ByteRange): ByteRange | undefined {
  for (let at = Math.ceil(start / blockBytes) * blockBytes; at + blockBytes <= end; at += blockBytes) {
    const blank = blanks.find((candidate) => isBlank(file, at, candidate));
    if (blank === undefined) continue;
    let until = at + blockBytes;
    while (until + blockBytes <= end && isBlank(file, until, blank)) until += blockBytes;
    let last = until;
    while (last < end && file[last] === blank[0]) last += 1;
    const isLong = until - at >= fewestBlocks * blockBytes;
    const beginsWithBlock = file
      .subarray(Math.max(0, at - straysBytes), at)
      .some((byte) => byte !== blank[0]);
    const endsWithBlock = last - until < straysBytes || end - last < straysBytes;
    if (isLong && beginsWithBlock && endsWithBlock) return { start: at, end: last };
    at = until - blockBytes;
  }
  return undefined;
}

/** The first byte tells nearly always. */
function isBlank(file: Buffer, at: number, blank: Buffer): boolean {
  return file[at] === blank[0] && file.compare(blank, 0, blockBytes, at, at + blockBytes) === 0;
}
