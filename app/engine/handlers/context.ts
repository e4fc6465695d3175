import type { ReadDb } from '../../captioning/description-store.ts';
import type { LiveWork } from '../live-work.ts';
import type { Connection, SecretPlace } from '../../contract/models/connection.ts';
import type { CredentialOf } from '../connections.ts';
import type { Roster } from '../../search/roster.ts';

/** Keys as a check-up asks for them: where they are, and, to show one to its own service, what they are. */
export type ConnectionKeys = {
  readonly placeOf: (connection: Connection) => SecretPlace | null;
  readonly credentialOf: CredentialOf;
};

/** What a handler that only reads gets. */
export type ReadContext = {
  readonly read: ReadDb;
  readonly libraryFolder: string;
  readonly now: () => number;
  /** Of every asset what counts and lists ask for; inside an engine it is kept in step. */
  readonly roster: () => Roster;
  /** `undefined` to those who have no use for keys. */
  readonly keys?: ConnectionKeys | undefined;
  /** What the engine is doing; `undefined` to those who only read beside it. */
  readonly work?: LiveWork;
};
