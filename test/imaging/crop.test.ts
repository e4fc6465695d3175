import { assert, double, integer, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPixelBox } from '../../app/imaging/crop.ts';

describe('a crop in pixels', () => {
  it.each([
    [
      { x: 0, y: 0, width: 1, height: 1 },
      { leftPx: 0, topPx: 0, widthPx: 4000, heightPx: 3000 },
    ],
    [
      { x: 0.25, y: 0.5, width: 0.25, height: 0.25 },
      { leftPx: 1000, topPx: 1500, widthPx: 1000, heightPx: 750 },
    ],
    // So small that it is within one pixel.
    [
      { x: 0.99999, y: 0.5, width: 0.00001, height: 0.5 },
      { leftPx: 3999, topPx: 1500, widthPx: 1, heightPx: 1500 },
    ],
  ])('%o of 4000 × 3000 is %o', (crop, box) => {
    expect(toPixelBox({ widthPx: 4000, heightPx: 3000 }, crop)).toEqual(box);
  });

  const side = integer({ min: 1, max: 20_000 });
  const fraction = double({ min: 0, max: 1, noNaN: true });

  it('given in whole pixels is exactly those', () => {
    const box = side.chain((size) =>
      tuple(integer({ min: 0, max: size - 1 }), integer({ min: 1, max: size })).map(([from, end]) => ({
        size,
        from: Math.min(from, end - 1),
        length: Math.max(1, end - Math.min(from, end - 1)),
      })),
    );
    assert(
      property(box, box, (across, down) => {
        const crop = {
          x: across.from / across.size,
          y: down.from / down.size,
          width: across.length / across.size,
          height: down.length / down.size,
        };
        expect(toPixelBox({ widthPx: across.size, heightPx: down.size }, crop)).toEqual({
          leftPx: across.from,
          topPx: down.from,
          widthPx: across.length,
          heightPx: down.length,
        });
      }),
    );
  });

  it('is never empty and never outside the picture', () => {
    const size = record({ widthPx: side, heightPx: side });
    const crop = record({ x: fraction, y: fraction, width: fraction, height: fraction });
    assert(
      property(size, crop, (picture, wish) => {
        const { leftPx, topPx, widthPx, heightPx } = toPixelBox(picture, wish);
        expect(Math.min(leftPx, topPx)).toBeGreaterThanOrEqual(0);
        expect(Math.min(widthPx, heightPx)).toBeGreaterThanOrEqual(1);
        expect(leftPx + widthPx).toBeLessThanOrEqual(picture.widthPx);
        expect(topPx + heightPx).toBeLessThanOrEqual(picture.heightPx);
      }),
    );
  });
});
