import { z } from 'zod';
import type { CropFocus, PlacedText, Point, TextLine } from '../contract/places.ts';
import { findScale, readBoxes, toFraction, type Corners, type SeenSize } from './object-boxes.ts';

/** A page has some hundred lines; a model that repeats itself goes on for ever. */
const mostLines = 500;
const mostWords = 100;

const polygon = z
  .array(z.object({ x: z.number(), y: z.number() }))
  .min(3)
  .max(64);
const anyPolygon = z.record(z.string(), z.unknown()).transform((item, context) => {
  const found = [item['polygon'], item['boundingPolygon']].map((value) => polygon.safeParse(value));
  const points = found.find(({ success }) => success)?.data;
  if (points !== undefined) return points;
  context.addIssue('no polygon');
  return z.NEVER;
});

const named = z.object({ text: z.string().max(2_000) });
const sure = z.number().min(0).max(1);

/** A line or a word as it stands in an answer: its outline on a scale that is not known yet. */
type Given = {
  readonly text: string;
  readonly points: readonly Point[] | undefined;
  readonly item: unknown;
  readonly confidence: number | undefined;
};

/**
 * Where the text of an answer stands. Outlines and boxes are taken as those of objects are: in fractions, thousandths or pixels,
 * and all of them on the same scale. A line whose place cannot be made out is left out.
 *
 * @param size of the picture that was sent; without it, pixels cannot be told
 */
export function readTextLines(value: unknown, size: SeenSize | undefined): TextLine[] {
  if (!Array.isArray(value)) return [];
  const lines = value
    .slice(0, mostLines)
    .map((item: unknown) => ({ line: toGiven(item), words: wordsOf(item) }));
  const all = lines.flatMap(({ line, words }) => [...(line === undefined ? [] : [line]), ...words]);
  const outlines = all.flatMap(({ points }) => (points === undefined ? [] : [cornersOf(points)]));
  const scale = findScale(outlines, size);
  const boxes = new Map(
    readBoxes(
      all.map(({ item }) => item),
      size,
    ).map((box, index) => [all[index], box]),
  );
  const place = (given: Given): PlacedText | undefined => {
    const box = boxes.get(given);
    const points =
      given.points !== undefined && scale !== undefined
        ? given.points.map(({ x, y }) => ({ x: toFraction(x / scale.x), y: toFraction(y / scale.y) }))
        : box === undefined
          ? undefined
          : toPolygon(box);
    if (points === undefined || given.text === '') return undefined;
    const { text, confidence } = given;
    return { text, polygon: points, ...(confidence === undefined ? {} : { confidence }) };
  };
  return lines.flatMap(({ line, words }) => {
    const placed = line && place(line);
    if (placed === undefined) return [];
    const placedWords = words.flatMap((word) => place(word) ?? []);
    return [placedWords.length === 0 ? placed : { ...placed, words: placedWords }];
  });
}

const focus = z.object({
  aspect: z.number().min(0.1).max(10),
  box: z.object({
    x: sure,
    y: sure,
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  }),
});

/** Only our own reader of Image Analysis gives these, in fractions. */
export function readCrops(value: unknown): CropFocus[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 8).flatMap((item: unknown) => focus.safeParse(item).data ?? []);
}

function wordsOf(item: unknown): Given[] {
  const words = z.object({ words: z.array(z.unknown()) }).safeParse(item).data?.words ?? [];
  return words.slice(0, mostWords).flatMap((word) => toGiven(word) ?? []);
}

function toGiven(item: unknown): Given | undefined {
  const text = named.safeParse(item).data?.text;
  if (text === undefined) return undefined;
  const confidence = z.object({ confidence: sure }).safeParse(item).data?.confidence;
  return { text: cleanLine(text), points: anyPolygon.safeParse(item).data, item, confidence };
}

/** What is shown over a photo and copied from it is text of one line, and nothing that a terminal or a page obeys. */
function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function cornersOf(points: readonly Point[]): Corners {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

function toPolygon({ x, y, width, height }: CropFocus['box']): Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}
