import type { PixelSize } from './image-size.ts';

/**
 * Pixels as an uncompressed TIFF, so that whatever decoded them, libvips converts their colours and depth in the one way
 * that holds for all files. The header is 1 kB, the pixels stand as they are: writing it costs nothing.
 */

export type PlainTiff = {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** The part that is to be filled: rows from the top, samples of a pixel side by side, 16-bit ones lower byte first. */
  readonly pixels: Uint8Array;
};

export type PixelKind = {
  readonly colors: 'grey' | 'rgb' | 'cmyk' | 'lab';
  readonly hasAlpha: boolean;
  readonly depthBits: 8 | 16;
};

const colorCount = { grey: 1, rgb: 3, cmyk: 4, lab: 3 } as const;
/** TIFF 6.0, PhotometricInterpretation. */
const photometric = { grey: 1, rgb: 2, cmyk: 5, lab: 8 } as const;

/** Values of a pixel: its colours, and its transparency. */
export function samplesOf({ colors, hasAlpha }: PixelKind): number {
  return colorCount[colors] + (hasAlpha ? 1 : 0);
}

export function createPlainTiff(size: PixelSize, kind: PixelKind, profile?: Uint8Array): PlainTiff {
  const { widthPx, heightPx } = size;
  const samples = samplesOf(kind);
  const pixelBytes = widthPx * heightPx * samples * (kind.depthBits / 8);

  // Tag, type (3 = SHORT, 4 = LONG, 7 = UNDEFINED), values.
  const entries: [tag: number, type: 3 | 4 | 7, values: number[] | Uint8Array][] = [
    [256, 4, [widthPx]],
    [257, 4, [heightPx]],
    [258, 3, Array.from({ length: samples }, () => kind.depthBits)],
    [259, 3, [1]],
    [262, 3, [photometric[kind.colors]]],
    [273, 4, [0]],
    [277, 3, [samples]],
    [278, 4, [heightPx]],
    [279, 4, [pixelBytes]],
    [284, 3, [1]],
    // Alpha that does not darken the colours.
    ...(kind.hasAlpha ? ([[338, 3, [2]]] satisfies typeof entries) : []),
    ...(profile === undefined ? [] : ([[34_675, 7, profile]] satisfies typeof entries)),
  ];
  const directoryAt = 8;
  let spareAt = directoryAt + 2 + entries.length * 12 + 4;
  const pixelsAt = spareAt + 16 + (profile?.length ?? 0) + ((profile?.length ?? 0) % 2);

  const bytes = Buffer.alloc(pixelsAt + pixelBytes);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(directoryAt, 4);
  bytes.writeUInt16LE(entries.length, directoryAt);
  for (const [index, [tag, type, values]] of entries.entries()) {
    const at = directoryAt + 2 + index * 12;
    const valueBytes = type === 3 ? 2 : type === 4 ? 4 : 1;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(values.length, at + 4);
    const isInline = valueBytes * values.length <= 4;
    let valueAt = isInline ? at + 8 : spareAt;
    if (!isInline) {
      bytes.writeUInt32LE(spareAt, at + 8);
      spareAt += valueBytes * values.length;
    }
    for (const value of tag === 273 ? [pixelsAt] : values) {
      bytes.writeUIntLE(value, valueAt, valueBytes);
      valueAt += valueBytes;
    }
  }
  return { bytes, pixels: bytes.subarray(pixelsAt) };
}
