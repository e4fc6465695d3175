import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { cropPosition } from '../../../renderer/library/grid/crop-position.ts';

test.each([
  // A panorama of 8 to 1 in a cell of 4 to 1: half of it is seen.
  ['at its middle', { x: 0.5, y: 0.5 }, 8, 4, undefined],
  ['at its left end', { x: 0, y: 0.5 }, 8, 4, '0% 50%'],
  ['at its right end', { x: 1, y: 0 }, 8, 4, '100% 50%'],
  ['right of its middle', { x: 0.625, y: 0.5 }, 8, 4, '75% 50%'],
  ['of a tower', { x: 0.5, y: 0.25 }, 0.25, 1, '50% 17%'],
  ['of a picture that fits', { x: 0.1, y: 0.1 }, 1.5, 1.5, undefined],
  ['nobody knows', undefined, 8, 4, undefined],
  ['of no shape', { x: 0, y: 0 }, 0, 4, undefined],
])('%s', (_, focus, picture, frame, position) => {
  expect(cropPosition(focus, picture, frame)).toBe(position);
});

test('the focus is always seen', () => {
  const share = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(share, double({ min: 1.1, max: 20, noNaN: true }), (x, length) => {
      const position = Number.parseFloat(cropPosition({ x, y: 0.5 }, length, 1) ?? '50') / 100;
      // Where the frame begins in the picture, in fractions of the picture.
      const begins = (position * (length - 1)) / length;
      expect(x).toBeGreaterThanOrEqual(begins - 0.01);
      expect(x).toBeLessThanOrEqual(begins + 1 / length + 0.01);
    }),
  );
});
