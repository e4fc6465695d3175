import type { Box } from '../../app/contract/places.ts';
import type { Point, Size } from './zoom.ts';

/** A part of a photo that a question is about, in fractions (0–1) of the oriented picture. Pure. */

/** Too small a part shows nothing. */
const leastPx = 16;

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The part between two points, which may lie outside; never smaller than a few pixels. */
export function regionBetween(one: Point, other: Point, picture: Size): Box {
  const leastWidth = Math.min(1, leastPx / picture.width);
  const leastHeight = Math.min(1, leastPx / picture.height);
  const left = clamp(Math.min(one.x, other.x), 0, 1 - leastWidth);
  const top = clamp(Math.min(one.y, other.y), 0, 1 - leastHeight);
  const right = clamp(Math.max(one.x, other.x), left + leastWidth, 1);
  const bottom = clamp(Math.max(one.y, other.y), top + leastHeight, 1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The whole part somewhere else, inside the picture. */
export function moveRegion(region: Box, by: Point): Box {
  return {
    ...region,
    x: clamp(region.x + by.x, 0, 1 - region.width),
    y: clamp(region.y + by.y, 0, 1 - region.height),
  };
}

/** With its lower right corner moved. */
export function resizeRegion(region: Box, by: Point, picture: Size): Box {
  const start = { x: region.x, y: region.y };
  const end = {
    x: Math.max(region.x, region.x + region.width + by.x),
    y: Math.max(region.y, region.y + region.height + by.y),
  };
  return regionBetween(start, end, picture);
}

/** Where a part is taken hold of: its corners and its edges, by the points of the compass. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof handles)[number];

/** With one of its corners or edges moved; dragged beyond the opposite one, it turns over. */
export function dragRegion(region: Box, handle: Handle, by: Point, picture: Size): Box {
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  return regionBetween(
    {
      x: region.x + (handle.includes('w') ? by.x : 0),
      y: region.y + (handle.includes('n') ? by.y : 0),
    },
    {
      x: right + (handle.includes('e') ? by.x : 0),
      y: bottom + (handle.includes('s') ? by.y : 0),
    },
    picture,
  );
}

/** In pixels of the photo. */
export function pixelsOf(region: Box, picture: Size): Size {
  return {
    width: Math.round(region.width * picture.width),
    height: Math.round(region.height * picture.height),
  };
}
