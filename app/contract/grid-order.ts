import { reviewState, type ReviewState } from './models/description.ts';

/**
 * The grid's order: all that a grid of a million photos needs to lay itself out, in one binary resource instead of pages.
 *
 * [Note: Grid order]
 * Little endian, as typed arrays are on every system that we run on. A header of 16 bytes: the letters `CGRD`, the version
 * of the layout (u8), three bytes of zero, the number of photos (u32), four bytes of zero. Then one column after the other,
 * each with a value for each photo, in the order of the grid: id (u32), minutes since 1970 by the wall clock of the place
 * where it was taken (i32), flags (u32), group (u32), aspect (u16), average colour (u16), version of the picture (u16). 22 bytes
 * a photo.
 */
export type GridOrder = {
  readonly count: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Since 1970, by the camera's clock as if it were UTC; the file's time where there is no capture time. */
  readonly minutes: Int32Array<ArrayBuffer>;
  /** See `gridFlags`, `ratingOf` and `reviewStateOf`. */
  readonly flags: Uint32Array<ArrayBuffer>;
  /** Photos of one burst, or near-duplicates of each other, have the same number; 0: a photo of its own. */
  readonly groups: Uint32Array<ArrayBuffer>;
  /** See `aspectOf`. */
  readonly aspects: Uint16Array<ArrayBuffer>;
  /** See `colorOf`. */
  readonly colors: Uint16Array<ArrayBuffer>;
  /** Changes when the picture does, for `pictureUrl`. */
  readonly versions: Uint16Array<ArrayBuffer>;
};

const magic = 0x44_52_47_43; // CGRD
const layoutVersion = 2;
const headerBytes = 16;
const bytesPerPhoto = 22;

/** What is true of a photo, one bit each. */
export const gridFlags = {
  /** By a model. */
  described: 1,
  /** By built-in alone. */
  baseline: 2,
  /** Something is wrong with its file. */
  problem: 4,
  raw: 8,
  video: 16,
  /** Its thumbnail has been made. */
  thumbnail: 32,
  /** Never described. */
  excluded: 64,
  /** Taken within seconds of another one that looks alike. */
  burst: 128,
  /** A format for a later release. */
  unsupported: 1 << 13,
  /** Found by a scan, and not read yet. */
  unread: 1 << 14,
  /** Its drive is unplugged, or its file is gone. */
  away: 1 << 15,
  /** Something of what a model said of it may be wrong, and nobody has looked at it yet. */
  doubtful: 1 << 16,
} as const;

/** All bits of the grid's flags, with rating and review state. */
export const gridFlagsMask = 0x1_ff_ff;

const reviewShift = 8;
const ratingShift = 10;
const rejectedRating = 7;

/** In the order of their numbers. */
const reviewStates = reviewState.options;

/** Two bits, beside the flags. */
export function toReviewBits(state: ReviewState): number {
  return reviewStates.indexOf(state) << reviewShift;
}

export function reviewStateOf(flags: number): ReviewState {
  return reviewStates[(flags >> reviewShift) & 3] ?? 'draft';
}

/** @param rating −1 to 5; everything else counts as not rated */
export function toRatingBits(rating: number): number {
  if (rating === -1) return rejectedRating << ratingShift;
  return rating >= 1 && rating <= 5 ? rating << ratingShift : 0;
}

/** −1 (rejected) to 5; 0: not rated. */
export function ratingOf(flags: number): number {
  const bits = (flags >> ratingShift) & 7;
  return bits === rejectedRating ? -1 : bits;
}

const aspectUnit = 4_096;

/** Width by height as 16 bits: 1/4 096 to just under 16, which is the longest that a grid shows; 0 for an unknown size. */
export function toAspect(widthPx: number | null, heightPx: number | null): number {
  if (widthPx === null || heightPx === null || widthPx <= 0 || heightPx <= 0) return 0;
  return Math.min(Math.max(Math.round((widthPx / heightPx) * aspectUnit), 1), 0xff_ff);
}

/** Width by height; `undefined` while the size is unknown. */
export function aspectOf(aspect: number): number | undefined {
  return aspect === 0 ? undefined : aspect / aspectUnit;
}

/** Red, green and blue (0–255) in 5, 6 and 5 bits; never 0, which stands for no colour. */
export function toColorBits(red: number, green: number, blue: number): number {
  return Math.max(((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3), 1);
}

/** As CSS has it; `undefined` while the colour is unknown. */
export function colorOf(color: number): string | undefined {
  if (color === 0) return undefined;
  const red = Math.round(((color >> 11) * 255) / 31);
  const green = Math.round((((color >> 5) & 63) * 255) / 63);
  const blue = Math.round(((color & 31) * 255) / 31);
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
}

/** An empty order for so many photos, to be filled in; `buffer` is what is written. */
export function createGridOrder(count: number): GridOrder & { readonly buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(headerBytes + count * bytesPerPhoto);
  const header = new DataView(buffer);
  header.setUint32(0, magic, true);
  header.setUint8(4, layoutVersion);
  header.setUint32(8, count, true);
  return { buffer, ...columnsOf(buffer, count) };
}

/** The columns of a resource, without copying them; `undefined` when it is none, or of another layout. */
export function readGridOrder(buffer: ArrayBuffer): GridOrder | undefined {
  if (buffer.byteLength < headerBytes) return undefined;
  const header = new DataView(buffer);
  if (header.getUint32(0, true) !== magic || header.getUint8(4) !== layoutVersion) return undefined;
  const count = header.getUint32(8, true);
  return buffer.byteLength === headerBytes + count * bytesPerPhoto ? columnsOf(buffer, count) : undefined;
}

/** The wide columns first, so that each begins where its type may. */
function columnsOf(buffer: ArrayBuffer, count: number): GridOrder {
  const at = (bytesBefore: number): number => headerBytes + bytesBefore * count;
  return {
    count,
    ids: new Uint32Array(buffer, at(0), count),
    minutes: new Int32Array(buffer, at(4), count),
    flags: new Uint32Array(buffer, at(8), count),
    groups: new Uint32Array(buffer, at(12), count),
    aspects: new Uint16Array(buffer, at(16), count),
    colors: new Uint16Array(buffer, at(18), count),
    versions: new Uint16Array(buffer, at(20), count),
  };
}
