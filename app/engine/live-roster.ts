import type { Events } from '../contract/events.ts';
import type { WriteDb } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Emitter } from '../platform/emitter.ts';
import { Roster } from '../search/roster.ts';

/** The least time between two times that pages are told to look again, and the first wait: a change seldom comes alone. */
const quietMs = 1_000;
const firstWaitMs = 150;
/** Pages spend at most a twentieth of the time on what is made anew for them. */
const shareOfTime = 20;

type LiveRosterOptions = {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly events: Emitter<Events>;
  /** What an answer to `grid.changed` took last. */
  readonly costMs: () => number;
};

/** The engine's roster: kept in step from the moment when it is first asked for, and pages are told when it changes. */
export class LiveRoster {
  readonly #roster: Roster;
  readonly #options: LiveRosterOptions;
  #stopTimer: (() => void) | undefined;
  #toldAtMs = -Infinity;
  #isClosed = false;

  constructor(options: LiveRosterOptions) {
    this.#options = options;
    this.#roster = new Roster(options.db);
  }

  get(): Roster {
    this.#roster.follow(this.#options.db, () => {
      this.#tellSoon();
    });
    return this.#roster;
  }

  close(): void {
    this.#isClosed = true;
    this.#stopTimer?.();
  }

  #tellSoon(): void {
    if (this.#stopTimer !== undefined || this.#isClosed) return;
    const { clock, events, costMs } = this.#options;
    const between = Math.max(quietMs, shareOfTime * costMs());
    const wait = Math.max(firstWaitMs, this.#toldAtMs + between - clock.now());
    this.#stopTimer = clock.after(wait, () => {
      this.#stopTimer = undefined;
      this.#toldAtMs = clock.now();
      events.emit('grid.changed', {});
    });
  }
}
