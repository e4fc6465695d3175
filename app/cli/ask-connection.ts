import type { ThreadId } from '../contract/ids.ts';
import { environmentCredentials } from '../engine/environment-credential.ts';
import type { Reader } from '../engine/reader.ts';
import { AppError } from '../platform/errors.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import { storedSettings } from './stored-settings.ts';

/** The connection that answered a thread's last question, with the environment's key if that is for its endpoint. */
export async function chooseThreadConnection(
  reader: Reader,
  id: ThreadId,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ConnectionChoice> {
  const { answers } = await reader.call('thread.get', { id });
  const { connections } = await reader.call('library.status', {});
  const last = answers.at(-1)?.connectionId;
  const connection = connections.find((candidate) => candidate.id === last);
  if (connection === undefined) throw new AppError('not-found', { what: `The connection of thread ${id}` });
  return {
    settings: storedSettings(connection),
    credential: environmentCredentials(env)(connection),
    notes: [],
  };
}
