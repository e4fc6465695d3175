import type { ByteRange } from './image-parts.ts';

/** A view on exactly these bytes; reading outside throws a `RangeError`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The bytes from `start` on as one character each; shorter where the bytes end. */
export function latin1At(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

export function sliceOf(bytes: Uint8Array, range: ByteRange): Uint8Array {
  return bytes.subarray(range.start, range.end);
}

/** Exif blocks outside JPEG sometimes keep JPEG's `Exif\0\0` before the TIFF header. */
export function skipExifPrefix(bytes: Uint8Array, range: ByteRange): ByteRange {
  return latin1At(bytes, range.start, 6) === 'Exif\0\0' ? { start: range.start + 6, end: range.end } : range;
}
