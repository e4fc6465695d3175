import type { Connection } from '../contract/models/connection.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import type { Engine } from '../engine.ts';

/** Saves a command's connection, and takes a new one away again when the command is refused. */
export async function withSavedConnection<Result>(
  engine: Pick<Engine, 'call'>,
  { settings }: ConnectionChoice,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const before = await engine.call('connection.list', {});
  const connection = await engine.call('connection.save', settings);
  try {
    return await use(connection);
  } catch (error) {
    const isNew = !before.some(({ id }) => id === connection.id);
    if (isNew) await engine.call('connection.remove', { connectionId: connection.id });
    throw error;
  }
}
