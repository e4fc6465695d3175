import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../app/platform/errors.ts';
import { formatUsd, parsePrice, parseUsd } from '../../app/cli/money.ts';

/** 1 for what is refused. */
const readOrOne = (text: string): number => {
  try {
    return parseUsd(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return 1;
    throw error;
  }
};

describe('parseUsd', () => {
  test('reads every amount to the millionth, exactly', () => {
    const amount = fc.integer({ min: 1, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(amount, fc.boolean(), (microUsd, hasSign) => {
        const text = `${String(Math.floor(microUsd / 1e6))}.${String(microUsd % 1e6).padStart(6, '0')}`;
        expect(parseUsd(hasSign ? `$${text}` : text)).toBe(microUsd);
      }),
    );
  });

  test.each([
    ['5', 5_000_000],
    ['$5', 5_000_000],
    ['0.50', 500_000],
    ['.5', 500_000],
    [' 12.34 ', 12_340_000],
  ])('takes %j', (text, microUsd) => {
    expect(parseUsd(text)).toBe(microUsd);
  });

  test.each([
    '',
    '$',
    '.',
    '0',
    '0.00',
    '-5',
    '5,50',
    '1e3',
    '5 USD',
    'five',
    '0.0000001',
    '99999999',
    'NaN',
    '٥',
  ])('refuses %j: a budget is never guessed', (text) => {
    expect(() => parseUsd(text)).toThrow(/invalid-input/);
  });

  test('takes nothing but amounts: whatever it takes is a positive whole number of millionths', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readOrOne(text)).toSatisfy((value: number) => Number.isSafeInteger(value) && value > 0);
      }),
    );
  });
});

test('formatUsd shows cents, and does not round small amounts to nothing', () => {
  const shown = [0, 420_000, 5_000_000, 1_234_567_891, 40_510, 50_000, 420, 1].map((microUsd) =>
    formatUsd(microUsd),
  );
  expect(shown).toStrictEqual([
    '$0.00',
    '$0.42',
    '$5.00',
    '$1,234.57',
    '$0.041',
    '$0.05',
    '$0.00042',
    '$0.000001',
  ]);
});

describe('parsePrice', () => {
  test.each([
    ['2.5/10', 2_500_000, 10_000_000],
    ['$0.15/$0.60', 150_000, 600_000],
    ['0/0', 0, 0],
  ])('%s', (text, input, output) => {
    expect(parsePrice(text)).toStrictEqual({
      inputMicroUsdPerMillion: input,
      outputMicroUsdPerMillion: output,
      source: 'own',
    });
  });

  test('of a thousand transactions, for each feature that one asks for', () => {
    const { featureMicroUsd, ...price } = parsePrice('1.5');
    expect(new Set(Object.values(featureMicroUsd ?? {}))).toEqual(new Set([1_500]));
    expect(price).toStrictEqual({
      inputMicroUsdPerMillion: 0,
      outputMicroUsdPerMillion: 0,
      source: 'own',
    });
  });

  test.each(['', '5/', '/5', '2,5/10', '-1/2', '1/2/3', '1e3/2'])('refuses %j', (text) => {
    expect(() => parsePrice(text)).toThrow('is no price');
  });
});
