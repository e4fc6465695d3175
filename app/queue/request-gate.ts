import type { Clock } from '../platform/clock.ts';
import { SlidingWindow } from './sliding-window.ts';

export type GateLimits = {
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Nobody knows yet whether the service takes any: one request at a time goes out until `trust`. @default false */
  readonly startsAlone?: boolean;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
};

type Rates = Pick<GateLimits, 'requestsPerMinute' | 'tokensPerMinute'>;

type Waiting = {
  readonly tokens: number;
  readonly isUrgent: boolean;
  readonly end: (leave: (() => void) | undefined) => void;
};

const minuteMs = 60_000;
/** Azure counts requests per minute in slices of ten seconds, and tokens by the minute (AZURE §4, quota facts). */
const slicesPerMinute = 6;

/**
 * Lets requests of one lane go out: so many in flight, so many a minute. Preparing a picture needs no place here, so that
 * pictures are ready when a place becomes free.
 */
export class RequestGate {
  readonly #clock: Clock;
  #concurrency: number;
  #isAlone: boolean;
  #rates: Rates = {};
  #requests: readonly SlidingWindow[] = [];
  #tokens: readonly SlidingWindow[] = [];
  readonly #waiting: Waiting[] = [];
  #inFlight = 0;
  #urgentInFlight = 0;
  #holds = 0;
  #cancelTimer: (() => void) | undefined;

  /** @param limits the service's own numbers; a rate that is left out is not known and not kept */
  constructor(clock: Clock, { concurrency, startsAlone = false, ...rates }: GateLimits) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    this.#isAlone = startsAlone;
    this.setRates(rates);
  }

  /** From now on; what went out before is not counted again. The same rates change nothing. */
  setRates({ requestsPerMinute, tokensPerMinute }: Rates): void {
    if (requestsPerMinute !== this.#rates.requestsPerMinute) {
      this.#requests =
        requestsPerMinute === undefined
          ? []
          : [
              new SlidingWindow(Math.ceil(requestsPerMinute / slicesPerMinute), minuteMs / slicesPerMinute),
              new SlidingWindow(requestsPerMinute, minuteMs),
            ];
    }
    if (tokensPerMinute !== this.#rates.tokensPerMinute) {
      this.#tokens = tokensPerMinute === undefined ? [] : [new SlidingWindow(tokensPerMinute, minuteMs)];
    }
    this.#rates = {
      ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    };
    this.#admit();
  }

  /**
   * Waits for a place and for `tokens` units; gives the function that frees the place, or `undefined` when a signal
   * aborted first or everybody was turned away. Callers are served in order: a large request is not starved by small ones.
   *
   * @param options.isUrgent a person waits for it: it goes before all that are not, and one urgent request may be in flight
   * beyond the number that is allowed, so that it waits for none of them; the rates hold for it as well. @default false
   */
  enter(
    tokens: number,
    signals: readonly AbortSignal[],
    { isUrgent = false }: { readonly isUrgent?: boolean } = {},
  ): Promise<(() => void) | undefined> {
    const signal = AbortSignal.any([...signals]);
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve(undefined);
        return;
      }
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        waiting.end(undefined);
        this.#admit();
      };
      const waiting: Waiting = {
        tokens,
        isUrgent,
        end: (leave) => {
          signal.removeEventListener('abort', giveUp);
          resolve(leave);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      const place = isUrgent ? this.#waiting.findIndex((other) => !other.isUrgent) : -1;
      this.#waiting.splice(place === -1 ? this.#waiting.length : place, 0, waiting);
      this.#admit();
    });
  }

  /** Sends away those who wait: the service does not want to be asked now. */
  turnAway(): void {
    this.#cancelTimer?.();
    for (const waiting of this.#waiting.splice(0)) waiting.end(undefined);
  }

  /**
   * Lets nobody in until the returned function is called: the service does not want to be asked, and whoever was told so is
   * still writing it down.
   */
  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
      this.#admit();
    };
  }

  /** From now on; those that are in stay in. */
  setConcurrency(concurrency: number): void {
    if (concurrency === this.#concurrency) return;
    this.#concurrency = concurrency;
    this.#admit();
  }

  /** The service takes requests: from now on as many as are allowed go side by side. */
  trust(): void {
    if (!this.#isAlone) return;
    this.#isAlone = false;
    this.#admit();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Lets those who wait in, first come first served, until there is no room or the first has to wait for its rate. */
  #admit(): void {
    this.#cancelTimer?.();
    if (this.#holds > 0) return;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (!this.#hasRoom(first)) return;
      const now = this.#clock.now();
      const waitMs = this.#waitMs(first.tokens, now);
      if (waitMs > 0) {
        this.#cancelTimer = this.#clock.after(waitMs, () => {
          this.#admit();
        });
        return;
      }
      for (const window of this.#requests) window.take(1, now);
      for (const window of this.#tokens) window.take(first.tokens, now);
      this.#inFlight += 1;
      if (first.isUrgent) this.#urgentInFlight += 1;
      this.#waiting.shift();
      first.end(this.#leaveOnce(first));
    }
  }

  #waitMs(tokens: number, now: number): number {
    return Math.max(
      0,
      ...this.#requests.map((window) => window.waitMs(1, now)),
      ...this.#tokens.map((window) => window.waitMs(tokens, now)),
    );
  }

  #hasRoom({ isUrgent }: Waiting): boolean {
    if (this.#inFlight < (this.#isAlone ? 1 : this.#concurrency)) return true;
    return isUrgent && this.#urgentInFlight === 0;
  }

  #leaveOnce({ isUrgent }: Waiting): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inFlight -= 1;
      if (isUrgent) this.#urgentInFlight -= 1;
      this.#admit();
    };
  }
}
