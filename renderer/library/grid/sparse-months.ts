import { monthOfDay } from '../../../app/contract/civil-month.ts';
import { dayOf } from './calendar.ts';
import { shownAspect, type GridSizes, type Shapes } from './shapes.ts';

/** Between months that stand side by side, in gaps between photos. */
const gapsBetweenMonths = 6;
/** A row of few months is made so much higher than its aim to reach the edge of the grid; otherwise it ends where it ends. */
const mostGrowth = 1.3;

/** Months side by side in one row. */
export type SharedRow = {
  readonly heightPx: number;
  readonly months: readonly {
    readonly first: number;
    /** Behind its last photo. */
    readonly end: number;
    readonly leftPx: number;
    /** Up to the next. */
    readonly widthPx: number;
  }[];
};

/** The index behind the last photo that is in the same month as the one at `first`. */
export function endOfMonth(minutes: Int32Array, first: number, count: number): number {
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

type SmallMonth = { readonly first: number; readonly end: number; readonly aspectSum: number };

/** The month that begins with a photo; `undefined` when it has more photos than fit into a row, which are not all looked at. */
function smallMonth(
  { count, minutes, aspects }: Shapes,
  sizes: GridSizes,
  first: number,
): SmallMonth | undefined {
  let day = dayOf(minutes[first] ?? 0);
  const month = monthOfDay(day);
  let aspectSum = 0;
  for (let index = first; index < count; index += 1) {
    const thisDay = dayOf(minutes[index] ?? 0);
    if (thisDay !== day && monthOfDay(thisDay) !== month) return { first, end: index, aspectSum };
    day = thisDay;
    aspectSum += shownAspect(aspects, index);
    if (aspectSum * sizes.rowHeightPx > sizes.widthPx) return undefined;
  }
  return { first, end: count, aspectSum };
}

/** The months from a photo on that fit into one row together; `undefined` when the first of them needs a row of its own. */
export function monthsOfOneRow(shapes: Shapes, sizes: GridSizes, first: number): SharedRow | undefined {
  const { widthPx, rowHeightPx, gapPx, monthWidthPx } = sizes;
  const betweenPx = gapsBetweenMonths * Math.max(1, gapPx);
  const roomOf = (month: SmallMonth, heightPx: number): number =>
    Math.max(month.aspectSum * heightPx + (month.end - month.first - 1) * gapPx, monthWidthPx);
  const months: SmallMonth[] = [];
  let usedPx = 0;
  for (let index = first; index < shapes.count;) {
    const month = smallMonth(shapes, sizes, index);
    if (month === undefined) break;
    const withItPx = usedPx + (months.length === 0 ? 0 : betweenPx) + roomOf(month, rowHeightPx);
    if (withItPx > widthPx) break;
    usedPx = withItPx;
    months.push(month);
    index = month.end;
  }
  if (months.length < 2) return undefined;
  const aspectSum = months.reduce((sum, month) => sum + month.aspectSum, 0);
  const filledPx = rowHeightPx + (widthPx - usedPx) / aspectSum;
  const heightPx = filledPx <= rowHeightPx * mostGrowth ? filledPx : rowHeightPx;
  let leftPx = 0;
  return {
    heightPx,
    months: months.map((month) => {
      const placed = { first: month.first, end: month.end, leftPx, widthPx: roomOf(month, heightPx) };
      leftPx += placed.widthPx + betweenPx;
      return placed;
    }),
  };
}
