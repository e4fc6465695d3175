import type { Clock } from '../platform/clock.ts';
import { createBucket, take, waitMs, type RateBucket } from './rate-bucket.ts';

export type GateLimits = {
  /** Requests in flight at once. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
};

/**
 * Lets requests of one lane go out: so many in flight, so many a minute. Preparing a picture needs no place here, so that
 * pictures are ready when a place becomes free.
 */
export class RequestGate {
  readonly #clock: Clock;
  #concurrency: number;
  #inFlight = 0;
  #requests: RateBucket | undefined;
  #tokens: RateBucket | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(clock: Clock, limits: GateLimits) {
    this.#clock = clock;
    this.#concurrency = limits.concurrency;
    this.setRates(limits);
  }

  /** The service's own numbers, as set up or as its headers say; `undefined` = no limit known. */
  setRates(limits: Omit<GateLimits, 'concurrency'>): void {
    const now = this.#clock.now();
    if (limits.requestsPerMinute !== this.#requests?.perMinute) {
      this.#requests = limits.requestsPerMinute === undefined ? undefined : createBucket(limits.requestsPerMinute, now);
    }
    if (limits.tokensPerMinute !== this.#tokens?.perMinute) {
      this.#tokens = limits.tokensPerMinute === undefined ? undefined : createBucket(limits.tokensPerMinute, now);
    }
  }

  /**
   * Waits for a place and for `tokens` units; gives the function that frees the place, or `undefined` when a signal
   * aborted first. Callers are served in order.
   */
  async enter(tokens: number, signals: readonly AbortSignal[]): Promise<(() => void) | undefined> {
    const signal = AbortSignal.any([...signals]);
    while (!signal.aborted) {
      const wait = this.#waitMs(tokens);
      if (wait === 0) {
        this.#inFlight += 1;
        const now = this.#clock.now();
        if (this.#requests !== undefined) take(this.#requests, 1, now);
        if (this.#tokens !== undefined) take(this.#tokens, tokens, now);
        return this.#leaveOnce();
      }
      await this.#turn(wait, signal);
    }
    return undefined;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** 0 = now; `undefined` = when somebody leaves. */
  #waitMs(tokens: number): number | undefined {
    if (this.#inFlight >= this.#concurrency) return undefined;
    const now = this.#clock.now();
    return Math.max(
      this.#requests === undefined ? 0 : waitMs(this.#requests, 1, now),
      this.#tokens === undefined ? 0 : waitMs(this.#tokens, tokens, now),
    );
  }

  #turn(delayMs: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let cancelTimer: (() => void) | undefined;
      const done = (): void => {
        cancelTimer?.();
        signal.removeEventListener('abort', done);
        const index = this.#waiting.indexOf(done);
        if (index >= 0) this.#waiting.splice(index, 1);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      if (delayMs === undefined) this.#waiting.push(done);
      else cancelTimer = this.#clock.after(delayMs, done);
    });
  }

  #leaveOnce(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inFlight -= 1;
      this.#waiting[0]?.();
    };
  }
}
