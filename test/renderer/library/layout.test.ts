import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, monthOfDay, msOfDay, msOfMonth } from '../../../renderer/library/grid/calendar.ts';
import {
  boxesOf,
  layOut,
  monthAt,
  neighborOf,
  photosIn,
  rowAt,
  rowOf,
  rowsBetween,
  shownAspect,
  type GridSizes,
  type Shapes,
} from '../../../renderer/library/grid/layout.ts';

const sizes = fc.record({
  widthPx: fc.integer({ min: 200, max: 3000 }),
  rowHeightPx: fc.integer({ min: 60, max: 500 }),
  gapPx: fc.integer({ min: 0, max: 8 }),
  monthPx: fc.constant(48),
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
      for (const { first, firstRow } of layout.months) expect(layout.firsts[firstRow]).toBe(first);
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
      for (const month of layout.months) expect(monthAt(layout, month.topPx)).toBe(month);
    });
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
