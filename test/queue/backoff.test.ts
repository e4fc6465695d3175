import { assert, double, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, longestBackoffMs } from '../../app/queue/backoff.ts';

it('doubles with each try, up to five minutes', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 1_000, 0))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(backoffMs(50, 1_000, 0)).toBe(longestBackoffMs);
});

it('spreads the wait by at most a quarter, and always waits', () => {
  assert(
    property(
      integer({ min: 1, max: 2_000 }),
      integer({ min: 4, max: 60_000 }),
      double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (attempt, baseMs, random) => {
        const full = backoffMs(attempt, baseMs, 0);
        const wait = backoffMs(attempt, baseMs, random);
        return Number.isInteger(wait) && wait > 0 && wait <= full && wait >= Math.floor(full * 0.75);
      },
    ),
  );
});
