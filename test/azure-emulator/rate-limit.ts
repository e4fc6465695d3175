/** @file Requests and tokens per minute, counted per deployment as QMAN and QUOTA describe it (AZURE §4). */

import { gatewayError, type ErrorAnswer } from './errors.ts';
import type { RateLimitOptions } from './personas.ts';

/** Counts within windows of fixed length, each beginning anew with nothing used. */
class Window {
  readonly #lengthMs: number;
  readonly limit: number;
  #startMs = 0;
  #used = 0;

  constructor(limit: number, lengthMs: number) {
    this.limit = limit;
    this.#lengthMs = lengthMs;
  }

  /** Takes `count`, or nothing when it no longer fits. */
  take(count: number, nowMs: number): boolean {
    this.#turn(nowMs);
    if (this.#used + count > this.limit) return false;
    this.#used += count;
    return true;
  }

  remaining(nowMs: number): number {
    this.#turn(nowMs);
    return this.limit - this.#used;
  }

  msToReset(nowMs: number): number {
    this.#turn(nowMs);
    return Math.max(1, Math.ceil(this.#startMs + this.#lengthMs - nowMs));
  }

  #turn(nowMs: number): void {
    if (this.#startMs !== 0 && nowMs < this.#startMs + this.#lengthMs) return;
    this.#startMs = nowMs;
    this.#used = 0;
  }
}

export type RateLimitHeaders = Readonly<Record<string, string>>;

/** The two buckets of one deployment. */
export class RateLimiter {
  readonly #requests: Window;
  readonly #tokens: Window;
  readonly #requestsPerMinute: number;
  readonly #retryAfterMs: number | undefined;

  constructor(options: RateLimitOptions = {}) {
    const { minuteMs = 60_000, slicesPerMinute = 6 } = options;
    this.#requestsPerMinute = options.requestsPerMinute ?? 600_000;
    this.#requests = new Window(
      Math.ceil(this.#requestsPerMinute / slicesPerMinute),
      minuteMs / slicesPerMinute,
    );
    this.#tokens = new Window(options.tokensPerMinute ?? 1_000_000_000, minuteMs);
    this.#retryAfterMs = options.retryAfterMs;
  }

  /** Every request counts, also one that fails later. The 429, or `undefined`. */
  takeRequest(apiVersion: string | undefined): ErrorAnswer | undefined {
    const nowMs = performance.now();
    if (this.#requests.take(1, nowMs)) return undefined;
    return this.#throttle('call rate limit', apiVersion, this.#requests.msToReset(nowMs));
  }

  /** The admission estimate: prompt plus the limit on output, so that an oversized limit burns the quota. */
  takeTokens(estimate: number, apiVersion: string | undefined): ErrorAnswer | undefined {
    const nowMs = performance.now();
    if (this.#tokens.take(estimate, nowMs)) return undefined;
    return this.#throttle('token rate limit', apiVersion, this.#tokens.msToReset(nowMs));
  }

  /** `x-ratelimit-*` as they stand on every 200 and 429; resets in seconds. */
  headers(): RateLimitHeaders {
    const nowMs = performance.now();
    return {
      'x-ratelimit-limit-requests': String(this.#requestsPerMinute),
      'x-ratelimit-remaining-requests': String(this.#requests.remaining(nowMs)),
      'x-ratelimit-reset-requests': String(toSeconds(this.#requests.msToReset(nowMs))),
      'x-ratelimit-limit-tokens': String(this.#tokens.limit),
      'x-ratelimit-remaining-tokens': String(this.#tokens.remaining(nowMs)),
      'x-ratelimit-reset-tokens': String(toSeconds(this.#tokens.msToReset(nowMs))),
    };
  }

  #throttle(limit: string, apiVersion: string | undefined, msToReset: number): ErrorAnswer {
    const waitMs = this.#retryAfterMs ?? msToReset;
    const seconds = toSeconds(waitMs);
    return gatewayError(429, '429', throttleText(limit, apiVersion, seconds), {
      ...this.headers(),
      'retry-after-ms': String(waitMs),
      'retry-after': String(seconds),
    });
  }
}

function toSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** The text of a live 429 (AZURE §4). */
export function throttleText(limit: string, apiVersion: string | undefined, seconds: number): string {
  return `Requests to the ChatCompletions_Create Operation under Azure OpenAI API version ${apiVersion ?? 'v1'} have exceeded ${limit} of your current OpenAI S0 pricing tier. Please retry after ${seconds} seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.`;
}
