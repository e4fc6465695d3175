import type { Box } from '../contract/places.ts';
import type { PixelSize } from './image-size.ts';

/** A part of a picture in its own pixels, after orientation. */
export type PixelBox = PixelSize & { readonly leftPx: number; readonly topPx: number };

/** The pixels that a crop in fractions means: every one that it touches by half, at least one, none outside. */
export function toPixelBox({ widthPx, heightPx }: PixelSize, crop: Box): PixelBox {
  const [leftPx, rightPx] = span(crop.x, crop.width, widthPx);
  const [topPx, bottomPx] = span(crop.y, crop.height, heightPx);
  return { leftPx, topPx, widthPx: rightPx - leftPx, heightPx: bottomPx - topPx };
}

function span(from: number, length: number, sizePx: number): readonly [number, number] {
  const startPx = Math.min(Math.max(0, Math.round(from * sizePx)), sizePx - 1);
  const endPx = Math.min(Math.max(startPx + 1, Math.round((from + length) * sizePx)), sizePx);
  return [startPx, endPx];
}
