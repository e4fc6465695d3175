import type { ImageParts } from './image-parts.ts';
import { findGifParts } from './parts-gif.ts';
import { findIsoMediaParts } from './parts-iso-media.ts';
import { findJpegParts } from './parts-jpeg.ts';
import { findPngParts } from './parts-png.ts';
import { findRawParts, findTiffParts } from './parts-tiff.ts';
import { findWebpParts } from './parts-webp.ts';

const finders: Readonly<Record<string, (bytes: Uint8Array) => ImageParts>> = {
  jpeg: findJpegParts,
  png: findPngParts,
  webp: findWebpParts,
  gif: findGifParts,
  tiff: findTiffParts,
  avif: findIsoMediaParts,
  heif: findIsoMediaParts,
  heic: findIsoMediaParts,
  cr2: findRawParts,
  nef: findRawParts,
  arw: findRawParts,
  dng: findRawParts,
  orf: findRawParts,
  pef: findRawParts,
  rw2: findRawParts,
};

/**
 * [Note: Image parts] One walk over a container serves two ends: the hash of the picture's own bytes, which must not
 * change when a program writes metadata, and finding the metadata without reading the rest.
 *
 * `undefined`: a format without a walker, or bytes that are not of that format at all. Never throws.
 */
export function findImageParts(bytes: Uint8Array, format: string): ImageParts | undefined {
  const find = Object.hasOwn(finders, format) ? finders[format] : undefined;
  if (find === undefined) return undefined;
  try {
    return find(bytes);
  } catch (error) {
    // A DataView refuses to read outside its bytes: that is how a walker learns that an offset in the file lies.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
