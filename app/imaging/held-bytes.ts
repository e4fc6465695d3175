import type { Metadata } from 'sharp';
import type { FileFormat } from './formats.ts';

/** How much memory libvips holds for a picture while it decodes it. */

/** Formats that are decoded as a whole; all others only when they are stored in passes, or have to be turned. */
const wholeFormats: ReadonlySet<FileFormat> = new Set(['avif', 'webp', 'gif']);

/**
 * Bytes for each pixel, rounded up, as measured with pictures of 20 megapixels (decision 0163): of a JPEG in passes its
 * coefficients, of PNG and TIFF up to four colours of 16 bits, of AVIF several copies.
 */
const bytesPerPixel: Readonly<Partial<Record<FileFormat, number>>> = { avif: 19, webp: 7, gif: 7, jpeg: 7 };
const mostBytesPerPixel = 8;

/** 0 where a few lines at a time are enough, however large the picture is. */
export function heldBytes(
  format: FileFormat,
  {
    width,
    height,
    isProgressive,
    orientation = 1,
  }: Pick<Metadata, 'width' | 'height' | 'isProgressive' | 'orientation'>,
): number {
  // A JPEG is made smaller while it is read, and turned then.
  const isTurnedWhole = orientation > 1 && format !== 'jpeg';
  const isWhole = wholeFormats.has(format) || isProgressive || isTurnedWhole;
  return isWhole ? width * height * (bytesPerPixel[format] ?? mostBytesPerPixel) : 0;
}
