import { dayOf, monthOfDay } from './calendar.ts';

/**
 * Where every photo of the grid is: rows of one height each, filled from edge to edge, without cutting a photo. Months begin
 * anew under a heading; within a month days follow each other without a gap, and a strip above a row has room for the names
 * of the days that begin in it. On typed arrays, since a million photos are laid out anew whenever the window's width or the
 * size of the photos changes. All lengths are in CSS pixels.
 */
export type GridLayout = {
  readonly count: number;
  readonly rowCount: number;
  /** The first photo of each row, and the number of photos behind the last. */
  readonly firsts: Uint32Array;
  /** Upper edge of each row's photos. */
  readonly tops: Float64Array;
  readonly heights: Float32Array;
  /** 1 where names of days stand above the row. */
  readonly hasDays: Uint8Array;
  readonly months: readonly GridMonth[];
  readonly heightPx: number;
  readonly sizes: GridSizes;
};

export type GridMonth = {
  /** See `calendar.ts`. */
  readonly month: number;
  /** Index of its first photo, and of its first row. */
  readonly first: number;
  readonly firstRow: number;
  /** Upper edge of its heading. */
  readonly topPx: number;
  readonly photos: number;
};

export type GridSizes = {
  readonly widthPx: number;
  /** The height that rows aim at. */
  readonly rowHeightPx: number;
  readonly gapPx: number;
  /** Height of a month's heading. */
  readonly monthPx: number;
  /** Height of the strip with names of days. */
  readonly dayPx: number;
};

/** The columns of the grid's order that a layout needs. */
export type Shapes = {
  readonly count: number;
  /** Width by height in units of 1/4 096; 0 = unknown (`grid-order.ts`). */
  readonly aspects: Uint16Array;
  readonly minutes: Int32Array;
};

const aspectUnit = 4096;
const unknownAspect = 1.5;
/** A panorama is shown no longer and a strip no narrower than this; the rest of it is cut off in the grid alone. */
const longestAspect = 4;
const narrowestAspect = 0.45;

/** Width by height of a photo as the grid shows it. */
export function shownAspect(aspects: Uint16Array, index: number): number {
  const stored = aspects[index] ?? 0;
  if (stored === 0) return unknownAspect;
  return Math.min(longestAspect, Math.max(narrowestAspect, stored / aspectUnit));
}

/** @param isByDate photos are in the order of their times: with months and days */
export function layOut(shapes: Shapes, sizes: GridSizes, isByDate: boolean): GridLayout {
  const { count, aspects, minutes } = shapes;
  const { widthPx, rowHeightPx, gapPx, monthPx, dayPx } = sizes;
  const firsts = new Uint32Array(count + 1);
  const tops = new Float64Array(count);
  const heights = new Float32Array(count);
  const hasDays = new Uint8Array(count);
  const months: GridMonth[] = [];
  let rowCount = 0;
  let topPx = 0;
  let day = Number.NaN;

  const closeRow = (first: number, heightPx: number, beginsDay: boolean): void => {
    if (beginsDay) topPx += dayPx;
    firsts[rowCount] = first;
    tops[rowCount] = topPx;
    heights[rowCount] = heightPx;
    hasDays[rowCount] = beginsDay ? 1 : 0;
    rowCount += 1;
    topPx += heightPx + gapPx;
  };

  let index = 0;
  while (index < count) {
    const groupFirst = index;
    let groupEnd = count;
    if (isByDate) {
      groupEnd = endOfMonth(minutes, index, count);
      months.push({
        month: monthOfDay(dayOf(minutes[index] ?? 0)),
        first: index,
        firstRow: rowCount,
        topPx,
        photos: groupEnd - index,
      });
      topPx += monthPx;
    }
    while (index < groupEnd) {
      const first = index;
      let aspectSum = 0;
      let heightBefore = Number.POSITIVE_INFINITY;
      let heightPx = Number.POSITIVE_INFINITY;
      let beginsDay = false;
      let beganDayBefore = false;
      let dayBefore = day;
      while (index < groupEnd) {
        heightBefore = heightPx;
        beganDayBefore = beginsDay;
        dayBefore = day;
        aspectSum += shownAspect(aspects, index);
        heightPx = Math.max(1, (widthPx - gapPx * (index - first)) / aspectSum);
        const thisDay = isByDate ? dayOf(minutes[index] ?? 0) : day;
        if (isByDate && (thisDay !== day || index === groupFirst)) {
          beginsDay = true;
          day = thisDay;
        }
        index += 1;
        if (heightPx <= rowHeightPx) break;
      }
      const isFull = heightPx <= rowHeightPx;
      // The last photo made the row too low: without it, it may be nearer to what is aimed at.
      if (isFull && index - first > 1 && heightBefore / rowHeightPx < rowHeightPx / heightPx) {
        index -= 1;
        day = dayBefore;
        closeRow(first, heightBefore, beganDayBefore);
      } else closeRow(first, isFull ? heightPx : Math.min(heightPx, rowHeightPx), beginsDay);
    }
  }
  firsts[rowCount] = count;
  return {
    count,
    rowCount,
    firsts: firsts.slice(0, rowCount + 1),
    tops: tops.slice(0, rowCount),
    heights: heights.slice(0, rowCount),
    hasDays: hasDays.slice(0, rowCount),
    months,
    heightPx: topPx,
    sizes,
  };
}

