import { describe, expect, it } from 'vitest';
import { readRateLimit } from '../../app/providers/rate-limit.ts';

const read = (headers: Record<string, string>) => readRateLimit(new Headers(headers));

describe('readRateLimit', () => {
  it('reads all four numbers', () => {
    expect(
      read({
        'x-ratelimit-limit-requests': '300',
        'x-ratelimit-limit-tokens': '50000',
        'x-ratelimit-remaining-requests': '299',
        'x-ratelimit-remaining-tokens': '48000',
      }),
    ).toEqual({ limitRequests: 300, limitTokens: 50_000, remainingRequests: 299, remainingTokens: 48_000 });
  });

  it('believes that nothing is left only beside a real limit', () => {
    expect(read({ 'x-ratelimit-limit-tokens': '50000', 'x-ratelimit-remaining-tokens': '0' })).toEqual({
      limitTokens: 50_000,
      remainingTokens: 0,
    });
    expect(read({ 'x-ratelimit-limit-tokens': '0', 'x-ratelimit-remaining-tokens': '0' })).toBeUndefined();
  });

  it.each(['-1', '', 'unlimited', '1e3', '1.5', 'NaN'])('leaves out %j', (value) => {
    expect(
      read({ 'x-ratelimit-remaining-requests': value, 'x-ratelimit-limit-requests': value }),
    ).toBeUndefined();
  });

  it('says nothing when the service says nothing', () => {
    expect(read({})).toBeUndefined();
  });
});
