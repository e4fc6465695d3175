import type { PixelSize } from './image-size.ts';
import { readTiffFields } from './tiff-fields.ts';

/** A whole JPEG inside another file: from its first byte to the one after its last. */
export type EmbeddedJpeg = PixelSize & {
  readonly start: number;
  readonly end: number;
  /** Exif 1-8 of its own; `undefined` where it says nothing. */
  readonly orientation: number | undefined;
};

const startOfPicture = Buffer.from([0xff, 0xd8, 0xff]);
const endOfPicture = Buffer.from([0xff, 0xd9]);
/** No camera puts more into a file; a hostile one could. */
const maxFound = 32;
const maxLooks = 2000;
const maxSegments = 500;

/**
 * Finds the pictures that a camera put into a RAW file, by their own bytes: each maker keeps them in another place, and
 * each of these places in the file is only told by maker's notes that nobody publishes. Sensor data, which some makers
 * compress as JPEG too, is of a kind (lossless) that is passed over. 1 ms per megabyte. Never throws.
 */
export function findEmbeddedJpegs(bytes: Uint8Array): EmbeddedJpeg[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Behind the last end no picture is whole, so that no search for one goes through the whole file in vain.
  const buffer = all.subarray(0, all.lastIndexOf(endOfPicture) + 2);
  const found: EmbeddedJpeg[] = [];
  let start = buffer.indexOf(startOfPicture);
  for (let looks = 0; start !== -1 && looks < maxLooks && found.length < maxFound; looks++) {
    const jpeg = readJpeg(buffer, start);
    if (jpeg !== undefined) found.push(jpeg);
    start = buffer.indexOf(startOfPicture, jpeg?.end ?? start + 3);
  }
  return found;
}

/** The JPEG that begins here, or `undefined` when there is none that is whole and can be decoded. */
export function readJpeg(bytes: Buffer, start: number): EmbeddedJpeg | undefined {
  let size: PixelSize | undefined;
  let orientation: number | undefined;
  for (let at = start + 2, segments = 0; at + 4 <= bytes.length && bytes[at] === 0xff; segments++) {
    if (segments > maxSegments) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) {
      if (size === undefined) return undefined;
      // In a scan 0xff is always followed by 0x00 or a restart marker, so the first 0xffd9 is the end.
      const foundAt = bytes.indexOf(endOfPicture, end);
      return foundAt === -1 ? undefined : { ...size, orientation, start, end: foundAt + 2 };
    }
    // Baseline, extended and progressive; 0xc3 is lossless, and all others are as good as never written.
    if (marker >= 0xc0 && marker <= 0xc2 && end <= bytes.length && end - at >= 11) {
      size = { heightPx: bytes.readUInt16BE(at + 5), widthPx: bytes.readUInt16BE(at + 7) };
      if (bytes[at + 4] !== 8 || size.widthPx === 0 || size.heightPx === 0) return undefined;
    } else if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
      orientation = readTiffFields(bytes.subarray(at + 10, end)).orientation;
    } else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) {
      return undefined;
    }
    at = end;
  }
  return undefined;
}
