import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAbout, formatBytes, formatCount, formatDecimal } from '../../app/cli/format.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

test('counts are written as Americans write them', () => {
  expect([0, 7, 999, 1_000, 2_340, 1_000_000].map(formatCount)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '2,340',
    '1,000,000',
  ]);
  fc.assert(
    fc.property(fc.maxSafeNat(), (count) => {
      expect(formatCount(count)).toBe(whole.format(count));
    }),
  );
});

test('so are tenths', () => {
  expect([0, 0.04, 0.06, 1.5, 9.96, 1_234.56].map(formatDecimal)).toEqual([
    '0',
    '0',
    '0.1',
    '1.5',
    '10',
    '1,234.6',
  ]);
  fc.assert(
    fc.property(fc.nat({ max: 1e9 }), (tenths) => {
      expect(formatDecimal(tenths / 10)).toBe(decimal.format(tenths / 10));
    }),
  );
});

test('sizes are in powers of a thousand', () => {
  expect([0, 999, 1_000, 4_249_999, 999_960_000].map(formatBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '4.2 MB',
    '1 GB',
  ]);
});

test('a time that nobody knows exactly is said in one unit', () => {
  const minute = 60_000;
  expect(
    [0, 0.4, 1, 12.3, 99, 150, 60 * 30, 60 * 24 * 3].map((minutes) => formatAbout(minutes * minute)),
  ).toEqual([
    'less than a minute',
    'less than a minute',
    'about 1 minute',
    'about 12 minutes',
    'about 99 minutes',
    'about 3 hours',
    'about 30 hours',
    'about 3 days',
  ]);
});
