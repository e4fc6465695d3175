import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrice, parsePrice } from '../../renderer/connections/own-price.ts';
import { toMicroUsd } from '../../renderer/settings/amounts.ts';

describe('an amount that a person types', () => {
  it('is read with a point or a comma, to a millionth of a dollar', () => {
    expect(toMicroUsd(' 2,50 ')).toBe(2_500_000);
    expect(toMicroUsd('0.000001')).toBe(1);
  });

  it('is refused rather than guessed at when it is not plain, or nothing', () => {
    for (const text of ['', '0', '0.00', '-5', '1e3', '1.000,50', '5 $', '0.0000001', '٣']) {
      expect(`${text}: ${String(toMicroUsd(text))}`).toBe(`${text}: undefined`);
    }
  });

  it('never becomes more or less than it says', () => {
    assert(
      property(integer({ min: 1, max: 9_999_999_999_999 }), (microUsd) => {
        const dollars = Math.floor(microUsd / 1e6);
        const rest = String(microUsd % 1_000_000).padStart(6, '0');
        expect(toMicroUsd(`${String(dollars)}.${rest}`)).toBe(microUsd);
      }),
    );
  });
});

describe('a price that a person types', () => {
  it('is two amounts, in and out, and is shown as it was typed', () => {
    const price = parsePrice('2.50/10');
    expect(price).toEqual({
      inputMicroUsdPerMillion: 2_500_000,
      outputMicroUsdPerMillion: 10_000_000,
      source: 'own',
    });
    expect(price && formatPrice(price)).toBe('2.5/10');
  });

  it('takes whatever is typed', () => {
    assert(
      property(string(), (text) => {
        parsePrice(text);
      }),
    );
    expect(parsePrice('2.50')).toBeUndefined();
  });
});
