import { findColors } from './colors.ts';
import { openPicture } from './decoder.ts';

/** The mean of all pixels of a picture, 0xRRGGBB. Throws whatever the decoder throws. */
export async function averageColorOf(picture: Uint8Array): Promise<number> {
  const pixels = await openPicture(picture).resize(16, 16, { fit: 'fill' }).raw().toBuffer();
  return findColors(pixels).average;
}
