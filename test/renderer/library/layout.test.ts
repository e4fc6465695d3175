import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOfDay } from '../../../app/contract/civil-month.ts';
import { dayOf, msOfDay, msOfMonth } from '../../../renderer/library/grid/calendar.ts';
import {
  boxesOf,
  layOut,
  monthAt,
  monthBeside,
  neighborOf,
  photosIn,
  rowAt,
  rowOf,
  rowsBetween,
  type GridLayout,
} from '../../../renderer/library/grid/layout.ts';
import { shownAspect, type GridSizes, type Shapes } from '../../../renderer/library/grid/shapes.ts';

const sizes = fc.record({
  widthPx: fc.integer({ min: 200, max: 3000 }),
  rowHeightPx: fc.integer({ min: 60, max: 500 }),
  gapPx: fc.integer({ min: 0, max: 8 }),
  monthPx: fc.constant(48),
  monthWidthPx: fc.integer({ min: 0, max: 200 }),
  dayPx: fc.constant(24),
});

/** Photos of a few days, newest first, as the grid usually has them; some of an unknown size. */
const shapes: fc.Arbitrary<Shapes> = fc
  .array(
    fc.record({
      aspect: fc.oneof(fc.constant(0), fc.integer({ min: 200, max: 65_535 })),
      minutesBefore: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 90_000 })),
    }),
    { maxLength: 120 },
  )
  .map((photos) => {
    let minutes = 26_000_000;
    return {
      count: photos.length,
      aspects: Uint16Array.from(photos, ({ aspect }) => aspect),
      minutes: Int32Array.from(photos, ({ minutesBefore }) => (minutes -= minutesBefore)),
    };
  });

function check(property: (photos: Shapes, grid: GridSizes, isByDate: boolean) => void): void {
  fc.assert(fc.property(shapes, sizes, fc.boolean(), property));
}

/** Rows that hold several months without being marked for it. */
function rowsWithoutTheirMonth(layout: GridLayout, firsts: readonly number[]): number[] {
  const rows = Array.from({ length: layout.rowCount }, (_, row) => row);
  return rows.filter((row) => {
    const [first = 0, end = 0] = [layout.firsts[row], layout.firsts[row + 1]];
    const isShared = firsts.some((month) => month > first && month < end);
    return isShared !== (layout.isShared[row] === 1);
  });
}

