import type { ReadDb } from '../../captioning/description-store.ts';

/** What a handler that only reads gets. */
export type ReadContext = {
  readonly read: ReadDb;
  readonly libraryFolder: string;
  readonly now: () => number;
};
