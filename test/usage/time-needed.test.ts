import { describe, expect, it } from 'vitest';
import { timeNeeded } from '../../app/usage/time-needed.ts';

const unlimited = { concurrency: 4, requestsPerMinute: null, tokensPerMinute: null };

describe('the time that requests need', () => {
  it('is that of answers, so many at once as the connection takes', () => {
    // Ten, four at once: three turns of two seconds.
    expect(timeNeeded({ requests: 10, inputTokens: 0, outputTokens: 0 }, unlimited, 2000)).toBe(6000);
    expect(timeNeeded({ requests: 0, inputTokens: 0, outputTokens: 0 }, unlimited, 2000)).toBe(0);
  });

  it('is longer where the limits of the service hold them back', () => {
    const work = { requests: 60, inputTokens: 50_000, outputTokens: 10_000 };
    // Thirty a minute: two minutes. Twenty thousand tokens a minute: three.
    expect(timeNeeded(work, { ...unlimited, requestsPerMinute: 30 }, 100)).toBe(120_000);
    expect(timeNeeded(work, { concurrency: 4, requestsPerMinute: 30, tokensPerMinute: 20_000 }, 100)).toBe(
      180_000,
    );
  });
});
