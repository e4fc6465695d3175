import { monthOfDay } from '../../../app/contract/civil-month.ts';
import { dayOf } from './calendar.ts';
import { shownAspect, type GridSizes, type Shapes } from './shapes.ts';
import { endOfMonth, monthsOfOneRow } from './sparse-months.ts';

/**
 * Where every photo of the grid is: rows of one height each, filled from edge to edge, without cutting a photo. Months begin
 * anew under a heading; months of so few photos that several fit into one row share it, side by side. Within a month days follow each other without a gap, and a strip above a row has room for the names
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
  /** 1 where several months stand side by side, each with room for its heading. */
  readonly isShared: Uint8Array;
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
  /** Left edge of its heading, and the room for it. */
  readonly leftPx: number;
  readonly widthPx: number;
  readonly photos: number;
};

/** @param isByDate photos are in the order of their times: with months and days */
export function layOut(shapes: Shapes, sizes: GridSizes, isByDate: boolean): GridLayout {
  const { count, aspects, minutes } = shapes;
  const { widthPx, rowHeightPx, gapPx, monthPx, dayPx } = sizes;
  const firsts = new Uint32Array(count + 1);
  const tops = new Float64Array(count);
  const heights = new Float32Array(count);
  const hasDays = new Uint8Array(count);
  const isShared = new Uint8Array(count);
  const months: GridMonth[] = [];
  let rowCount = 0;
  // What is not by date has no heading to keep it away from the upper edge.
  let topPx = isByDate ? 0 : 3 * gapPx;
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
      const shared = monthsOfOneRow(shapes, sizes, index);
      if (shared !== undefined) {
        for (const { first, end, leftPx, widthPx: monthWidthPx } of shared.months) {
          const thisDay = dayOf(minutes[first] ?? 0);
          months.push({
            month: monthOfDay(thisDay),
            first,
            firstRow: rowCount,
            topPx,
            leftPx,
            widthPx: monthWidthPx,
            photos: end - first,
          });
          index = end;
        }
        topPx += monthPx;
        isShared[rowCount] = 1;
        day = dayOf(minutes[index - 1] ?? 0);
        closeRow(groupFirst, shared.heightPx, true);
        continue;
      }
      groupEnd = endOfMonth(minutes, index, count);
      months.push({
        month: monthOfDay(dayOf(minutes[index] ?? 0)),
        first: index,
        firstRow: rowCount,
        topPx,
        leftPx: 0,
        widthPx,
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
    isShared: isShared.slice(0, rowCount),
    months,
    heightPx: topPx,
    sizes,
  };
}

/** The last of `count` places that are sorted so that those which pass come first; 0 when none does. */
function lastThat(count: number, passes: (at: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The row at a height, or the nearest above. */
export function rowAt({ tops }: GridLayout, y: number): number {
  return lastThat(tops.length, (row) => (tops[row] ?? 0) <= y);
}

/** The row that a photo is in. */
export function rowOf({ firsts, rowCount }: GridLayout, index: number): number {
  return lastThat(rowCount, (row) => (firsts[row] ?? 0) <= index);
}

/** The month that a height is in, of several side by side the first; `undefined` in an order that is not by date. */
export function monthAt({ months }: GridLayout, y: number): GridMonth | undefined {
  let low = lastThat(months.length, (at) => (months[at]?.topPx ?? 0) <= y);
  while (low > 0 && months[low - 1]?.topPx === months[low]?.topPx) low -= 1;
  return months[low];
}

/** The month so many before (below 0) or after one, at another height than it; the first or last at the ends. */
export function monthBeside({ months }: GridLayout, month: GridMonth, step: number): GridMonth {
  const last = months.length - 1;
  const at = Math.min(Math.max(0, months.indexOf(month) + step), last);
  // Months side by side are one place.
  const other = months.slice(at).find(({ topPx }) => step < 0 || topPx > month.topPx);
  return other ?? months[last] ?? month;
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
  const isShared = layout.isShared[row] === 1;
  let month = isShared ? lastThat(layout.months.length, (at) => (layout.months[at]?.first ?? 0) <= first) : 0;
  let left = 0;
  for (let index = first; index < end; index += 1) {
    if (isShared && index > first && layout.months[month + 1]?.first === index) {
      month += 1;
      left = layout.months[month]?.leftPx ?? left;
    }
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
