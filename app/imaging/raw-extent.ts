import { AppError } from '../platform/errors.ts';
import { viewOf } from './iso-boxes.ts';
import type { FileFormat } from './formats.ts';

/**
 * Why a RAW holds no picture that can be shown: it was cut off, or parts of it are empty. A camera always writes one, so a
 * RAW without it is more often a bad copy than a converter's thrift.
 */

/** @returns `undefined` where the file is as long as it says, and full. Never throws. */
export function findLoss(bytes: Uint8Array, format: FileFormat): AppError | undefined {
  const missingBytes = extentOf(bytes, format) - bytes.length;
  if (missingBytes > 0) {
    return new AppError('file-damaged', { what: 'RAW file', reason: 'Its end is missing.' });
  }
  const emptyBytes = countEmpty(bytes);
  if (emptyBytes * 2 < bytes.length) return undefined;
  const [empty, all] = [emptyBytes, bytes.length].map((size) => String(Math.ceil(size / 1024)));
  return new AppError('file-damaged', {
    what: 'RAW file',
    reason: `Of its ${all} kB ${empty} kB are empty.`,
  });
}

/** How long the file has to be for all that it points at; 0 where nobody can tell. */
function extentOf(bytes: Uint8Array, format: FileFormat): number {
  try {
    if (format === 'cr3') return extentOfBoxes(bytes);
    if (format === 'raf') return extentOfRaf(bytes);
    return format === 'crw' ? extentOfHeap(bytes) : extentOfTiff(bytes);
  } catch (error) {
    // A view refuses to read outside its bytes: what would stand there is missing.
    if (error instanceof RangeError) return bytes.length + 1;
    throw error;
  }
}

/** The boxes of an ISO base media file, of which the last one holds the pictures. */
function extentOfBoxes(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let at = 0;
  while (at < bytes.length) {
    const short = view.getUint32(at);
    if (short === 0) break;
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < 8) break;
    at += size;
  }
  return at;
}

/** Fujifilm's header says where its JPEG and its sensor data are: big endian, each with its length. */
const rafParts = [84, 92, 100];

function extentOfRaf(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  return Math.max(...rafParts.map((at) => view.getUint32(at) + view.getUint32(at + 4)));
}

/** Canon's old format has its directory at the end, and the place of that in the last four bytes. */
function extentOfHeap(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const heapAt = view.getUint32(2, true);
  const directoryAt = heapAt + view.getUint32(bytes.length - 4, true);
  return directoryAt + 2 + view.getUint16(directoryAt, true) * 10;
}

const entryBytes = 12;
/** Directories that are looked into: cameras have about ten. */
const mostDirectories = 64;
const mostValues = 4_096;
/** Where pictures are, and how long they are: strips, tiles, JPEGs. */
const partTags = [
  [0x01_11, 0x01_17],
  [0x01_44, 0x01_45],
  [0x02_01, 0x02_02],
] as const;
/** Directories below a directory: pictures, and Exif. */
const childTags = [0x01_4a, 0x87_69];
/** Panasonic says so of what it keeps elsewhere. */
const elsewhere = 0xff_ff_ff_ff;

function extentOfTiff(bytes: Uint8Array): number {
  const isLittleEndian = bytes[0] === 0x49;
  const view = viewOf(bytes);
  const seen = new Set<number>([0]);
  const left = [view.getUint32(4, isLittleEndian)];
  let extent = 0;
  for (let at = left.shift(); at !== undefined && seen.size <= mostDirectories; at = left.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const { values, end, next } = readDirectory(view, at, isLittleEndian);
    extent = Math.max(extent, end);
    for (const [offsetTag, lengthTag] of partTags) {
      const lengths = values.get(lengthTag) ?? [];
      for (const [index, offset] of (values.get(offsetTag) ?? []).entries()) {
        if (offset !== elsewhere) extent = Math.max(extent, offset + (lengths[index] ?? 0));
      }
    }
    left.push(...childTags.flatMap((tag) => values.get(tag) ?? []), next);
  }
  return extent;
}

/** Bytes of one value, by its type. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/**
 * Its SHORT and LONG values by tag, where the last of all its values ends, and where the next directory is (0: nowhere).
 *
 * @throws {RangeError} beyond the file
 */
function readDirectory(
  view: DataView,
  at: number,
  isLittleEndian: boolean,
): { values: Map<number, number[]>; end: number; next: number } {
  let end = 0;
  const values = new Map<number, number[]>();
  const count = view.getUint16(at, isLittleEndian);
  for (let index = 0; index < count; index++) {
    const entryAt = at + 2 + index * entryBytes;
    const type = view.getUint16(entryAt + 2, isLittleEndian);
    const length = view.getUint32(entryAt + 4, isLittleEndian);
    const isShort = type === 3;
    const valueBytes = typeBytes[type] ?? 0;
    const isInline = length * valueBytes <= 4;
    const valueAt = isInline ? entryAt + 8 : view.getUint32(entryAt + 8, isLittleEndian);
    end = Math.max(end, valueAt + length * valueBytes);
    if ((!isShort && type !== 4 && type !== 13) || length > mostValues) continue;
    const read = (place: number): number =>
      isShort ? view.getUint16(place, isLittleEndian) : view.getUint32(place, isLittleEndian);
    values.set(
      view.getUint16(entryAt, isLittleEndian),
      Array.from({ length }, (_, place) => read(valueAt + place * valueBytes)),
    );
  }
  return { values, end, next: view.getUint32(at + 2 + count * entryBytes, isLittleEndian) };
}

const blockBytes = 4_096;
const zeros = Buffer.alloc(blockBytes, 0);
const ones = Buffer.alloc(blockBytes, 0xff);

/** Blocks of a disk that hold nothing, or erased memory. */
function countEmpty(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let empty = 0;
  for (let at = 0; at + blockBytes <= file.length; at += blockBytes) {
    const blank = file[at] === 0 ? zeros : ones;
    if (file.compare(blank, 0, blockBytes, at, at + blockBytes) === 0) empty += blockBytes;
  }
  return empty;
}
