import type { Box } from '../contract/places.ts';
import { AppError } from '../platform/errors.ts';

/** A part of a photo as a person wrote it. */
export type WrittenCrop = Box & { readonly unit: 'pixels' | 'fractions' };

const example = 'such as 100,200,400,300 in pixels or 0.1,0.2,0.4,0.3 in fractions of the picture';

/**
 * Reads `X,Y,WIDTH,HEIGHT`. Four numbers of at most 1 are fractions, whole numbers are pixels of the upright picture.
 *
 * @throws {AppError} `invalid-input` for anything else.
 */
export function parseCrop(text: string): WrittenCrop {
  const parts = text.trim().split(/\s*[,;]\s*|\s+/);
  const [x, y, width, height] = parts.map((part) =>
    /^(?:\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})$/.test(part) ? Number(part) : undefined,
  );
  if (
    parts.length !== 4 ||
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined
  ) {
    throw new AppError('invalid-input', { reason: `“${text}” is no crop X,Y,WIDTH,HEIGHT, ${example}.` });
  }
  const areFractions = [x, y, width, height].every((value) => value <= 1);
  if (!areFractions && parts.some((part) => part.includes('.'))) {
    throw new AppError('invalid-input', {
      reason: `“${text}” mixes pixels and fractions. Write a crop ${example}.`,
    });
  }
  if (width === 0 || height === 0) {
    throw new AppError('invalid-input', {
      reason: `“${text}” is empty: its width and height must be more than 0.`,
    });
  }
  return { x, y, width, height, unit: areFractions ? 'fractions' : 'pixels' };
}

/**
 * In fractions of a picture of this size.
 *
 * @throws {AppError} `invalid-input` when it goes beyond the picture.
 */
export function toFractions(
  { unit, x, y, width, height }: WrittenCrop,
  picture: { readonly widthPx: number; readonly heightPx: number },
): Box {
  const { widthPx, heightPx } = unit === 'pixels' ? picture : { widthPx: 1, heightPx: 1 };
  if (x + width > widthPx + 1e-9 || y + height > heightPx + 1e-9) {
    throw new AppError('invalid-input', {
      reason: `The crop ${[x, y, width, height].join(',')} goes beyond the picture, which is ${picture.widthPx} × ${picture.heightPx} pixels.`,
    });
  }
  return { x: x / widthPx, y: y / heightPx, width: width / widthPx, height: height / heightPx };
}
