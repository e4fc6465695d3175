import type { Clock } from '../../app/platform/clock.ts';

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<{ readonly atMs: number; readonly action: () => void }>();
  #onTimer: (() => void) | undefined;

  constructor(nowMs = Date.now()) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, action };
    this.#timers.add(timer);
    this.#onTimer?.();
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Goes on, and runs what is due on the way, in order. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (let next = this.#next(); next !== undefined && next.atMs <= endMs; next = this.#next()) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.action();
    }
    this.#nowMs = endMs;
  }

  /** Resolves as soon as somebody waits for the clock. */
  async waitedFor(): Promise<void> {
    if (this.#timers.size > 0) return;
    await new Promise<void>((resolve) => {
      this.#onTimer = resolve;
    });
    this.#onTimer = undefined;
  }

  #next() {
    return [...this.#timers].toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}
