import type { Clock } from '../../app/platform/clock.ts';

type Timer = { readonly dueMs: number; readonly action: () => void };

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.UTC(2026, 10, 23, 12)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { dueMs: this.#nowMs + Math.max(delayMs, 0), action };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves time on and runs what becomes due, one after the other, with everything that follows from each. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let timer = this.#nextTimer(endMs); timer !== undefined; timer = this.#nextTimer(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      this.#timers.delete(timer);
      timer.action();
      await settle();
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** The machine sleeps: time goes on, and no timer runs until `advance`. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }

  #nextTimer(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }
}

/** Lets promises and immediates that are due run; no time passes. */
export async function settle(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Lets them run until `isTrue`, for as long as work goes on by itself; fails when it never comes to that. */
export async function until(isTrue: () => boolean, mostTurns = 100_000): Promise<void> {
  for (let turn = 0; !isTrue(); turn++) {
    if (turn === mostTurns) throw new Error(`waited in vain for ${isTrue.toString()}`);
    await settle(1);
  }
}
