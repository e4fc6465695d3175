import { array, assert, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from '../../app/queue/sliding-window.ts';

describe('a sliding window', () => {
  it('lets a burst go at once, and the next when the oldest has left the window', () => {
    const window = new SlidingWindow(3, 1_000);
    for (const atMs of [0, 100, 200]) {
      expect(window.waitMs(1, atMs)).toBe(0);
      window.take(1, atMs);
    }
    expect(window.waitMs(1, 300)).toBe(700);
    expect(window.waitMs(2, 300)).toBe(800);
    expect(window.waitMs(1, 1_000)).toBe(0);
  });

  it('takes a request that is larger than the limit, alone', () => {
    const window = new SlidingWindow(10, 1_000);
    expect(window.waitMs(500, 0)).toBe(0);
    window.take(500, 0);
    expect(window.waitMs(1, 1)).toBe(999);
    expect(window.waitMs(500, 1_000)).toBe(0);
  });

  it('does not make anybody wait longer because the clock was set back', () => {
    const window = new SlidingWindow(1, 1_000);
    window.take(1, 3_600_000);
    expect(window.waitMs(1, 5)).toBeLessThanOrEqual(1_000);
  });

  it('never lets more than its limit go in any stretch of its length, and asks for no longer wait than needed', () => {
    const steps = array(
      record({ gapMs: integer({ min: 0, max: 900 }), units: integer({ min: 1, max: 12 }) }),
    );
    assert(
      property(integer({ min: 1, max: 10 }), steps, (limit, asked) => {
        const window = new SlidingWindow(limit, 1_000);
        const taken: { atMs: number; units: number }[] = [];
        const sumSince = (fromMs: number) =>
          taken.filter(({ atMs }) => atMs > fromMs).reduce((sum, { units }) => sum + units, 0);
        let now = 0;
        for (const step of asked) {
          now += step.gapMs;
          const units = Math.min(step.units, limit);
          const wait = window.waitMs(step.units, now);
          const isNeeded = wait === 0 || sumSince(now + wait - 1 - 1_000) + units > limit;
          expect(isNeeded).toBe(true);
          now += wait;
          expect(window.waitMs(step.units, now)).toBe(0);
          window.take(step.units, now);
          taken.push({ atMs: now, units });
          expect(sumSince(now - 1_000)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
