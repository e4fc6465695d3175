import { anything, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { readMoments } from '../../app/captioning/moments.ts';

const clean = (text: string): string => text.trim();

it.each([
  ['as asked', [{ start: 2, end: 5.5, text: 'A dog runs.' }]],
  ['as clocks', [{ start: '0:02', end: '00:00:05.5', text: 'A dog runs.' }]],
  ['in thousandths', [{ start: 2000, end: 5500, text: 'A dog runs.' }]],
  ['swapped', [{ start: 5.5, end: 2, text: 'A dog runs.' }]],
  ['under other names', [{ from: '2 s', until: '5,5 s', description: 'A dog runs.' }]],
  ['as one text', ['2-5.5: A dog runs.']],
  ['as one text with clocks', ['[0:02 – 0:05.5] A dog runs.']],
])('reads a moment %s', (_, value) => {
  expect(readMoments(value, 20_000, clean)).toEqual([{ startMs: 2000, endMs: 5500, text: 'A dog runs.' }]);
});

it('sorts, clips to the length, and drops what is behind the end, empty or said twice', () => {
  const value = [
    { start: 8, end: 30, text: 'It swims.' },
    { start: 1, end: 2, text: 'It runs.' },
    { start: 1, end: 2, text: 'It runs.' },
    { start: 11, end: 12, text: 'Nothing is there.' },
    { start: 3, end: 4, text: '  ' },
    null,
    'no time at all',
  ];
  expect(readMoments(value, 10_000, clean)).toEqual([
    { startMs: 1000, endMs: 2000, text: 'It runs.' },
    { startMs: 8000, endMs: 10_000, text: 'It swims.' },
  ]);
});

it('never throws, and whatever it reads lies inside the video in order', () => {
  assert(
    property(anything(), integer({ min: 1, max: 1e8 }), (value, durationMs) => {
      const moments = readMoments(Array.isArray(value) ? value : [value], durationMs, clean);
      for (const [index, { startMs, endMs }] of moments.entries()) {
        expect(startMs).toBeGreaterThanOrEqual(moments[index - 1]?.startMs ?? 0);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(endMs).toBeLessThanOrEqual(durationMs);
      }
    }),
  );
});
