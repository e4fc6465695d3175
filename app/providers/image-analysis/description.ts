import { z } from 'zod';
import type { Box, CropFocus, DetectedObject, TextLine } from '../../contract/places.ts';

/**
 * What Image Analysis says of a picture, in the shape of a model's answer. Coordinates are pixels of the picture that was sent
 * (AZURE §5.2), and become fractions here, where its size is known for sure; no scale is guessed.
 */
export type AnalysedPicture = {
  caption?: string;
  altText?: string;
  keywords?: string[];
  recognizedText?: string;
  textLines?: TextLine[];
  objects?: DetectedObject[];
  crops?: CropFocus[];
};

/** The service lists everything that it has a notion of; below these it is mostly wrong. */
const leastConfidence = { tag: 0.75, object: 0.5, person: 0.5, place: 0.5 } as const;

/** Two boxes are the same thing from here on: what they share, of what both cover. */
const samePlace = 0.5;
const people = /^(person|man|woman|boy|girl|child|people)$/i;

/** A dense caption of nearly everything is the caption once more. */
const wholePicture = 0.9;

const pixels = z.number();
const pixelBox = z.object({ x: pixels, y: pixels, w: pixels, h: pixels });
const polygon = z
  .array(z.object({ x: pixels, y: pixels }))
  .min(3)
  .max(64);
const confidence = z.number().min(0).max(1);
/** Items that are none are left out, and do not take the others with them. */
const listOf = <Schema extends z.ZodType>(item: Schema) =>
  z.object({ values: z.array(z.union([item, z.unknown().transform(() => undefined)])) }).optional();

const analysis = z.object({
  metadata: z.object({ width: z.number().positive(), height: z.number().positive() }),
  captionResult: z.object({ text: z.string() }).optional(),
  denseCaptionsResult: listOf(z.object({ text: z.string(), confidence, boundingBox: pixelBox })),
  tagsResult: listOf(z.object({ name: z.string(), confidence })),
  objectsResult: listOf(
    z.object({
      boundingBox: pixelBox,
      tags: z.array(z.object({ name: z.string(), confidence })).min(1),
    }),
  ),
  readResult: z
    .object({
      blocks: z.array(
        z.object({
          lines: z.array(
            z.object({
              text: z.string(),
              boundingPolygon: polygon,
              words: z.array(z.object({ text: z.string(), boundingPolygon: polygon, confidence })).catch([]),
            }),
          ),
        }),
      ),
    })
    .optional(),
  peopleResult: listOf(z.object({ boundingBox: pixelBox, confidence })),
  smartCropsResult: listOf(z.object({ aspectRatio: z.number().positive(), boundingBox: pixelBox })),
});
type Analysis = z.infer<typeof analysis>;

/** @returns `undefined` when it is no analysis */
export function toDescription(result: unknown): AnalysedPicture | undefined {
  const read = analysis.safeParse(result);
  if (!read.success) return undefined;
  const { captionResult, tagsResult, readResult, smartCropsResult, metadata } = read.data;
  const said: AnalysedPicture = {};
  if (captionResult !== undefined) said.caption = capitalize(captionResult.text);
  const altText = toAltText(read.data);
  if (altText !== undefined) said.altText = altText;
  if (tagsResult !== undefined) {
    said.keywords = present(tagsResult.values)
      .filter((tag) => tag.confidence >= leastConfidence.tag)
      .map(({ name }) => name);
  }
  if (readResult !== undefined) {
    said.textLines = toLines(read.data);
    said.recognizedText = said.textLines.map(({ text }) => text).join('\n');
  }
  const objects = toObjects(read.data);
  if (objects !== undefined) said.objects = objects;
  if (smartCropsResult !== undefined) {
    said.crops = present(smartCropsResult.values).flatMap(({ aspectRatio, boundingBox }) => {
      const box = toBox(boundingBox, metadata);
      return box === undefined ? [] : [{ aspect: aspectRatio, box }];
    });
  }
  return said;
}

