import { latin1At, viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

const exifIdentifier = 'Exif\0\0';
const xmpIdentifier = 'http://ns.adobe.com/xap/1.0/\0';
const photoshopIdentifier = 'Photoshop 3.0\0';
const photoshopIimResource = 0x0404;
const endOfImage = Buffer.from([0xff, 0xd9]);

/**
 * JPEG: the picture is every segment but APPn and comments, and all from the first scan to the end-of-image marker.
 * APP14 (Adobe) is kept, since it says how the colours are stored. What follows the end (second pictures of MPF, videos of
 * motion photos, maker's trailers) is no part of it. ISO/IEC 10918-1 Annex B.
 */
export function findJpegParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const picture: ByteRange[] = [];
  let exif: ByteRange | undefined;
  let xmp: ByteRange | undefined;
  let iptcIim: ByteRange | undefined;
  let isComplete = false;

  let start = 2;
  while (start + 4 <= bytes.length && bytes[start] === 0xff) {
    const marker = view.getUint8(start + 1);
    if (marker === 0xff) {
      start += 1; // Any number of fill bytes may stand before a marker.
      continue;
    }
    const end = start + 2 + view.getUint16(start + 2);
    if (marker === 0xda) {
      // In a scan 0xff is always followed by 0x00 or a restart marker, so the first 0xffd9 after it is the end.
      const foundAt = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(endOfImage, end);
      isComplete = foundAt !== -1;
      picture.push({ start, end: isComplete ? foundAt + 2 : bytes.length });
      break;
    }
    if (end > bytes.length) break;
    const content = start + 4;
    if (
      marker === 0xe1 &&
      exif === undefined &&
      latin1At(bytes, content, exifIdentifier.length) === exifIdentifier
    ) {
      exif = { start: content + exifIdentifier.length, end };
    } else if (
      marker === 0xe1 &&
      xmp === undefined &&
      latin1At(bytes, content, xmpIdentifier.length) === xmpIdentifier
    ) {
      xmp = { start: content + xmpIdentifier.length, end };
    } else if (
      marker === 0xed &&
      latin1At(bytes, content, photoshopIdentifier.length) === photoshopIdentifier
    ) {
      iptcIim ??= findIimResource(bytes, { start: content + photoshopIdentifier.length, end });
    } else if (!isMetadata(marker)) {
      picture.push({ start, end });
    }
    start = end;
  }
  return { picture, isComplete, ...(exif && { exif }), ...(xmp && { xmp }), ...(iptcIim && { iptcIim }) };
}

function isMetadata(marker: number): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  return marker === 0xfe || (isApplication && marker !== 0xee);
}

/** Finds the IPTC IIM block among Photoshop's image resources (Adobe Photoshop File Formats, "Image Resource Blocks"). */
function findIimResource(bytes: Uint8Array, resources: ByteRange): ByteRange | undefined {
  const view = viewOf(bytes);
  let offset = resources.start;
  while (offset + 12 <= resources.end && latin1At(bytes, offset, 4) === '8BIM') {
    const nameLength = view.getUint8(offset + 6);
    const sizeAt = offset + 6 + padToEven(1 + nameLength);
    const start = sizeAt + 4;
    if (start > resources.end) return undefined;
    const size = view.getUint32(sizeAt);
    if (view.getUint16(offset + 4) === photoshopIimResource) {
      return { start, end: Math.min(start + size, resources.end) };
    }
    offset = start + padToEven(size);
  }
  return undefined;
}

function padToEven(size: number): number {
  return size + (size % 2);
}