/** The index behind the last photo that is in the same month as the one at `first`. */
function endOfMonth(minutes: Int32Array, first: number, count: number): number {
  let day = dayOf(minutes[first] ?? 0);
  const month = monthOfDay(day);
  let index = first + 1;
  for (; index < count; index += 1) {
    const nextDay = dayOf(minutes[index] ?? 0);
    if (nextDay === day) continue;
    if (monthOfDay(nextDay) !== month) break;
    day = nextDay;
  }
  return index;
}

/** The last of `tops` that is not below `y`; 0 when all are. */
function lastAtOrAbove(
  tops: { readonly length: number; readonly [index: number]: number },
  y: number,
): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row at a height, or the nearest above. */
export function rowAt({ tops }: GridLayout, y: number): number {
  return lastAtOrAbove(tops, y);
}

/** The row that a photo is in. */
export function rowOf({ firsts, rowCount }: GridLayout, index: number): number {
  return lastAtOrAbove(firsts.subarray(0, rowCount), index);
}

/** The month that a height is in; `undefined` in an order that is not by date. */
export function monthAt({ months }: GridLayout, y: number): GridMonth | undefined {
  let low = 0;
  let high = months.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((months[middle]?.topPx ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return months[low];
}

/** Rows that touch a stretch of heights, the last one included. With no photos, `last` is less than `first`. */
export function rowsBetween(
  layout: GridLayout,
  fromPx: number,
  toPx: number,
): { first: number; last: number } {
  if (layout.rowCount === 0) return { first: 0, last: -1 };
  return { first: rowAt(layout, fromPx), last: rowAt(layout, toPx) };
}

export type PhotoBox = { readonly index: number; readonly leftPx: number; readonly widthPx: number };

/** Where the photos of a row are. Edges are whole pixels; in a full row the last ends at the grid's edge. */
export function boxesOf(layout: GridLayout, aspects: Uint16Array, row: number): readonly PhotoBox[] {
  const first = layout.firsts[row] ?? 0;
  const end = layout.firsts[row + 1] ?? first;
  const heightPx = layout.heights[row] ?? 0;
  const boxes: PhotoBox[] = [];
  let left = 0;
  for (let index = first; index < end; index += 1) {
    const right = Math.min(left + shownAspect(aspects, index) * heightPx, layout.sizes.widthPx);
    const leftPx = Math.round(left);
    boxes.push({ index, leftPx, widthPx: Math.max(1, Math.round(right) - leftPx) });
    left = right + layout.sizes.gapPx;
  }
  return boxes;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The photo beside one; the photo itself at the edge of the grid. Up and down keep to the middle of the photo. */
export function neighborOf(
  layout: GridLayout,
  aspects: Uint16Array,
  index: number,
  direction: Direction,
  rows = 1,
): number {
  if (direction === 'left') return Math.max(0, index - 1);
  if (direction === 'right') return Math.min(layout.count - 1, index + 1);
  const row = rowOf(layout, index);
  const target = Math.min(layout.rowCount - 1, Math.max(0, row + (direction === 'up' ? -rows : rows)));
  if (target === row) return index;
  const own = boxesOf(layout, aspects, row).find((box) => box.index === index);
  const middle = own === undefined ? 0 : own.leftPx + own.widthPx / 2;
  let best = index;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const box of boxesOf(layout, aspects, target)) {
    const distance = Math.abs(box.leftPx + box.widthPx / 2 - middle);
    if (distance < bestDistance) {
      best = box.index;
      bestDistance = distance;
    }
  }
  return best;
}

export type Rectangle = {
  readonly leftPx: number;
  readonly topPx: number;
  readonly rightPx: number;
  readonly bottomPx: number;
};

/** Stretches of photos, from `first` up to and without `end`, that a rectangle touches. */
export function photosIn(
  layout: GridLayout,
  aspects: Uint16Array,
  { leftPx, topPx, rightPx, bottomPx }: Rectangle,
): readonly { readonly first: number; readonly end: number }[] {
  const { first, last } = rowsBetween(layout, topPx, bottomPx);
  const stretches: { first: number; end: number }[] = [];
  for (let row = first; row <= last; row += 1) {
    const top = layout.tops[row] ?? 0;
    if (top > bottomPx || top + (layout.heights[row] ?? 0) < topPx) continue;
    const touched = boxesOf(layout, aspects, row).filter(
      (box) => box.leftPx <= rightPx && box.leftPx + box.widthPx >= leftPx,
    );
    const from = touched[0];
    const to = touched.at(-1);
    if (from !== undefined && to !== undefined) stretches.push({ first: from.index, end: to.index + 1 });
  }
  return stretches;
}
