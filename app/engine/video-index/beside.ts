import type { Arguments, CallOptions, Handlers, Output } from '../../contract/procedures.ts';
import { openForReading } from '../../db/open.ts';
import { systemClock } from '../../platform/clock.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { Roster } from '../../search/roster.ts';
import type { CredentialOf } from '../connections.ts';
import { readHandlers } from '../handlers/read/index.ts';
import { Keys } from '../keys.ts';
import { callHandler } from '../reader.ts';
import { videoIndexService, type ServiceProcedureName } from './service.ts';

type Name = ServiceProcedureName | 'connection.list';

/** What commands about indexes of videos ask of an engine. */
export interface VideoIndexCaller {
  call<One extends Name>(name: One, input: Arguments<One>, options?: CallOptions<One>): Promise<Output<One>>;
}

/**
 * Indexes of videos beside an app that has the library open. Nothing of them is kept in the library, so nobody's lock is in the
 * way: it is only read. Whoever fills the same index meets what the other began at the service ([Note: The service knows]).
 * `undefined` when there is no library.
 */
export function openVideoIndexes(
  libraryFolder: string,
  { credentialOf, secrets }: { readonly credentialOf: CredentialOf; readonly secrets: SecretBox },
): (VideoIndexCaller & { readonly close: () => void }) | undefined {
  const database = openForReading(libraryFolder);
  if (database === undefined) return undefined;
  const { db: read, close } = database;
  const keys = new Keys({ box: secrets, libraryFolder, given: credentialOf });
  const roster = (): Roster => new Roster(read);
  const reads = readHandlers({ read, libraryFolder, now: () => systemClock.now(), roster });
  const handlers: Handlers<Name> = {
    'connection.list': reads['connection.list'],
    ...videoIndexService({
      read,
      clock: systemClock,
      keys,
      desk: { roster },
      videoIndex: { timeoutMs: undefined, pollMs: undefined, retryMs: undefined },
    }),
  };
  return {
    call: (name, input, options) => callHandler(handlers, name, input, options),
    close,
  };
}
