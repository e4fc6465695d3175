import { viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

/** Sizes in bytes of TIFF 6.0's field types; the index is the type. */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** Tags whose values decide how the strips or tiles become pixels. */
const layoutTags = new Set([256, 257, 258, 259, 262, 266, 277, 284, 317, 320, 322, 323, 338, 339, 347, 530]);
const stripOffsets = 273;
const stripByteCounts = 279;
const tileOffsets = 324;
const tileByteCounts = 325;
const xmpTag = 700;
const iimTag = 33723;
/** More than any picture has: a 1-gigapixel TIFF in strips of one row. */
const maxPieces = 200_000;

type Field = { readonly type: number; readonly count: number; readonly range: ByteRange };

/**
 * TIFF: the values that say how the first picture is stored, then its strips or tiles. Anything else, such as BigTIFF or a
 * first page without strips, is not complete, so that the whole file is hashed.
 */
export function findTiffParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const isLittleEndian = view.getUint16(0) === 0x4949;
  const whole: ByteRange = { start: 0, end: bytes.length };
  if (view.getUint16(2, isLittleEndian) !== 42) return { picture: [], isComplete: false };

  const fields = readFields(view, isLittleEndian);
  const layout = [...layoutTags].flatMap((tag) => fields.get(tag)?.range ?? []);
  const pieces =
    findPieces(view, isLittleEndian, fields.get(stripOffsets), fields.get(stripByteCounts)) ??
    findPieces(view, isLittleEndian, fields.get(tileOffsets), fields.get(tileByteCounts));
  const xmp = fields.get(xmpTag)?.range;
  const iptcIim = fields.get(iimTag)?.range;
  return {
    picture: pieces === undefined ? [] : [...layout, ...pieces],
    isComplete: pieces !== undefined,
    exif: whole,
    ...(xmp && { xmp }),
    ...(iptcIim && { iptcIim }),
  };
}

/** A RAW: its facts are a TIFF's. Where the sensor's data are is told in too many ways, so that the whole file is hashed. */
export function findRawParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const xmp = readFields(view, view.getUint16(0) === 0x4949).get(xmpTag)?.range;
  return { picture: [], isComplete: false, exif: { start: 0, end: bytes.length }, ...(xmp && { xmp }) };
}

/** The fields of the first directory whose values are inside the file. */
function readFields(view: DataView, isLittleEndian: boolean): Map<number, Field> {
  const fields = new Map<number, Field>();
  const directory = view.getUint32(4, isLittleEndian);
  if (directory + 2 > view.byteLength) return fields;
  const count = view.getUint16(directory, isLittleEndian);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > view.byteLength) break;
    const type = view.getUint16(entry + 2, isLittleEndian);
    const valueCount = view.getUint32(entry + 4, isLittleEndian);
    const size = (typeSizes[type] ?? 0) * valueCount;
    const start = size <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittleEndian);
    if (size === 0 || start + size > view.byteLength) continue;
    fields.set(view.getUint16(entry, isLittleEndian), {
      type,
      count: valueCount,
      range: { start, end: start + size },
    });
  }
  return fields;
}

/** Strips or tiles by their offsets and lengths; `undefined` when they are missing, too many, or outside the file. */
function findPieces(
  view: DataView,
  isLittleEndian: boolean,
  offsets?: Field,
  lengths?: Field,
): ByteRange[] | undefined {
  if (offsets === undefined || lengths === undefined) return undefined;
  if (offsets.count !== lengths.count || offsets.count > maxPieces) return undefined;
  const pieces: ByteRange[] = [];
  for (let index = 0; index < offsets.count; index++) {
    const start = readNumber(view, isLittleEndian, offsets, index);
    const end = start + readNumber(view, isLittleEndian, lengths, index);
    if (end > view.byteLength) return undefined;
    pieces.push({ start, end });
  }
  return pieces;
}

/** One SHORT or LONG of a field. */
function readNumber(view: DataView, isLittleEndian: boolean, field: Field, index: number): number {
  return field.type === 3
    ? view.getUint16(field.range.start + index * 2, isLittleEndian)
    : view.getUint32(field.range.start + index * 4, isLittleEndian);
}
