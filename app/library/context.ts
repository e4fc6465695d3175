import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { ReadDb, WriteDb } from './root-store.ts';

/** What the library layer needs from the engine. */
export type LibraryContext = {
  /** Holds the database and the renditions; never scanned itself. */
  readonly libraryFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly read: ReadDb;
  /** All or nothing; nested calls join the outer transaction. `unsynced`: what is simply done again after a power cut. */
  transact<Result>(action: (db: WriteDb) => Result, durability?: 'synced' | 'unsynced'): Result;
};
