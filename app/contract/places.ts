import { z } from 'zod';

/** Where things and words are in a picture: one measure, whatever the source. */

/** Where something is, in fractions (0–1) of the oriented picture. */
export const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof box>;

/** Rounding of fractions that were computed from pixels. */
const tolerance = 1e-6;

/** One that somebody may give us. */
export const insideBox = box.refine(
  ({ x, y, width, height }) =>
    x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + tolerance && y + height <= 1 + tolerance,
  { message: 'It does not lie inside the picture.' },
);

export const detectedObject = z.object({
  label: z.string(),
  box: box.optional(),
  /** 0–1. */
  confidence: z.number().optional(),
});
export type DetectedObject = z.infer<typeof detectedObject>;

/** In fractions (0–1) of the oriented picture. */
export const point = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof point>;

/**
 * A piece of text and where it stands: its outline, from where the text begins, clockwise as it is read, so that text that stands
 * askew or upside down is known to.
 */
export const placedText = z.object({
  text: z.string(),
  polygon: z.array(point).min(3),
  /** 0–1. */
  confidence: z.number().optional(),
});
export type PlacedText = z.infer<typeof placedText>;

/** A line of recognised text, with its words where they are known. */
export const textLine = placedText.extend({ words: z.array(placedText).optional() });
export type TextLine = z.infer<typeof textLine>;

/** The part of a picture that a thumbnail of this shape should show. */
export const cropFocus = z.object({
  /** Width ÷ height. */
  aspect: z.number().positive(),
  box,
});
export type CropFocus = z.infer<typeof cropFocus>;