function toObjects({
  objectsResult,
  peopleResult,
  denseCaptionsResult,
  metadata,
}: Analysis): DetectedObject[] | undefined {
  if (objectsResult === undefined && peopleResult === undefined) return undefined;
  const objects = present(objectsResult?.values).flatMap(({ tags, boundingBox }) => {
    const tag = tags.toSorted((one, other) => other.confidence - one.confidence)[0];
    return placed(
      tag?.name ?? '',
      tag?.confidence ?? 0,
      leastConfidence.object,
      toBox(boundingBox, metadata),
    ); // why 0: there is one
  });
  // Whoever was named among the objects is not named twice.
  const known = objects.filter(({ label }) => people.test(label));
  const persons = present(peopleResult?.values)
    .flatMap((person) =>
      placed('person', person.confidence, leastConfidence.person, toBox(person.boundingBox, metadata)),
    )
    .filter(({ box }) => !known.some((other) => overlap(box, other.box) >= samePlace));
  const places = present(denseCaptionsResult?.values)
    .flatMap(({ text, confidence: sure, boundingBox }) =>
      placed(text, sure, leastConfidence.place, toBox(boundingBox, metadata)),
    )
    .filter(({ box }) => box.width * box.height < wholePicture);
  return [...objects, ...persons, ...places];
}

function placed(
  label: string,
  sure: number,
  least: number,
  box: Box | undefined,
): { label: string; confidence: number; box: Box }[] {
  return box === undefined || sure < least ? [] : [{ label, confidence: sure, box }];
}

/** What is in the picture, and after it what the service says of its parts: it writes no alt text of its own. */
function toAltText({ captionResult, denseCaptionsResult }: Analysis): string | undefined {
  if (captionResult === undefined) return undefined;
  const parts = present(denseCaptionsResult?.values)
    .filter((part) => part.confidence >= leastConfidence.place)
    .map(({ text }) => text);
  const others = [...new Set(parts)].filter((text) => text !== captionResult.text);
  const first = others.filter(
    (_, index) => [captionResult.text, ...others.slice(0, index + 1)].join('; ').length <= mostAltText,
  );
  return capitalize([captionResult.text, ...first].join('; '));
}

/** As long as an alt text may be (`captioning/prompt.ts`). */
const mostAltText = 125;

function toLines({ readResult, metadata }: Analysis): TextLine[] {
  const toPoints = (points: readonly { x: number; y: number }[]) =>
    points.map(({ x, y }) => ({ x: fraction(x, metadata.width), y: fraction(y, metadata.height) }));
  return (readResult?.blocks ?? []).flatMap(({ lines }) =>
    lines.map(({ text, boundingPolygon, words }) => ({
      text,
      polygon: toPoints(boundingPolygon),
      words: words.map((word) => ({
        text: word.text,
        polygon: toPoints(word.boundingPolygon),
        confidence: word.confidence,
      })),
    })),
  );
}

/** In fractions, and cut off at the picture's edges; `undefined` when nothing of it is inside. */
function toBox(
  { x, y, w, h }: z.infer<typeof pixelBox>,
  { width, height }: Analysis['metadata'],
): Box | undefined {
  const left = fraction(x, width);
  const top = fraction(y, height);
  const box = {
    x: left,
    y: top,
    width: fraction(x + w, width) - left,
    height: fraction(y + h, height) - top,
  };
  return box.width > 0 && box.height > 0 ? box : undefined;
}

function fraction(value: number, whole: number): number {
  return Math.min(1, Math.max(0, value / whole));
}

/** 0–1: the same place is 1. */
function overlap(one: Box, other: Box | undefined): number {
  if (other === undefined) return 0;
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (one.width * one.height + other.width * other.height - shared);
}

function present<Item>(values: readonly (Item | undefined)[] | undefined): Item[] {
  return (values ?? []).filter((value) => value !== undefined) as Item[]; // why: what is undefined was left out
}

function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
