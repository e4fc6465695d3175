import { adobeRgbProfile } from './icc-profile.ts';
import { readDirectory, type TiffDirectory } from './tiff-fields.ts';

/**
 * Cameras that are set to Adobe RGB say so in Exif's numbers, and many put no profile into their JPEGs. Taken for sRGB, such
 * a picture is dull.
 */

const tags = { exif: 0x87_69, colorSpace: 0xa0_01, interoperability: 0xa0_05, index: 0x00_01 } as const;
/** Exif 2.31, ColorSpace: sRGB is 1. 2 is what older cameras write. */
const uncalibrated = 0xff_ff;
const adobeOfOld = 2;
/** DCF 2.0's name of Adobe RGB ("optional file"); sRGB is R98. */
const adobeIndex = 'R03';

/**
 * Whether a photo's own numbers say that it is in Adobe RGB.
 *
 * @param tiff its Exif block, from the TIFF header on; of a RAW the file itself
 */
export function saysAdobeRgb(tiff: Uint8Array): boolean {
  const exifAt = readDirectory(tiff).number(tags.exif);
  if (exifAt === undefined) return false;
  const exif = readDirectory(tiff, exifAt);
  const colorSpace = exif.number(tags.colorSpace);
  if (colorSpace === adobeOfOld) return true;
  const indexAt = exif.number(tags.interoperability);
  return (
    colorSpace === uncalibrated &&
    indexAt !== undefined &&
    readDirectory(tiff, indexAt).text(tags.index) === adobeIndex
  );
}

/** The same of a RAW. A camera has two ways to write its JPEGs: what is not called sRGB is Adobe RGB. */
export function rawSaysAdobeRgb(bytes: Uint8Array, format: string): boolean {
  if (format === 'raf' || format === 'crw') return false;
  const exif = format === 'cr3' ? exifOfCr3(bytes) : exifOf(bytes);
  const colorSpace = exif?.number(tags.colorSpace);
  return colorSpace === uncalibrated || colorSpace === adobeOfOld;
}

function exifOf(tiff: Uint8Array): TiffDirectory | undefined {
  const exifAt = readDirectory(tiff).number(tags.exif);
  return exifAt === undefined ? undefined : readDirectory(tiff, exifAt);
}

/** A box of its own (`CMT2`), whose first directory it is. */
function exifOfCr3(bytes: Uint8Array): TiffDirectory | undefined {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('CMT2', 0, 'latin1');
  return at === -1 ? undefined : readDirectory(bytes.subarray(at + 4));
}

const profileMark = Buffer.from('ICC_PROFILE\0', 'latin1');

/** A JPEG that has no profile of its own, with that of Adobe RGB. */
export function withAdobeRgb(jpeg: Uint8Array): Uint8Array {
  if (hasProfile(jpeg)) return jpeg;
  const content = Buffer.concat([profileMark, Buffer.from([1, 1]), adobeRgbProfile()]);
  const head = Buffer.from([0xff, 0xe2, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

function hasProfile(jpeg: Uint8Array): boolean {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const isProfile = bytes[at + 1] === 0xe2 && bytes.subarray(at + 4, at + 16).equals(profileMark);
    if (isProfile) return true;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
