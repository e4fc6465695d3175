import type { Output } from '../contract/procedures.ts';

/** Why a lane rests, as the queue tells it. */
type Pause = {
  readonly by: Output<'queue.list'>['lanes'][number]['pausedBy'];
  readonly untilMs: number | null;
};

/** Failed tries to reach the service in a row, 1 s and 2 s apart, before the command gives up: a short break is waited out. */
const offlineTries = 3;
/** A service that asks for more is not waited for. */
const longestRestMs = 10 * 60_000;

/** Decides when a command stops waiting for a lane that rests. A key that is refused waits for a person, `--wait` or not. */
export class HoldRule {
  readonly #wait: boolean;
  readonly #now: () => number;
  #tries = 0;
  #restEndsMs = 0;

  constructor(options: { wait: boolean; now?: () => number }) {
    this.#wait = options.wait;
    this.#now = options.now ?? Date.now;
  }

  /** The service answered. */
  reset(): void {
    this.#tries = 0;
  }

  isHeld({ by, untilMs }: Pause): boolean {
    if (by === 'blocked' || by === 'person') return true;
    if (this.#wait || untilMs === null) return false;
    if (by === 'rate-limit') return untilMs - this.#now() > longestRestMs;
    // Many requests that fail at once are one try: a new one begins after the rest.
    if (this.#now() >= this.#restEndsMs) this.#tries += 1;
    this.#restEndsMs = Math.max(this.#restEndsMs, untilMs);
    return this.#tries >= offlineTries;
  }
}
