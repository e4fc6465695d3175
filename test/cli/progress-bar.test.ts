import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from '../../app/cli/text-width.ts';
import { formatProgress, Pace, type Progress } from '../../app/cli/progress-bar.ts';

const whole: Progress = {
  label: 'Describing',
  done: 123,
  total: 2_340,
  perSecond: 3.2,
  costMicroUsd: 420_000,
  budgetMicroUsd: 5_000_000,
  failed: 2,
};

test('says everything where there is room, and gives up the least useful first', () => {
  expect([110, 80, 60, 40, 30, 20, 6].map((width) => formatProgress(whole, width))).toStrictEqual([
    'Describing 123/2,340 ▕█░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▏ 5% · 3.2/s · 12 min left · $0.42 of $5.00 · 2 failed',
    'Describing 123/2,340 ▕░░░░░░░░░░░░▏ 5% · 12 min left · $0.42 of $5.00 · 2 failed',
    '123/2,340 · 5% · 12 min left · $0.42 of $5.00 · 2 failed',
    '123/2,340 · 5% · 2 failed',
    '123/2,340 · 5% · 2 failed',
    '123/2,340 · 5%',
    '5%',
  ]);
});

test('has no bar in a file or a log', () => {
  expect(formatProgress(whole, 200, { isPlain: true })).toBe(
    'Describing 123/2,340 · 5% · 3.2/s · 12 min left · $0.42 of $5.00 · 2 failed',
  );
});

test('says why it waits in place of how fast it goes', () => {
  const line = formatProgress({ ...whole, waiting: 'rate limit, 12 s' }, 100);
  expect(line).toContain('rate limit, 12 s');
  expect(line).not.toMatch(/left|\/s/);
});

test('never takes more columns than there are, and never says more than all', () => {
  const count = fc.nat({ max: 10_000_000 });
  const progress = fc.record(
    {
      label: fc.constantFrom('Reading', 'Describing', '説明中'),
      done: count,
      total: fc.option(count, { nil: undefined }),
      perSecond: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true }), { nil: undefined }),
      costMicroUsd: fc.option(count, { nil: undefined }),
      budgetMicroUsd: fc.option(count, { nil: undefined }),
      failed: fc.option(count, { nil: undefined }),
      waiting: fc.option(fc.constant('rate limit, 12 s'), { nil: undefined }),
    },
    { requiredKeys: ['label', 'done', 'total'] },
  );
  fc.assert(
    fc.property(progress, fc.integer({ min: 1, max: 200 }), (state, width) => {
      const line = formatProgress(state, width);
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/NaN|Infinity|undefined/);
      expect(Number(/(\d+)%/.exec(line)?.[1] ?? '0')).toBeLessThanOrEqual(100);
    }),
  );
});

test('the pace is that of the last seconds: a rest before does not spoil the time left', () => {
  const pace = new Pace();
  expect(pace.perSecond(0, 0)).toBeUndefined();
  expect(pace.perSecond(10, 10_000)).toBeCloseTo(1);
  for (let second = 11; second <= 120; second += 1) pace.perSecond(10, second * 1000);
  let now: number | undefined;
  for (let second = 1; second <= 30; second += 1) {
    now = pace.perSecond(10 + second * 5, (120 + second) * 1000);
  }
  expect(now).toBeCloseTo(5);
});
