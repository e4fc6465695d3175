import { assert, array, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../app/engine/live-work.ts';

const minute = 60_000;

describe('the pace of a run', () => {
  it('is what came in the last two minutes, and the time that the rest takes at that rate', () => {
    // Seven photos, ten seconds apart: six a minute.
    const moments = Array.from({ length: 7 }, (_, index) => index * 10_000);
    expect(paceOf(moments, minute, 12)).toEqual({ photosPerMinute: 6, msLeft: 2 * minute });
  });

  it('slows down while nothing comes, and is not told from a single photo or from long ago', () => {
    expect(paceOf([0, minute], 2 * minute, 5)?.photosPerMinute).toBe(0.5);
    expect(paceOf([minute], minute, 5)).toBeNull();
    expect(paceOf([0, 1_000], 10 * minute, 5)).toBeNull();
  });

  it('is never negative or endless', () => {
    assert(
      property(
        array(integer({ min: 0, max: 500_000 })),
        integer({ min: 0, max: 500_000 }),
        (moments, left) => {
          const pace = paceOf(
            moments.toSorted((one, other) => one - other),
            500_000,
            left,
          );
          expect(pace === null || (Number.isFinite(pace.photosPerMinute) && pace.photosPerMinute >= 0)).toBe(
            true,
          );
          expect(pace?.msLeft ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
