import type { Point, TextLine } from '../contract/places.ts';
import type { PixelSize } from './image-size.ts';

/** A word as the recogniser gives it. */
export type ReadWord = {
  readonly text: string;
  /** 0–100, as the recogniser thinks. */
  readonly confidence: number;
  /** In pixels of the picture that was read. */
  readonly box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
};

/** Over real photos nothing that is no text is read with so much confidence and so many letters. */
const sureConfidence = 80;
const fewestLetters = 3;
/** Part of a word's characters that are letters or digits. */
const leastLetterShare = 0.7;
/** A short word counts beside one that is sure. */
const sureShortConfidence = 90;

const lettersOf = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
const charactersOf = (text: string): number => (text.match(/\S/gu) ?? []).length;

/**
 * What can be trusted of lines that were read in a photo, each with its words; none when nothing can. Rather nothing than
 * something wrong: a fence is read as IIIIII, and leaves as anything.
 *
 * @param size of the picture that was read
 */
export function sureLines(lines: readonly (readonly ReadWord[])[], size: PixelSize): TextLine[] {
  return lines.flatMap((line) => {
    const words = sureWords(line);
    if (words.length === 0) return [];
    const boxes = words.map(({ box }) => box);
    const around = {
      x0: Math.min(...boxes.map(({ x0 }) => x0)),
      y0: Math.min(...boxes.map(({ y0 }) => y0)),
      x1: Math.max(...boxes.map(({ x1 }) => x1)),
      y1: Math.max(...boxes.map(({ y1 }) => y1)),
    };
    return [
      {
        text: words.map(({ text }) => text.trim()).join(' '),
        polygon: toPolygon(around, size),
        words: words.map(({ text, box, confidence }) => ({
          text: text.trim(),
          polygon: toPolygon(box, size),
          confidence: Math.min(1, confidence / 100),
        })),
      },
    ];
  });
}

function sureWords(line: readonly ReadWord[]): ReadWord[] {
  return line.some(isSure) ? line.filter((word) => isSure(word) || isSureShort(word)) : [];
}

function toPolygon({ x0, y0, x1, y1 }: ReadWord['box'], { widthPx, heightPx }: PixelSize): Point[] {
  const [left, right] = [x0 / widthPx, x1 / widthPx];
  const [top, bottom] = [y0 / heightPx, y1 / heightPx];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

function isSure({ text, confidence }: ReadWord): boolean {
  const letters = lettersOf(text);
  const isRepeated = /^(.)\1+$/u.test(text.trim());
  return (
    confidence >= sureConfidence &&
    letters >= fewestLetters &&
    letters >= charactersOf(text) * leastLetterShare &&
    !isRepeated
  );
}

function isSureShort({ text, confidence }: ReadWord): boolean {
  return confidence >= sureShortConfidence && /^[\p{L}\p{N}]{1,2}$/u.test(text.trim());
}
