import { AppError } from '../platform/errors.ts';
import { findEmbeddedJpegs, type EmbeddedJpeg } from './embedded-jpegs.ts';
import { formatName, type FileFormat } from './formats.ts';
import type { PixelSize } from './image-size.ts';
import { findLoss } from './raw-extent.ts';
import { readTiffFields } from './tiff-fields.ts';

/** Which of a camera's own JPEGs stands for a RAW, and which side is up. */

export type RawPreviews = {
  /** Of one shape, the largest first. At least one. */
  readonly previews: readonly EmbeddedJpeg[];
  /** Exif 1-8, to be applied to each of them. */
  readonly orientation: number;
};

/** A smaller one is a stamp for the camera's display: nobody could say what is on it. Long side, in pixels. */
export const smallestPreviewPx = 320;
/** Cameras round the sides of their small pictures; a stamp of another shape has black bars. */
const shapeTolerance = 0.02;

/** Throws `no-preview` when there is none that shows anything, `file-damaged` when it is lost. */
export function findRawPreviews(bytes: Uint8Array, format: FileFormat): RawPreviews {
  const all = findEmbeddedJpegs(bytes).toSorted((one, other) => areaOf(other) - areaOf(one));
  const [largest] = all;
  if (largest === undefined || Math.max(largest.widthPx, largest.heightPx) < smallestPreviewPx) {
    throw findLoss(bytes, format) ?? noPreview(format, largest);
  }
  return {
    previews: all.filter((preview) => hasShapeOf(preview, largest)),
    orientation: orientationOf(bytes, format) ?? largest.orientation ?? 1,
  };
}

function noPreview(format: FileFormat, largest: PixelSize | undefined): AppError {
  const size = largest === undefined ? {} : { widthPx: largest.widthPx, heightPx: largest.heightPx };
  return new AppError('no-preview', { format: formatName(format), ...size });
}

/** The smallest that is as large as what is wished for; the largest when none is: nothing is enlarged. */
export function choosePreview<Preview extends PixelSize>(
  largestFirst: readonly Preview[],
  wished: PixelSize,
): Preview | undefined {
  return largestFirst.findLast((preview) => isAsLarge(preview, wished)) ?? largestFirst[0];
}

/** Whichever side is up. */
export function isAsLarge(one: PixelSize, wished: PixelSize): boolean {
  return (
    Math.max(one.widthPx, one.heightPx) >= Math.max(wished.widthPx, wished.heightPx) &&
    Math.min(one.widthPx, one.heightPx) >= Math.min(wished.widthPx, wished.heightPx)
  );
}

export function hasShapeOf(one: PixelSize, other: PixelSize): boolean {
  const ratio = (one.widthPx * other.heightPx) / (one.heightPx * other.widthPx);
  return Math.abs(ratio - 1) <= shapeTolerance;
}

function areaOf({ widthPx, heightPx }: PixelSize): number {
  return widthPx * heightPx;
}

/** Nearly every RAW is a TIFF; a CR3 keeps one in a box (`CMT1`); of the others the preview itself knows. */
function orientationOf(bytes: Uint8Array, format: FileFormat): number | undefined {
  if (format === 'raf' || format === 'crw') return undefined;
  if (format !== 'cr3') return readTiffFields(bytes).orientation;
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('CMT1', 0, 'latin1');
  return at === -1 ? undefined : readTiffFields(bytes.subarray(at + 4)).orientation;
}

/** A JPEG whose Exif says nothing but which side is up, with the same pixels. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const block = Buffer.from(
    // Marker, length, Exif, TIFF header, one entry: 0x0112, SHORT, once; no further directory.
    'ffe10022457869660000' +
      '49492a0008000000' +
      '0100' +
      '1201' +
      '0300' +
      '01000000' +
      '00000000' +
      '00000000',
    'hex',
  );
  block.writeUInt16LE(orientation, block.length - 8);
  return Buffer.concat([jpeg.subarray(0, 2), block, ...segmentsWithoutExif(jpeg)]);
}

/** What stands behind the first two bytes, without the blocks of Exif. */
function segmentsWithoutExif(jpeg: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const kept: Uint8Array[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const isExif = bytes[at + 1] === 0xe1 && bytes.toString('latin1', at + 4, at + 8) === 'Exif';
    if (!isExif) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return [...kept, bytes.subarray(at)];
}
