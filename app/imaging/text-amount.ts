import {
  changesOf,
  countEdges,
  greyAt,
  windowHeight,
  windowWidth,
  type GreyPicture,
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
   * none but huge ones. Letters in usual type are about 90 ÷ the changes pixels high. `null`: not asked, since there is too
   * little text, or by an older release.
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

/** A short word in small print. */
const wordWindows = 4;
/** Beside large letters: ink so faded that it can only just be read. Noise passes here and there, and costs tokens. */
const faint: WindowLimits = { contrast: 8, grain: 0.25, edgeLevels: 4 };

/** @param picture best within a box of 512 pixels */
export function measureText(picture: GreyPicture): TextMeasure {
  const turned = turn(picture);
  const half = halve(picture);
  const share = Math.max(
    ...[picture, turned].map(lineShare),
    ...[half, turn(half)].map((smaller) => lineShare(smaller) * halfWeight),
  );
  const amount = Math.round(share * 10_000);
  if (amount < someText) return { amount, finest: null };
  return { amount, finest: Math.round(Math.max(...[picture, turned].map(mostChanges)) * 10) };
}

function lineShare(picture: GreyPicture): number {
  let inLines = 0;
  const windows = scanRows(picture, plain, (changes) => {
    if (changes.length >= lineWindows) inLines += changes.length;
  });
  return windows === 0 ? 0 : inLines / windows;
}

/** Over the width of a short word: a longer mean would hide it between gaps. */
function mostChanges(picture: GreyPicture): number {
  let most = 0;
  scanRows(picture, faint, (changes) => {
    let sum = 0;
    for (const [index, here] of changes.entries()) {
      sum += here - (changes[index - wordWindows] ?? 0); // why 0: before the first window
      if (index >= wordWindows - 1) most = Math.max(most, sum / wordWindows);
    }
  });
  return most;
}

/**
 * Goes over the windows of a picture row by row, and gives the changes of each of those that stand side by side and look like
 * text. Returns how many windows there are: 0 where the picture is narrower than a line.
 */
function scanRows(
  picture: GreyPicture,
  limits: WindowLimits,
  found: (changes: readonly number[]) => void,
): number {
  const columns = Math.floor((picture.widthPx - windowWidth) / stepX) + 1;
  const rows = Math.floor((picture.heightPx - windowHeight) / stepY) + 1;
  if (columns < lineWindows || rows < 1) return 0;
  const edges = countEdges(picture, limits);
  for (let row = 0; row < rows; row += 1) {
    let run: number[] = [];
    for (let column = 0; column < columns; column += 1) {
      const changes = changesOf(picture, edges, { left: column * stepX, top: row * stepY }, limits);
      if (changes > 0) {
        run.push(changes);
      } else if (run.length > 0) {
        found(run);
        run = [];
      }
    }
    if (run.length > 0) found(run);
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
