import { assert, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../app/contract/models.ts';
import {
  moveRegion,
  oppositeOf,
  pixelsOf,
  regionBetween,
  resizeRegion,
} from '../../../renderer/photo/region.ts';

const picture = record({ width: integer({ min: 1, max: 20_000 }), height: integer({ min: 1, max: 20_000 }) });
const point = record({
  x: double({ min: -2, max: 3, noNaN: true }),
  y: double({ min: -2, max: 3, noNaN: true }),
});

/** What `thread.ask` takes as a crop. */
function expectInside(region: Box): void {
  expect(region.x).toBeGreaterThanOrEqual(0);
  expect(region.y).toBeGreaterThanOrEqual(0);
  expect(region.width).toBeGreaterThan(0);
  expect(region.height).toBeGreaterThan(0);
  expect(region.x + region.width).toBeLessThanOrEqual(1 + 1e-6);
  expect(region.y + region.height).toBeLessThanOrEqual(1 + 1e-6);
}

describe('a part of a photo', () => {
  it('lies in the picture wherever it is drawn, moved and resized', () => {
    assert(
      property(picture, point, point, point, point, (size, from, to, move, grow) => {
        const region = regionBetween(from, to, size);
        expectInside(region);
        const moved = moveRegion(region, move);
        expectInside(moved);
        expect(moved.width).toBe(region.width);
        expect(moved.height).toBe(region.height);
        expectInside(resizeRegion(moved, grow, size));
      }),
    );
  });

  it('is the same from whichever corner it is drawn', () => {
    const size = { width: 1000, height: 500 };
    const region = regionBetween({ x: 0.1, y: 0.2 }, { x: 0.6, y: 0.7 }, size);
    expect(regionBetween({ x: 0.6, y: 0.7 }, { x: 0.1, y: 0.2 }, size)).toEqual(region);
    expect(pixelsOf(region, size)).toEqual({ width: 500, height: 250 });
    expect(oppositeOf(region, 'se')).toEqual({ x: 0.1, y: 0.2 });
    expect(oppositeOf(region, 'nw').x).toBeCloseTo(0.6);
  });
});
