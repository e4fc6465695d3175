import type { Metadata } from 'sharp';
import { openPicture } from './decoder.ts';
import type { PixelSize } from './image-size.ts';

/**
 * The camera's own small picture (Exif, usually 160 × 120) made fit to stand in for the photo: without the black bars
 * with which cameras fill it up to their usual shape, upright, and without metadata.
 *
 * @param orientation Exif 1–8, of the photo
 * @param size of the photo, after orientation, where it is known
 * @throws whatever the decoder throws at a picture that is none
 */
export async function toUprightThumbnail(
  bytes: Uint8Array,
  orientation: number,
  size: PixelSize | undefined,
): Promise<Uint8Array> {
  const found = await openPicture(bytes).metadata();
  const area = areaOf(found, orientation, size);
  const cut = openPicture(bytes).extract(area);
  // Only a picture that says how it lies is turned; so it is told.
  const lying = await cut.withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
  return openPicture(lying).jpeg({ quality: 80 }).toBuffer();
}

type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** The middle of the small picture that has the photo's shape. */
function areaOf({ width, height }: Metadata, orientation: number, size: PixelSize | undefined): Area {
  if (size === undefined) return { left: 0, top: 0, width, height };
  const isTurned = orientation >= 5;
  const aspect = isTurned ? size.heightPx / size.widthPx : size.widthPx / size.heightPx;
  const cutWidth = Math.max(1, Math.min(width, Math.round(height * aspect)));
  const cutHeight = Math.max(1, Math.min(height, Math.round(width / aspect)));
  return {
    left: Math.floor((width - cutWidth) / 2),
    top: Math.floor((height - cutHeight) / 2),
    width: cutWidth,
    height: cutHeight,
  };
}
