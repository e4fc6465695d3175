import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrice, parsePrice } from '../../renderer/connections/own-price.ts';

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
