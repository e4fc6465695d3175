import type { ReadDb } from '../../captioning/description-store.ts';
import type { LiveWork } from '../live-work.ts';
import type { Roster } from '../../search/roster.ts';

/** What a handler that only reads gets. */
export type ReadContext = {
  readonly read: ReadDb;
  readonly libraryFolder: string;
  readonly now: () => number;
  /** Of every asset what counts and lists ask for; inside an engine it is kept in step. */
  readonly roster: () => Roster;
  /** What the engine is doing; `undefined` to those who only read beside it. */
  readonly work?: LiveWork;
};
