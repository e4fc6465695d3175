import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterWheel,
  createScrollSpace,
  mostOffset,
  toOffset,
  toReveal,
  toScrollTop,
} from '../../../renderer/library/grid/scroll-space.ts';

const anySpace = fc
  .record({
    gridPx: fc.double({ min: 0, max: 60_000_000, noNaN: true }),
    viewPx: fc.integer({ min: 100, max: 2000 }),
  })
  .map(({ gridPx, viewPx }) => createScrollSpace(gridPx, viewPx));

describe('scroll space', () => {
  it('reaches the first and the last photo of a grid of any height, within what a browser lays out', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        expect(space.scrollPx).toBeLessThanOrEqual(33_554_432);
        expect(toOffset(space, 0)).toBe(0);
        expect(toOffset(space, space.scrollPx - space.viewPx)).toBeCloseTo(mostOffset(space), 3);
      }),
    );
  });

  it('comes back to the same offset by way of the scrollbar', () => {
    fc.assert(
      fc.property(anySpace, fc.double({ min: 0, max: 1, noNaN: true }), (space, part) => {
        const offset = part * mostOffset(space);
        expect(toOffset(space, toScrollTop(space, offset))).toBeCloseTo(offset, 3);
      }),
    );
  });

  it('turns with the wheel by the wheel’s own pixels, whatever the scale, and stops at the ends', () => {
    fc.assert(
      fc.property(
        anySpace,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -500, max: 500 }),
        (space, part, delta) => {
          const offset = part * mostOffset(space);
          const after = afterWheel(space, offset, delta);
          expect(after).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(mostOffset(space));
          const wanted = Math.min(Math.max(0, offset + delta), mostOffset(space));
          expect(after).toBeCloseTo(wanted, 6);
        },
      ),
    );
  });

  it('reveals a photo wholly, and does not move when it is seen already', () => {
    fc.assert(
      fc.property(
        anySpace,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (space, at, from) => {
          const height = Math.min(90, space.gridPx);
          const top = at * (space.gridPx - height);
          const offset = toReveal(space, from * mostOffset(space), top, top + height, 0);
          expect(top).toBeGreaterThanOrEqual(offset - 0.001);
          expect(top + height).toBeLessThanOrEqual(offset + space.viewPx + 0.001);
          expect(toReveal(space, offset, top, top + height, 0)).toBeCloseTo(offset, 3);
        },
      ),
    );
  });
});
