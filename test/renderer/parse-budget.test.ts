import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBudget, parseBudget } from '../../renderer/texts/parse-budget.ts';

describe('a budget', () => {
  it('is read as people write amounts, in their language', () => {
    expect(parseBudget('5', 'en')).toBe(5_000_000);
    expect(parseBudget('$2.50', 'en')).toBe(2_500_000);
    expect(parseBudget('1,234.5', 'en')).toBe(1_234_500_000);
    expect(parseBudget('2,50', 'de')).toBe(2_500_000);
    expect(parseBudget('1.234,50 USD', 'de')).toBe(1_234_500_000);
    expect(parseBudget('0.000001', 'en')).toBe(1);
  });

  it('is none when nothing is written, and is never guessed', () => {
    expect(parseBudget(' ', 'en')).toBeNull();
    for (const text of ['0', '-3', 'five', '1.2.3', '1e9', '0.0000001', '∞']) {
      expect(parseBudget(text, 'en')).toBe('wrong');
    }
  });

  it('is read again as it stands in its field', () => {
    expect(formatBudget(12_500_000, 'de')).toBe('12,50');
    assert(
      property(integer({ min: 1, max: 1e12 }), constantFrom('en', 'de'), (microUsd, language) => {
        expect(parseBudget(formatBudget(microUsd, language), language)).toBe(microUsd);
      }),
    );
  });

  it('reads a thousand as a thousand where it is grouped', () => {
    expect(parseBudget('1,234', 'en')).toBe(1_234_000_000);
    expect(parseBudget('1.234', 'de')).toBe(1_234_000_000);
  });
});
