import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../app/captioning/pace-store.ts';

/** One photo after the other, so far apart. */
const everyMs = (ms: number, count: number, from = 1_000_000) =>
  Array.from({ length: count }, (_, index) => from + index * ms);

describe('the pace of describing', () => {
  it('is the time from one photo to the next, in whatever order they are told', () => {
    expect(paceOf(everyMs(200, 50).toReversed())).toBe(200);
    // Four at once, all done at the same moment, once in 800 ms: 83 follow another, in 16 s.
    expect(paceOf(everyMs(800, 21).flatMap((time) => [time, time, time, time]))).toBeCloseTo(16_000 / 83, 6);
  });

  it('leaves out the night between two runs, and says nothing after a few photos', () => {
    expect(paceOf([...everyMs(100, 20), ...everyMs(100, 20, 90_000_000)])).toBe(100);
    expect(paceOf(everyMs(100, 5))).toBeUndefined();
    expect(paceOf([])).toBeUndefined();
  });

  it('is never negative and never longer than the longest wait that counts', () => {
    assert(
      property(array(integer({ min: 0, max: 100_000 })), (times) => {
        const pace = paceOf(times) ?? 0;
        expect(pace).toBeGreaterThanOrEqual(0);
        expect(pace).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
