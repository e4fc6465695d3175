import { z } from 'zod';
import type { Box } from '../contract/places.ts';

/** Size of the picture that the model saw, in pixels. */
export type SeenSize = { readonly widthPx: number; readonly heightPx: number };

/** Models are asked for places in thousandths of the picture's width and height: whole numbers, and what most were trained on. */
export const boxScale = 1000;

/** How far beyond its scale a number may lie and still be rounding: models put the last pixel at 1001. */
const slack = 1.02;

/** Narrower or lower than this is a line and no thing, in fractions of the picture. */
const leastSide = 0.002;

/** Two opposite corners as they were given: in any order, on a scale that is not known yet. */
export type Corners = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/**
 * The places of the objects of one answer, in fractions of the picture that was sent, which is upright.
 *
 * Models answer in thousandths as they are asked, in fractions, or in pixels of what they saw, whatever they are asked;
 * one answer keeps to one scale, so it is told from the largest number of all. Corners may be swapped and may lie
 * outside: boxes are cut at the picture's edge.
 *
 * @param items objects as they stand in an answer
 * @param size of the picture that was sent; without it, pixels cannot be told
 * @returns for each item its box, or `undefined` where none can be made out: a box that is a guess is worse than none
 */
export function readBoxes(items: readonly unknown[], size: SeenSize | undefined): (Box | undefined)[] {
  const corners = items.map(findCorners);
  const given = corners.filter((each) => each !== undefined);
  const scale = findScale(given, size);
  return corners.map((each) => (each && scale ? toBox(each, scale) : undefined));
}

type Scale = { readonly x: number; readonly y: number };

/** What numbers mean: fractions, thousandths or pixels; `undefined` when they are none of these. */
export function findScale(boxes: readonly Corners[], size: SeenSize | undefined): Scale | undefined {
  const maxX = Math.max(...boxes.flatMap(({ x1, x2 }) => [x1, x2]));
  const maxY = Math.max(...boxes.flatMap(({ y1, y2 }) => [y1, y2]));
  const max = Math.max(maxX, maxY);
  if (max <= slack) return { x: 1, y: 1 };
  if (max <= boxScale * slack) return { x: boxScale, y: boxScale };
  const arePixels = size !== undefined && maxX <= size.widthPx * slack && maxY <= size.heightPx * slack;
  return arePixels ? { x: size.widthPx, y: size.heightPx } : undefined;
}

function toBox({ x1, y1, x2, y2 }: Corners, scale: Scale): Box | undefined {
  const left = toFraction(Math.min(x1, x2) / scale.x);
  const top = toFraction(Math.min(y1, y2) / scale.y);
  const width = toFraction(Math.max(x1, x2) / scale.x) - left;
  const height = toFraction(Math.max(y1, y2) / scale.y) - top;
  if (width < leastSide || height < leastSide) return undefined;
  return { x: left, y: top, width, height };
}

/** 0 to 1: what lies outside the picture is at its edge. */
export function toFraction(value: number): number {
  return Math.min(1, Math.max(0, value));
}

const number = z.number();
const fourNumbers = z.tuple([number, number, number, number]);

/** A box by its edges or corners. `xyxy` is the order of most models, `yxyx` that of Gemini's `box_2d`. */
const xyxy = fourNumbers.transform(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 }));
const yxyx = fourNumbers.transform(([y1, x1, y2, x2]) => ({ x1, y1, x2, y2 }));
const edges = z
  .object({ left: number, top: number, right: number, bottom: number })
  .transform(({ left, top, right, bottom }) => ({ x1: left, y1: top, x2: right, y2: bottom }));
const twoCorners = z.object({ x1: number, y1: number, x2: number, y2: number });
const extremes = z
  .object({ xmin: number, ymin: number, xmax: number, ymax: number })
  .transform(({ xmin, ymin, xmax, ymax }) => ({ x1: xmin, y1: ymin, x2: xmax, y2: ymax }));
const cornerAndSize = z
  .object({ x: number, y: number, width: number, height: number })
  .transform(({ x, y, width, height }) => ({ x1: x, y1: y, x2: x + width, y2: y + height }));
/** Azure AI Vision's way (AZURE §5.2). */
const cornerAndShortSize = z
  .object({ x: number, y: number, w: number, h: number })
  .transform(({ x, y, w, h }) => ({ x1: x, y1: y, x2: x + w, y2: y + h }));
/** The polygons of the old enhancements (AZURE §5.1): what holds them. */
const polygon = z
  .array(z.object({ x: number, y: number }))
  .min(3)
  .max(1_000)
  .transform((points) => ({
    x1: Math.min(...points.map(({ x }) => x)),
    y1: Math.min(...points.map(({ y }) => y)),
    x2: Math.max(...points.map(({ x }) => x)),
    y2: Math.max(...points.map(({ y }) => y)),
  }));

const anyBox = z.union([edges, twoCorners, extremes, cornerAndSize, cornerAndShortSize, xyxy, polygon]);

/** Where models put a box, beginning with the name that they are asked to use. */
const places: readonly (readonly [name: string, shape: z.ZodType<Corners>])[] = [
  ['box', anyBox],
  ['box_2d', yxyx],
  ['bbox_2d', xyxy],
  ['bbox', anyBox],
  ['boundingBox', anyBox],
  ['bounding_box', anyBox],
  ['polygon', anyBox],
  ['boundingPolygon', anyBox],
];

function findCorners(item: unknown): Corners | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const values = new Map<string, unknown>(Object.entries(item));
  for (const [name, shape] of places) {
    const corners = shape.safeParse(values.get(name));
    if (corners.success) return corners.data;
  }
  return undefined;
}
