import { describe, expect, test } from 'vitest';
import { HoldRule } from '../../app/cli/hold-rule.ts';

const now = (): number => 0;

describe('when a command stops waiting', () => {
  test('a refused key waits for a person, whatever was asked', () => {
    expect(new HoldRule({ wait: true }).isHeld({ by: 'blocked', untilMs: null })).toBe(true);
  });

  test('a short break of the network is waited out; a longer one is not', () => {
    let nowMs = 0;
    const rule = new HoldRule({ wait: false, now: () => nowMs });
    const seen = [];
    for (const [atMs, untilMs] of [
      [0, 1_000],
      [1_000, 3_000],
      [3_000, 7_000],
    ] as const) {
      nowMs = atMs;
      seen.push(rule.isHeld({ by: 'offline', untilMs }));
    }
    expect(seen).toStrictEqual([false, false, true]);
  });

  test('many requests that fail at once are one try', () => {
    const rule = new HoldRule({ wait: false, now });
    expect(
      [1_000, 1_001, 1_002, 1_003].map((untilMs) => rule.isHeld({ by: 'offline', untilMs })),
    ).not.toContain(true);
  });

  test('an answer in between begins the count anew', () => {
    let nowMs = 0;
    const rule = new HoldRule({ wait: false, now: () => nowMs });
    for (let round = 0; round < 10; round += 1) {
      expect(rule.isHeld({ by: 'offline', untilMs: nowMs + 1 })).toBe(false);
      nowMs += 1;
      rule.reset();
    }
  });

  test('a rate limit is waited for, but not for hours; with --wait also that', () => {
    const hour = { by: 'rate-limit', untilMs: 3_600_000 } as const;
    expect(new HoldRule({ wait: false, now }).isHeld({ by: 'rate-limit', untilMs: 60_000 })).toBe(false);
    expect(new HoldRule({ wait: false, now }).isHeld(hour)).toBe(true);
    expect(new HoldRule({ wait: true, now }).isHeld(hour)).toBe(false);
  });
});
