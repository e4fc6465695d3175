import type { Box, CropFocus, DetectedObject, Point } from '../contract/places.ts';

/** A thing that fills so much of the picture says nothing of where to look. */
const nearlyAll = 0.8;

/**
 * What should be seen of a picture where there is room for a part of it: the middle of what somebody chose for a square, else of
 * the largest thing that was found in it; `null` when nobody knows. In fractions of the picture. Pure.
 */
export function focusOf(
  crops: readonly CropFocus[] | undefined,
  objects: readonly DetectedObject[],
): Point | null {
  const square = crops?.toSorted((one, other) => squareness(one) - squareness(other))[0]?.box;
  const boxes = objects.flatMap(({ box }) => (box === undefined || areaOf(box) > nearlyAll ? [] : [box]));
  const largest = boxes.toSorted((one, other) => areaOf(other) - areaOf(one))[0];
  const box = square ?? largest;
  return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function squareness({ aspect }: CropFocus): number {
  return Math.abs(Math.log(aspect));
}

function areaOf({ width, height }: Box): number {
  return width * height;
}
