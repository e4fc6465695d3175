import { AppError } from '../platform/errors.ts';
import type { PixelSize } from './image-size.ts';
import { listBoxes } from './iso-boxes.ts';

/** Height to width ratios that need no number of their own; index 0 = the width is written. */
const ratios = [undefined, [1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

/**
 * Size of a JPEG XL picture, upright: ISO/IEC 18181-1 annex D, SizeHeader and the orientation behind it. The first
 * 4 kB are enough. Throws `file-damaged`.
 */
export function readJxlHeader(bytes: Uint8Array): PixelSize {
  const bits = new BitReader(findCodestream(bytes), 16);
  const isSmall = bits.read(1) === 1;
  const heightPx = readSide(bits, isSmall);
  const ratio = ratios[bits.read(3)];
  const widthPx =
    ratio === undefined ? readSide(bits, isSmall) : Math.floor((heightPx * ratio[0]) / ratio[1]);
  const isDefault = bits.read(1) === 1;
  const hasExtra = !isDefault && bits.read(1) === 1;
  const orientation = hasExtra ? bits.read(3) + 1 : 1;
  return orientation > 4 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}

function readSide(bits: BitReader, isSmall: boolean): number {
  if (isSmall) return 8 * (bits.read(5) + 1);
  const lengths = [9, 13, 18, 30];
  return bits.read(lengths[bits.read(2)] ?? 30) + 1;
}

/** As it is, or in the first of its boxes (ISO/IEC 18181-2). */
function findCodestream(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xff) return bytes;
  for (const { type, start, end } of listBoxes(bytes)) {
    if (type === 'jxlc') return bytes.subarray(start, end);
    // A part begins with its number.
    if (type === 'jxlp') return bytes.subarray(start + 4, end);
  }
  throw new AppError('file-damaged');
}

/** Least significant bit first. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, startBit: number) {
    this.#bytes = bytes;
    this.#at = startBit;
  }

  read(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new AppError('file-damaged');
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** bit;
    }
    return value;
  }
}
