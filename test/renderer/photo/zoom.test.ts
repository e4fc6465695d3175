import { assert, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitScale,
  mostScale,
  panBy,
  placeOf,
  wholePicture,
  zoomTo,
  type Size,
} from '../../../renderer/photo/zoom.ts';

const pictures = record({
  width: integer({ min: 1, max: 20_000 }),
  height: integer({ min: 1, max: 20_000 }),
});
const stages = record({ width: integer({ min: 50, max: 4_000 }), height: integer({ min: 50, max: 3_000 }) });
const fraction = double({ min: 0, max: 1, noNaN: true });
const points = record({ x: fraction, y: fraction });
const scales = double({ min: 0.01, max: 20, noNaN: true });

function expectNoGap(left: number, length: number, stage: number): void {
  const [before, after] = [left, stage - left - length];
  const isAsItShould = length <= stage ? Math.abs(before - after) < 0.01 : Math.max(before, after) < 0.01;
  expect({ left, length, stage, isAsItShould }).toMatchObject({ isAsItShould: true });
}

describe('where a picture stands in its stage', () => {
  it('shows all of it, in the middle, and none larger than it is', () => {
    const stage: Size = { width: 1000, height: 500 };
    expect(placeOf(wholePicture, { width: 4000, height: 3000 }, stage)).toMatchObject({
      left: (1000 - 4000 / 6) / 2,
      top: 0,
      height: 500,
    });
    expect(placeOf(wholePicture, { width: 200, height: 100 }, stage)).toEqual({
      scale: 1,
      left: 400,
      top: 200,
      width: 200,
      height: 100,
    });
  });

  it('leaves no gap at an edge, however it is zoomed and moved', () => {
    assert(
      property(pictures, stages, scales, points, points, (picture, stage, scale, at, by) => {
        const point = { x: at.x * stage.width, y: at.y * stage.height };
        const zoomed = zoomTo(wholePicture, scale, point, picture, stage);
        const moved = panBy(
          zoomed,
          { x: (by.x - 0.5) * picture.width * 2, y: (by.y - 0.5) * picture.height * 2 },
          picture,
          stage,
        );
        const place = placeOf(moved, picture, stage);
        expectNoGap(place.left, place.width, stage.width);
        expectNoGap(place.top, place.height, stage.height);
        expect(place.scale).toBeLessThanOrEqual(mostScale);
        expect(place.scale).toBeGreaterThanOrEqual(fitScale(picture, stage) * 0.999);
      }),
    );
  });

  it('keeps what is under the pointer under the pointer, as far as the edges allow', () => {
    const picture = { width: 6000, height: 4000 };
    const stage = { width: 1200, height: 800 };
    assert(
      property(points, double({ min: 0.3, max: 6, noNaN: true }), (at, scale) => {
        const point = { x: at.x * stage.width, y: at.y * stage.height };
        const before = placeOf(wholePicture, picture, stage);
        const after = placeOf(zoomTo(wholePicture, scale, point, picture, stage), picture, stage);
        expect((point.x - after.left) / after.width).toBeCloseTo((point.x - before.left) / before.width, 4);
        expect((point.y - after.top) / after.height).toBeCloseTo((point.y - before.top) / before.height, 4);
      }),
    );
  });

  it('goes back to the whole when it would be smaller than that', () => {
    const picture = { width: 6000, height: 4000 };
    const stage = { width: 1200, height: 800 };
    const near = zoomTo(wholePicture, 1, { x: 0, y: 0 }, picture, stage);
    expect(near.scale).toBe(1);
    expect(zoomTo(near, 0.1, { x: 600, y: 400 }, picture, stage)).toEqual(wholePicture);
  });
});
