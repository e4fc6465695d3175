import {
  countEdges,
  greyAt,
  strokesOf,
  windowHeight,
  windowWidth,
  type GreyPicture,
  type Strokes,
  type WindowLimits,
} from './text-window.ts';

/**
 * How much of a picture looks like lines of text, or like other fine structure of two tones, and how fine it is, by its
 * thumbnail alone: cheap enough for every photo, and made of pixels that were decoded anyway. It finds where closer looks are
 * worth it, and reads nothing. Why these features, and what they tell apart, is in
 * `app/decisions/0026-auto-detail-by-measure.md` and `0167-large-letters-take-fewer-pixels.md`.
 */

export type TextMeasure = {
  /**
   * In parts of 10 000: the share of windows that are in a line, of the thumbnail and of its half, whichever is more, upright
   * or turned by a quarter.
   */
  readonly amount: number;
  /**
   * Of the smallest letters: changes of tone along 32 pixels of a box of 512, in tenths, 50–200; 0 where there are none, or
   * none but huge ones. Letters in usual type are about 90 ÷ the changes pixels high. `null`: not known, since there is too
   * little text, its letters fill no line's windows (small ones, Arabic), or an older release looked.
   */
  readonly finest: number | null;
};

/** From this amount on there is text to be read, or structure as fine as that. */
export const someText = 65;

const stepX = 8;
const stepY = 4;

/** So many neighbouring windows in a row are a line: leaves and gravel change their tones sooner. */
const lineWindows = 8;
/** Ink on paper. */
const plain: WindowLimits = { contrast: 35, grain: 0.22, edgeLevels: 14 };

/** Large letters are as small as others in a picture of half the size; what is found there covers more of it. */
const halfWeight = 0.35;

/** Letters of eight pixels or more are in nearly all rows of the windows through their middle. */
const tallRows = 7.5;

/** A short word in small print. */
const wordWindows = 4;
/** Beside large letters: ink so faded that it can only just be read. Noise passes here and there, and costs tokens. */
const faint: WindowLimits = { contrast: 8, grain: 0.25, edgeLevels: 4 };

/** @param picture best within a box of 512 pixels */
export function measureText(picture: GreyPicture): TextMeasure {
  const turned = turn(picture);
  const half = halve(picture);
  const [upright, across] = [findLines(picture), findLines(turned)];
  const smaller = [half, turn(half)].map((one) => findLines(one).share * halfWeight);
  const amount = Math.round(Math.max(upright.share, across.share, ...smaller) * 10_000);
  const { tallest } = upright.share >= across.share ? upright : across;
  if (amount < someText || tallest < tallRows) return { amount, finest: null };
  return { amount, finest: Math.round(Math.max(...[picture, turned].map(mostChanges)) * 10) };
}

/** The share of windows that are in a line, and in how many of their rows the letters of the tallest line are. */
function findLines(picture: GreyPicture): { readonly share: number; readonly tallest: number } {
  let inLines = 0;
  let tallest = 0;
  const windows = scanRows(picture, plain, (line) => {
    if (line.length < lineWindows) return;
    inLines += line.length;
    tallest = Math.max(tallest, line.reduce((sum, { rows }) => sum + rows, 0) / line.length);
  });
  return { share: windows === 0 ? 0 : inLines / windows, tallest };
}

/** Over the width of a short word: a longer mean would hide it between gaps. */
function mostChanges(picture: GreyPicture): number {
  let most = 0;
  scanRows(picture, faint, (line) => {
    let sum = 0;
    for (const [index, { changes }] of line.entries()) {
      sum += changes - (line[index - wordWindows]?.changes ?? 0); // why 0: before the first window
      if (index >= wordWindows - 1) most = Math.max(most, sum / wordWindows);
    }
  });
  return most;
}

/**
 * Goes over the windows of a picture row by row, and gives those that stand side by side and look like text. Returns how many windows there are: 0 where the picture is narrower than a line.
 */
function scanRows(
  picture: GreyPicture,
  limits: WindowLimits,
  found: (line: readonly Strokes[]) => void,
): number {
  const columns = Math.floor((picture.widthPx - windowWidth) / stepX) + 1;
  const rows = Math.floor((picture.heightPx - windowHeight) / stepY) + 1;
  if (columns < lineWindows || rows < 1) return 0;
  const edges = countEdges(picture, limits);
  for (let row = 0; row < rows; row += 1) {
    let line: Strokes[] = [];
    for (let column = 0; column < columns; column += 1) {
      const strokes = strokesOf(picture, edges, { left: column * stepX, top: row * stepY }, limits);
      if (strokes !== undefined) {
        line.push(strokes);
      } else if (line.length > 0) {
        found(line);
        line = [];
      }
    }
    if (line.length > 0) found(line);
  }
  return columns * rows;
}

function halve({ pixels, widthPx, heightPx }: GreyPicture): GreyPicture {
  const width = widthPx >> 1;
  const height = heightPx >> 1;
  const half = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 2 * y * widthPx + 2 * x;
      const below = at + widthPx;
      half[y * width + x] =
        (greyAt(pixels, at) +
          greyAt(pixels, at + 1) +
          greyAt(pixels, below) +
          greyAt(pixels, below + 1) +
          2) >>
        2;
    }
  }
  return { pixels: half, widthPx: width, heightPx: height };
}

/** By a quarter, mirrored: lines that ran down run across. */
function turn({ pixels, widthPx, heightPx }: GreyPicture): GreyPicture {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) turned[x * heightPx + y] = greyAt(pixels, y * widthPx + x);
  }
  return { pixels: turned, widthPx: heightPx, heightPx: widthPx };
}
