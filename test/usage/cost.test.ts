import { assert, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price } from '../../app/contract/models/usage.ts';
import { costMicroUsd, formatUsd, upperCostMicroUsd } from '../../app/usage/cost.ts';

const gpt41: Price = {
  inputMicroUsdPerMillion: 2_000_000,
  cachedInputMicroUsdPerMillion: 500_000,
  outputMicroUsdPerMillion: 8_000_000,
  source: 'test',
};

const perMillion = integer({ min: 0, max: 200_000_000 });
const anyPrice = record({
  inputMicroUsdPerMillion: perMillion,
  cached: option(perMillion),
  outputMicroUsdPerMillion: perMillion,
}).map(({ cached, ...rest }): Price => ({
  ...rest,
  ...(cached === null ? {} : { cachedInputMicroUsdPerMillion: cached }),
  source: 'test',
}));
const tokenCount = integer({ min: 0, max: 2_000_000 });
const anyTokens = record({
  inputTokens: tokenCount,
  outputTokens: tokenCount,
  cachedInputTokens: option(tokenCount, { nil: undefined }),
});

describe('what tokens cost', () => {
  it('is input, cached input and output at their own prices', () => {
    expect(costMicroUsd({ inputTokens: 1_000, outputTokens: 100 }, gpt41)).toBe(2_000 + 800);
    expect(costMicroUsd({ inputTokens: 1_000, cachedInputTokens: 600, outputTokens: 100 }, gpt41)).toBe(
      800 + 300 + 800,
    );
  });

  it('is that of its input at most, when a service reports more cached than input tokens', () => {
    assert(
      property(anyTokens, anyPrice, (tokens, price) => {
        const reported = costMicroUsd(
          { ...tokens, cachedInputTokens: tokens.inputTokens + 1_000_000 },
          price,
        );
        expect(reported).toBe(costMicroUsd({ ...tokens, cachedInputTokens: tokens.inputTokens }, price));
      }),
    );
  });

  it('is a whole number, never below zero, and never above the estimate that was reserved for it', () => {
    assert(
      property(anyTokens, anyPrice, (tokens, price) => {
        const cost = costMicroUsd(tokens, price);
        expect(Number.isSafeInteger(cost)).toBe(true);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(upperCostMicroUsd(tokens, price)).toBeGreaterThanOrEqual(cost);
      }),
    );
  });

  it('adds up: two requests cost what one with all their tokens costs, but for rounding', () => {
    const charged = record({ inputTokens: tokenCount, outputTokens: tokenCount });
    assert(
      property(charged, charged, anyPrice, (a, b, price) => {
        const both = {
          inputTokens: a.inputTokens + b.inputTokens,
          outputTokens: a.outputTokens + b.outputTokens,
        };
        const difference = costMicroUsd(a, price) + costMicroUsd(b, price) - costMicroUsd(both, price);
        expect(Math.abs(difference)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('money for people', () => {
  it.each([
    [0, '$0.00'],
    [1, '$0.000001'],
    [42, '$0.000042'],
    [999, '$0.0010'],
    [4_200, '$0.0042'],
    [42_000, '$0.0420'],
    [100_000, '$0.10'],
    [3_100_000, '$3.10'],
    [1_240_000_000, '$1,240.00'],
  ])('says %i millionths as %s', (microUsd, said) => {
    expect(formatUsd(microUsd)).toBe(said);
  });

  it('never says nothing of something, and is off by less than a twentieth', () => {
    assert(
      property(integer({ min: 1, max: 10_000_000_000 }), (microUsd) => {
        const said = Number(formatUsd(microUsd).replaceAll(/[$,]/g, '')) * 1_000_000;
        expect(said).toBeGreaterThan(0);
        expect(Math.abs(said - microUsd)).toBeLessThanOrEqual(microUsd * 0.06);
      }),
    );
  });
});
