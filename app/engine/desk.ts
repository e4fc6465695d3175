import type { Events } from '../contract/events.ts';
import type { WriteDb } from '../db/open.ts';
import { GridOrders } from './grid.ts';
import { LiveRoster } from './live-roster.ts';
import type { Clock } from '../platform/clock.ts';
import type { Emitter } from '../platform/emitter.ts';
import type { Roster } from '../search/roster.ts';

export type DeskOptions = {
  readonly libraryFolder: string;
  readonly clock: Clock;
  readonly db: WriteDb;
  readonly events: Emitter<Events>;
};

/** What an engine keeps in memory for the windows that look at it. Nothing of it is needed by anybody else. */
export class Desk {
  readonly orders: GridOrders;
  readonly #roster: LiveRoster;

  constructor(options: DeskOptions) {
    const { libraryFolder, clock, db, events } = options;
    this.#roster = new LiveRoster({ db, clock, events, costMs: () => this.orders.lastTookMs });
    this.orders = new GridOrders({ libraryFolder, clock, read: db, roster: () => this.roster() });
  }

  roster(): Roster {
    return this.#roster.get();
  }

  close(): void {
    this.#roster.close();
  }
}
