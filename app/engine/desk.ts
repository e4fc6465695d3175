import type { Events } from '../contract/events.ts';
import type { WriteDb } from '../db/open.ts';
import { GridOrders } from './grid.ts';
import { LiveRoster } from './live-roster.ts';
import { LiveWork } from './live-work.ts';
import { WantedRenditions } from './wanted-renditions.ts';
import { findColorsJob } from '../jobs/find-colors.ts';
import { listColorless } from '../library/color-store.ts';
import type { LibraryContext } from '../library/context.ts';
import type { Queue } from '../queue/queue.ts';
import type { Clock } from '../platform/clock.ts';
import type { Emitter } from '../platform/emitter.ts';
import type { Roster } from '../search/roster.ts';
import { readPlaceNames } from '../search/place-names.ts';
import { readWordKinds } from '../search/word-kinds.ts';

export type DeskOptions = {
  readonly libraryFolder: string;
  readonly clock: Clock;
  readonly db: WriteDb;
  readonly events: Emitter<Events>;
  readonly queue: Queue;
  readonly library: LibraryContext;
};

/** What an engine keeps in memory for the windows that look at it. Nothing of it is needed by anybody else. */
export class Desk {
  readonly orders: GridOrders;
  readonly renditions: WantedRenditions;
  readonly work: LiveWork;
  readonly #options: DeskOptions;
  readonly #roster: LiveRoster;
  #hasLookedForColors = false;

  constructor(options: DeskOptions) {
    const { libraryFolder, clock, db, events, queue, library } = options;
    this.#options = options;
    this.#roster = new LiveRoster({ db, clock, events, costMs: () => this.orders.lastTookMs });
    this.orders = new GridOrders({ libraryFolder, clock, read: db, roster: () => this.roster() });
    this.work = new LiveWork(events, clock);
    this.renditions = new WantedRenditions(library, queue, events);
  }

  roster(): Roster {
    this.#findColors();
    return this.#roster.get();
  }

  /** Reads and makes what a window asks for first, while it is still being loaded. */
  async warm(): Promise<void> {
    await this.orders.prepare({});
    await readWordKinds();
    await readPlaceNames();
  }

  close(): void {
    this.#roster.close();
    this.renditions.close();
  }

  /** Libraries of older releases do not know their photos' average colours; nobody but a window asks for them. */
  #findColors(): void {
    const { db, queue } = this.#options;
    if (this.#hasLookedForColors) return;
    this.#hasLookedForColors = true;
    if (listColorless(db, 1).length > 0) db.transact(() => queue.enqueue(db, [findColorsJob]));
  }
}
