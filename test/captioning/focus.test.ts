import { expect, test } from 'vitest';
import { focusOf } from '../../app/captioning/focus.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test('what was chosen for a square goes before what was found', () => {
  const crops = [
    { aspect: 1.8, box: box(0, 0, 1, 0.5) },
    { aspect: 1, box: box(0.5, 0.25, 0.5, 0.5) },
  ];
  expect(focusOf(crops, [{ label: 'cat', box: box(0, 0, 0.2, 0.2) }])).toEqual({ x: 0.75, y: 0.5 });
});

test('else the largest thing, but for one that is nearly everything', () => {
  const objects = [
    { label: 'sky', box: box(0, 0, 1, 0.95) },
    { label: 'gull', box: box(0.1, 0.1, 0.1, 0.1) },
    { label: 'boat', box: box(0.6, 0.4, 0.2, 0.2) },
    { label: 'wind' },
  ];
  expect(focusOf(undefined, objects)).toEqual({ x: expect.closeTo(0.7) as number, y: 0.5 });
  expect(focusOf([], [{ label: 'wind' }])).toBeNull();
});
