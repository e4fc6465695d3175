import sharp from 'sharp';
import { fitInBox, type PixelSize } from './image-size.ts';

/** Baseline JPEG of pictures side by side in cells of one size, for a pointer to go through. */
export async function joinStrip(
  pictures: readonly Uint8Array[],
  { widthPx, heightPx }: PixelSize,
  boxPx: number,
): Promise<Uint8Array> {
  const cell = fitInBox({ widthPx, heightPx }, boxPx);
  const cells = await Promise.all(
    pictures.map((picture) =>
      sharp(picture).resize(cell.widthPx, cell.heightPx, { fit: 'cover' }).removeAlpha().raw().toBuffer(),
    ),
  );
  const raw = { width: cell.widthPx, height: cell.heightPx, channels: 3 } as const;
  return sharp({
    create: { ...raw, width: cell.widthPx * pictures.length, background: { r: 0, g: 0, b: 0 } },
  })
    .composite(cells.map((input, index) => ({ input, raw, left: index * cell.widthPx, top: 0 })))
    .jpeg({ quality: 72 })
    .toBuffer();
}
