import type { PixelSize } from './image-size.ts';

/** The size of a picture when its upper side is up. @param orientation Exif 1-8 */
export function turn({ widthPx, heightPx }: PixelSize, orientation: number): PixelSize {
  return orientation > 4 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}
