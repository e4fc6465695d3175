/**
 * At most so many units in any stretch of time of a given length, however it is laid: a service that counts in windows of
 * that length never counts more, wherever its windows begin.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #lengthMs: number;
  /** Oldest first; only what is still inside the window. */
  readonly #taken: { readonly atMs: number; readonly units: number }[] = [];
  #sum = 0;

  constructor(limit: number, lengthMs: number) {
    this.#limit = limit;
    this.#lengthMs = lengthMs;
  }

  /** Milliseconds until `units` may be taken; 0 when they can be taken now. More than the limit counts as the limit. */
  waitMs(units: number, nowMs: number): number {
    this.#forget(nowMs);
    let tooMany = this.#sum + Math.min(units, this.#limit) - this.#limit;
    let wait = 0;
    for (const { atMs, units: freed } of this.#taken) {
      if (tooMany <= 0) break;
      tooMany -= freed;
      wait = atMs + this.#lengthMs - nowMs;
    }
    return wait;
  }

  take(units: number, nowMs: number): void {
    const counted = Math.min(units, this.#limit);
    this.#taken.push({ atMs: nowMs, units: counted });
    this.#sum += counted;
  }

  #forget(nowMs: number): void {
    // A clock that was set back would hold everybody up for as long.
    if ((this.#taken.at(-1)?.atMs ?? nowMs) > nowMs) this.#sum = this.#taken.length = 0;
    while (this.#taken[0] !== undefined && this.#taken[0].atMs + this.#lengthMs <= nowMs) {
      this.#sum -= this.#taken[0].units;
      this.#taken.shift();
    }
  }
}
