import type { PixelSize } from './image-size.ts';

/**
 * How much of a picture looks like lines of text, or like other fine structure of two tones, by its thumbnail alone: cheap
 * enough for every photo, and made of pixels that were decoded anyway. It finds where closer looks are worth it, and reads
 * nothing. Why these features, and what they tell apart, is in `app/decisions/0026-auto-detail-by-measure.md`.
 */

/** A grey picture, one byte a pixel. */
export type GreyPicture = PixelSize & { readonly pixels: Uint8Array };

/** A piece of a line: a few letters wide, about a letter high. */
const windowWidth = 32;
const windowHeight = 8;
const stepX = 8;
const stepY = 4;
const windowPixels = windowWidth * windowHeight;

/** So many neighbouring windows in a row are a line: leaves and gravel change their tones sooner. */
const lineWindows = 8;

/** Between the dark and the light tone of a window, in grey levels. */
const leastContrast = 35;
/** The smaller of the two tones covers so much of the window. */
const leastShare = 0.08;
/** Part of the variance that the two tones explain: 1 for ink on paper, less for anything in between. */
const leastBimodality = 0.72;
/** Spread of the paper, in parts of the contrast. */
const mostGrain = 0.22;
/** Changes of tone along a row of pixels: fewer are edges, more is noise. */
const fewestChanges = 5;
const mostChanges = 20;
/** So many rows of pixels of a window have at least three changes. */
const fewestRows = 3;
const changesOfARow = 3;

/** A neighbour so different is an edge. */
const edgeLevels = 14;
/** Windows with fewer edges have fewer changes than text: not looked at any closer. */
const fewestEdges = 12;

/** Large letters are as small as others in a picture of half the size; what is found there covers more of it. */
const halfWeight = 0.35;

/**
 * In parts of 10 000: the share of windows that are in a line, of the thumbnail and of its half, whichever is more, upright
 * or turned by a quarter.
 *
 * @param picture best within a box of 512 pixels
 */
export function textAmount(picture: GreyPicture): number {
  const half = halve(picture);
  const share = Math.max(
    ...[picture, turn(picture)].map(lineShare),
    ...[half, turn(half)].map((smaller) => lineShare(smaller) * halfWeight),
  );
  return Math.round(share * 10_000);
}

function lineShare(picture: GreyPicture): number {
  const { widthPx, heightPx } = picture;
  const columns = Math.floor((widthPx - windowWidth) / stepX) + 1;
  const rows = Math.floor((heightPx - windowHeight) / stepY) + 1;
  if (columns < lineWindows || rows < 1) return 0;
  const edges = countEdges(picture);
  let inLines = 0;
  for (let row = 0; row < rows; row += 1) {
    let run = 0;
    for (let column = 0; column <= columns; column += 1) {
      const isText = column < columns && looksLikeText(picture, edges, column * stepX, row * stepY);
      if (isText) {
        run += 1;
      } else {
        if (run >= lineWindows) inLines += run;
        run = 0;
      }
    }
  }
  return inLines / (columns * rows);
}

/** Sums of edges above and to the left, one more in each direction than there are pixels: any window in four look-ups. */
function countEdges({ pixels, widthPx, heightPx }: GreyPicture): Uint32Array {
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

function greyAt(pixels: Uint8Array, index: number): number {
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

function looksLikeText(
  { pixels, widthPx }: GreyPicture,
  edges: Uint32Array,
  left: number,
  top: number,
): boolean {
  const stride = widthPx + 1;
  const above = top * stride + left;
  const below = above + windowHeight * stride;
  const edgeCount =
    sumAt(edges, below + windowWidth) -
    sumAt(edges, below) -
    sumAt(edges, above + windowWidth) +
    sumAt(edges, above);
  if (edgeCount < fewestEdges) return false;

  histogram.fill(0);
  for (let y = top; y < top + windowHeight; y += 1) {
    for (let at = y * widthPx + left; at < y * widthPx + left + windowWidth; at += 1) {
      const level = greyAt(pixels, at) >> 2;
      histogram[level] = countAt(histogram, level) + 1;
    }
  }
  const tones = splitTones();
  return tones !== undefined && hasLetters(pixels, widthPx, left, top, tones);
}

/** Otsu's threshold of the histogram, in levels, if there are two tones on either side of it. */
function splitTones(): number | undefined {
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

/** The tones alternate along rows of pixels as strokes of letters do. */
function hasLetters(
  pixels: Uint8Array,
  widthPx: number,
  left: number,
  top: number,
  threshold: number,
): boolean {
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
  if (rowsWithChanges < fewestRows) return false;
  const perRow = changes / rowsWithChanges;
  return perRow >= fewestChanges && perRow <= mostChanges;
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
