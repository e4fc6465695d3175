import { assert, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../app/contract/places.ts';
import {
  dragRegion,
  handles,
  moveRegion,
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
  });

  it('keeps the edges that are not dragged where they are', () => {
    const size = { width: 1000, height: 1000 };
    const region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const by = { x: 0.125, y: -0.125 };
    const dragged = Object.fromEntries(
      handles.map((handle) => {
        const { x, y, width, height } = dragRegion(region, handle, by, size);
        return [handle, [x, y, x + width, y + height]];
      }),
    );
    // left, top, right, bottom
    expect(dragged).toEqual({
      nw: [0.375, 0.125, 0.75, 0.75],
      n: [0.25, 0.125, 0.75, 0.75],
      ne: [0.25, 0.125, 0.875, 0.75],
      e: [0.25, 0.25, 0.875, 0.75],
      se: [0.25, 0.25, 0.875, 0.625],
      s: [0.25, 0.25, 0.75, 0.625],
      sw: [0.375, 0.25, 0.75, 0.625],
      w: [0.375, 0.25, 0.75, 0.75],
    });
  });

  it('turns over when an edge is dragged beyond the other one, and lies in the picture', () => {
    assert(
      property(picture, point, point, point, constantFrom(...handles), (size, from, to, by, handle) => {
        expectInside(dragRegion(regionBetween(from, to, size), handle, by, size));
      }),
    );
    const region = { x: 0.25, y: 0.25, width: 0.25, height: 0.25 };
    expect(dragRegion(region, 'w', { x: 0.5, y: 0 }, { width: 1000, height: 1000 })).toEqual({
      ...region,
      x: 0.5,
    });
  });
});
