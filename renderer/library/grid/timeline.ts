import { yearOfMonth } from './calendar.ts';
import type { GridLayout, GridMonth } from './layout.ts';

/** The strip beside the grid that stands for all of it: a year where it begins, a tick for each month with room. */
export type TimelineMark = {
  readonly kind: 'year' | 'month';
  readonly month: GridMonth;
  readonly yPx: number;
};

/**
 * The marks of a timeline of a height, from top to bottom. Years come first and are never nearer than `yearPx` to each
 * other, months not nearer than `monthPx` to any mark.
 */
export function marksOf(
  { months, heightPx: gridPx }: GridLayout,
  heightPx: number,
  { yearPx, monthPx }: { readonly yearPx: number; readonly monthPx: number },
): readonly TimelineMark[] {
  if (gridPx <= 0) return [];
  const places = months.map((month) => ({ month, yPx: (month.topPx / gridPx) * heightPx }));
  const marks: TimelineMark[] = [];
  let lastYearPx = Number.NEGATIVE_INFINITY;
  let year = Number.NaN;
  for (const { month, yPx } of places) {
    const thisYear = yearOfMonth(month.month);
    if (thisYear !== year && yPx - lastYearPx >= yearPx && yPx <= heightPx - yearPx / 2) {
      marks.push({ kind: 'year', month, yPx });
      lastYearPx = yPx;
    }
    year = thisYear;
  }
  const years = marks.map(({ yPx }) => yPx);
  let lastPx = Number.NEGATIVE_INFINITY;
  for (const { month, yPx } of places) {
    if (yPx - lastPx < monthPx || years.some((yearAt) => Math.abs(yearAt - yPx) < yearPx / 2)) continue;
    marks.push({ kind: 'month', month, yPx });
    lastPx = yPx;
  }
  return marks.toSorted((one, other) => one.yPx - other.yPx);
}
