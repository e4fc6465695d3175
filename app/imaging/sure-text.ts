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
  return joinPieces(lines).flatMap((line) => {
    const words = sureWords(line);
    if (words.length === 0) return [];
    const around = boxAround(words);
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

/** Of the lower box's height: words stand further apart, and letters of one word nearer. */
const widestSeam = 0.15;
/** Of the lower box's height: so much of it is beside the other. */
const leastBeside = 0.7;

/** A word that the recogniser took for pieces of two lines (HAR and BOUR), as boards before a busy background are, is one again. */
function joinPieces(lines: readonly (readonly ReadWord[])[]): readonly (readonly ReadWord[])[] {
  const joined: (readonly ReadWord[])[] = [];
  const rest = lines.filter(({ length }) => length > 0);
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    const [first, last] = [line[0], line.at(-1)];
    const after = rest.findIndex((other) => areOne(last, other[0]));
    const before = after === -1 ? rest.findIndex((other) => areOne(other.at(-1), first)) : -1;
    const [other] = after !== -1 ? rest.splice(after, 1) : before !== -1 ? rest.splice(before, 1) : [];
    if (other === undefined) joined.push(line);
    // Looked at once more, where it stood: a third piece may follow.
    else rest.unshift(after === -1 ? joinLines(other, line) : joinLines(line, other));
  }
  return joined;
}

function areOne(left: ReadWord | undefined, right: ReadWord | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  const heightOf = ({ box }: ReadWord): number => box.y1 - box.y0;
  const lower = Math.min(heightOf(left), heightOf(right));
  const seam = right.box.x0 - left.box.x1;
  const beside = Math.min(left.box.y1, right.box.y1) - Math.max(left.box.y0, right.box.y0);
  return Math.abs(seam) <= widestSeam * lower && beside >= leastBeside * lower;
}

function joinLines(left: readonly ReadWord[], right: readonly ReadWord[]): ReadWord[] {
  const [begin, end] = [left.at(-1), right[0]];
  if (begin === undefined || end === undefined) return [...left, ...right];
  const whole = {
    text: `${begin.text.trim()}${end.text.trim()}`,
    confidence: Math.min(begin.confidence, end.confidence),
    box: boxAround([begin, end]),
  };
  return [...left.slice(0, -1), whole, ...right.slice(1)];
}

function boxAround(words: readonly ReadWord[]): ReadWord['box'] {
  const boxes = words.map(({ box }) => box);
  return {
    x0: Math.min(...boxes.map(({ x0 }) => x0)),
    y0: Math.min(...boxes.map(({ y0 }) => y0)),
    x1: Math.max(...boxes.map(({ x1 }) => x1)),
    y1: Math.max(...boxes.map(({ y1 }) => y1)),
  };
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