describe('the grid', () => {
  it('shows every photo once, in order, from edge to edge and nowhere over another', () => {
    check((photos, grid, isByDate) => {
      const layout = layOut(photos, grid, isByDate);
      const shown: number[] = [];
      let bottom = 0;
      for (let row = 0; row < layout.rowCount; row += 1) {
        const top = layout.tops[row] ?? 0;
        expect(top).toBeGreaterThanOrEqual(bottom - 0.01);
        bottom = top + (layout.heights[row] ?? 0);
        let right = 0;
        for (const box of boxesOf(layout, photos.aspects, row)) {
          expect(box.leftPx).toBeGreaterThanOrEqual(right);
          right = box.leftPx + box.widthPx;
          shown.push(box.index);
        }
        expect(right).toBeLessThanOrEqual(grid.widthPx + 1);
      }
      expect(shown).toEqual(Array.from({ length: photos.count }, (_, index) => index));
      expect(layout.heightPx).toBeGreaterThanOrEqual(bottom - 0.01);
    });
  });

  it('cuts no photo whose shape is usual: a box is as wide as its height asks for', () => {
    check((photos, grid, isByDate) => {
      const layout = layOut(photos, grid, isByDate);
      for (let row = 0; row < layout.rowCount; row += 1) {
        for (const { index, widthPx } of boxesOf(layout, photos.aspects, row)) {
          const wanted = shownAspect(photos.aspects, index) * (layout.heights[row] ?? 0);
          expect(Math.abs(widthPx - Math.min(wanted, grid.widthPx))).toBeLessThanOrEqual(1.01);
        }
      }
    });
  });

  it('begins each month anew under its heading, and names each day in the row where it begins', () => {
    check((photos, grid) => {
      const layout = layOut(photos, grid, true);
      const months = [...photos.minutes].map((minutes) => monthOfDay(dayOf(minutes)));
      const firsts = months.flatMap((month, index) => (month === months[index - 1] ? [] : [index]));
      expect(layout.months.map(({ first }) => first)).toEqual(firsts);
      expect(layout.months.map(({ month }) => month)).toEqual(firsts.map((first) => months[first]));
      expect(layout.months.reduce((sum, { photos: some }) => sum + some, 0)).toBe(photos.count);
      for (const { first, firstRow, leftPx } of layout.months) {
        const box = boxesOf(layout, photos.aspects, firstRow).find(({ index }) => index === first);
        expect(box?.leftPx).toBe(Math.round(leftPx));
      }
      expect(rowsWithoutTheirMonth(layout, firsts)).toEqual([]);
      for (let row = 0; row < layout.rowCount; row += 1) {
        const begins = boxesOf(layout, photos.aspects, row).some(
          ({ index }) =>
            index === 0 || dayOf(photos.minutes[index] ?? 0) !== dayOf(photos.minutes[index - 1] ?? 0),
        );
        expect(layout.hasDays[row]).toBe(begins ? 1 : 0);
      }
    });
  });

  it('finds the rows that are seen, the row of a photo and the photos in a rectangle', () => {
    fc.assert(
      fc.property(
        shapes,
        sizes,
        fc.boolean(),
        fc.nat(5000),
        fc.nat(2000),
        (photos, grid, isByDate, from, height) => {
          const layout = layOut(photos, grid, isByDate);
          const rows = Array.from({ length: layout.rowCount }, (_, row) => row);
          const { first, last } = rowsBetween(layout, from, from + height);
          const seen = rows.filter((row) => {
            const top = layout.tops[row] ?? 0;
            return top > from && top <= from + height;
          });
          expect(seen.every((row) => row >= first && row <= last)).toBe(true);
          for (let index = 0; index < photos.count; index += 1) {
            const row = rowOf(layout, index);
            expect(boxesOf(layout, photos.aspects, row).some((box) => box.index === index)).toBe(true);
            expect(rowAt(layout, layout.tops[row] ?? 0)).toBe(row);
          }
          const all = photosIn(layout, photos.aspects, {
            leftPx: 0,
            topPx: 0,
            rightPx: grid.widthPx,
            bottomPx: layout.heightPx,
          });
          expect(all.reduce((sum, stretch) => sum + stretch.end - stretch.first, 0)).toBe(photos.count);
        },
      ),
    );
  });

  it('goes down and up by rows, and stays where it is at its edges', () => {
    check((photos, grid, isByDate) => {
      fc.pre(photos.count > 0);
      const layout = layOut(photos, grid, isByDate);
      for (let index = 0; index < photos.count; index += 1) {
        const row = rowOf(layout, index);
        const below = neighborOf(layout, photos.aspects, index, 'down');
        expect(rowOf(layout, below)).toBe(Math.min(row + 1, layout.rowCount - 1));
        expect(rowOf(layout, neighborOf(layout, photos.aspects, index, 'up'))).toBe(Math.max(row - 1, 0));
      }
      expect(neighborOf(layout, photos.aspects, 0, 'left')).toBe(0);
      expect(neighborOf(layout, photos.aspects, photos.count - 1, 'right')).toBe(photos.count - 1);
    });
  });

  it('says the month that is seen', () => {
    check((photos, grid) => {
      fc.pre(photos.count > 0);
      const layout = layOut(photos, grid, true);
      for (const month of layout.months) {
        // Of several side by side, the first.
        const first = layout.months.find(({ topPx }) => topPx === month.topPx);
        expect(monthAt(layout, month.topPx)).toBe(first);
      }
    });
  });

  it('goes from month to month by another height each time, until the last', () => {
    check((photos, grid) => {
      fc.pre(photos.count > 0);
      const layout = layOut(photos, grid, true);
      const tops = [...new Set(layout.months.map(({ topPx }) => topPx))];
      let month = monthAt(layout, 0);
      for (const topPx of tops.slice(1)) {
        if (month === undefined) break;
        month = monthBeside(layout, month, 1);
        expect(month.topPx).toBe(topPx);
      }
    });
  });

  it('puts months of a few photos side by side, each with room for its heading, and keeps full months apart', () => {
    // 300 × 200 pixels each, a month apart: three with their room between fit into 1 000 pixels.
    const monthly = {
      count: 7,
      aspects: new Uint16Array(7).fill(6144),
      minutes: Int32Array.from({ length: 7 }, (_, index) => -index * 31 * 1440),
    };
    const grid = { widthPx: 1000, rowHeightPx: 200, gapPx: 4, monthPx: 44, monthWidthPx: 150, dayPx: 24 };
    const layout = layOut(monthly, grid, true);
    expect([...layout.firsts]).toEqual([0, 3, 6, 7]);
    expect([...layout.isShared]).toEqual([1, 1, 0]);
    expect(layout.months.filter(({ topPx }) => topPx === 0)).toHaveLength(3);
    // Made higher until they reach the edge: 1 000 less twice 24 between them, by three times 1.5.
    expect(layout.heights[0]).toBeCloseTo((1000 - 48) / 4.5, 3);
    const full = {
      ...monthly,
      minutes: Int32Array.from({ length: 7 }, (_, index) => (index < 4 ? 0 : -60_000)),
    };
    expect([...layOut(full, grid, true).isShared]).not.toContain(1);
  });
});

describe('the calendar', () => {
  it('agrees with the system’s, before 1970 and over leap years too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
        expect(monthOfDay(day)).toBe(month);
        expect(msOfDay(day)).toBe(date.getTime());
        expect(msOfMonth(month)).toBe(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
      }),
    );
    expect(dayOf(-1)).toBe(-1);
  });
});
