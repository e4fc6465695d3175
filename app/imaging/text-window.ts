import type { PixelSize } from './image-size.ts';

/**
 * @file Whether a small window of a grey picture looks like a piece of a line of text: two tones that alternate as strokes
 * do, on paper that is even. Why these features: `app/decisions/0026-auto-detail-by-measure.md`.
 */

/** A grey picture, one byte a pixel. */
export type GreyPicture = PixelSize & { readonly pixels: Uint8Array };

/** A few letters wide, about a letter high. */
export const windowWidth = 32;
export const windowHeight = 8;
const windowPixels = windowWidth * windowHeight;

export type WindowLimits = {
  /** Between the dark and the light tone of a window at least, in grey levels. */
  readonly contrast: number;
  /** Spread of the paper at most, in parts of the contrast. */
  readonly grain: number;
  /** A neighbour so different is an edge, in grey levels. */
  readonly edgeLevels: number;
};

/** The smaller of the two tones covers so much of the window. */
const leastShare = 0.08;
/** Part of the variance that the two tones explain: 1 for ink on paper, less for anything in between. */
const leastBimodality = 0.72;

/** Changes of tone along a row of pixels: fewer are edges, more is noise. */
const fewestChanges = 5;
const mostChanges = 20;
/** So many rows of pixels of a window have at least three changes. */
const fewestRows = 3;
const changesOfARow = 3;

/** Windows with fewer edges have fewer changes than text: not looked at any closer. */
const fewestEdges = 12;

/** Sums of edges above and to the left, one more in each direction than there are pixels: any window in four look-ups. */
export function countEdges(
  { pixels, widthPx, heightPx }: GreyPicture,
  { edgeLevels }: WindowLimits,
): Uint32Array {
  const stride = widthPx + 1;
  const sums = new Uint32Array(stride * (heightPx + 1));
  let at = 0;
  let place = stride;
  for (let y = 0; y < heightPx; y += 1) {
    let inRow = 0;
    let before = greyAt(pixels, at);
    place += 1;
    for (let x = 0; x < widthPx; x += 1) {
      const here = greyAt(pixels, at);
      if (here - before >= edgeLevels || before - here >= edgeLevels) inRow += 1;
      sums[place] = sumAt(sums, place - stride) + inRow;
      before = here;
      at += 1;
      place += 1;
    }
  }
  return sums;
}

// Inside by construction. One for each kind of array: a function that has met several kinds is twice as slow.

export function greyAt(pixels: Uint8Array, index: number): number {
  return pixels[index] ?? 0;
}

function sumAt(sums: Uint32Array, index: number): number {
  return sums[index] ?? 0;
}

function countAt(counts: Uint16Array, index: number): number {
  return counts[index] ?? 0;
}

const levels = 64;
const histogram = new Uint16Array(levels);

/** What strokes of letters make of a window. */
export type Strokes = {
  /** How often the tones change along a row of pixels, the mean of the rows where they do: 5–20. */
  readonly changes: number;
  /** In so many of its eight rows. */
  readonly rows: number;
};

/** `undefined` where it does not look like text. */
export function strokesOf(
  { pixels, widthPx }: GreyPicture,
  edges: Uint32Array,
  { left, top }: { readonly left: number; readonly top: number },
  limits: WindowLimits,
): Strokes | undefined {
  const stride = widthPx + 1;
  const above = top * stride + left;
  const below = above + windowHeight * stride;
  const edgeCount =
    sumAt(edges, below + windowWidth) -
    sumAt(edges, below) -
    sumAt(edges, above + windowWidth) +
    sumAt(edges, above);
  if (edgeCount < fewestEdges) return undefined;

  histogram.fill(0);
  for (let y = top; y < top + windowHeight; y += 1) {
    for (let at = y * widthPx + left; at < y * widthPx + left + windowWidth; at += 1) {
      const level = greyAt(pixels, at) >> 2;
      histogram[level] = countAt(histogram, level) + 1;
    }
  }
  const threshold = splitTones(limits);
  return threshold === undefined ? undefined : countChanges(pixels, widthPx, left, top, threshold);
}

/** Otsu's threshold of the histogram, in levels, if there are two tones on either side of it. */
function splitTones({ contrast: leastContrast, grain: mostGrain }: WindowLimits): number | undefined {
  let total = 0;
  let squares = 0;
  for (let level = 0; level < levels; level += 1) {
    const count = countAt(histogram, level);
    total += count * level;
    squares += count * level * level;
  }
  let count = 0;
  let sum = 0;
  let squareSum = 0;
  let best = { between: 0, threshold: 0, count: 0, sum: 0, squareSum: 0 };
  for (let level = 0; level < levels - 1; level += 1) {
    const here = countAt(histogram, level);
    if (here === 0) continue;
    count += here;
    sum += here * level;
    squareSum += here * level * level;
    if (count === windowPixels) break;
    const difference = sum / count - (total - sum) / (windowPixels - count);
    const between = count * (windowPixels - count) * difference * difference;
    if (between > best.between) best = { between, threshold: level, count, sum, squareSum };
  }
  const darkShare = best.count / windowPixels;
  if (darkShare < leastShare || darkShare > 1 - leastShare) return undefined;
  const lightCount = windowPixels - best.count;
  const dark = best.sum / best.count;
  const light = (total - best.sum) / lightCount;
  const contrast = light - dark;
  if (contrast * 4 < leastContrast) return undefined;
  const variance = squares / windowPixels - (total / windowPixels) ** 2;
  if (best.between / windowPixels ** 2 < leastBimodality * variance) return undefined;
  const paper =
    best.count > lightCount
      ? best.squareSum / best.count - dark * dark
      : (squares - best.squareSum) / lightCount - light * light;
  return Math.sqrt(Math.max(0, paper)) > mostGrain * contrast ? undefined : best.threshold;
}

function countChanges(
  pixels: Uint8Array,
  widthPx: number,
  left: number,
  top: number,
  threshold: number,
): Strokes | undefined {
  let changes = 0;
  let rowsWithChanges = 0;
  for (let y = top; y < top + windowHeight; y += 1) {
    const from = y * widthPx + left;
    let inRow = 0;
    let wasDark = greyAt(pixels, from) >> 2 <= threshold;
    for (let at = from + 1; at < from + windowWidth; at += 1) {
      const isDark = greyAt(pixels, at) >> 2 <= threshold;
      if (isDark !== wasDark) inRow += 1;
      wasDark = isDark;
    }
    changes += inRow;
    if (inRow >= changesOfARow) rowsWithChanges += 1;
  }
  if (rowsWithChanges < fewestRows) return undefined;
  const perRow = changes / rowsWithChanges;
  if (perRow < fewestChanges || perRow > mostChanges) return undefined;
  return { changes: perRow, rows: rowsWithChanges };
}
