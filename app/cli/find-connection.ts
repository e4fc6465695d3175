import type { Arguments, Output } from '../contract/procedures.ts';
import { toSettings } from '../engine/connection-settings.ts';
import type { CredentialOf } from '../engine/connections.ts';
import { environmentCredentials } from '../engine/environment-credential.ts';
import { AppError } from '../platform/errors.ts';
import type { CommandContext } from './context.ts';
import { connectionsText } from './connections-text.ts';

export type ListedConnection = Output<'connection.list'>[number];

/** Whoever knows the connections of a library. */
type ConnectionLister = {
  call(name: 'connection.list', input: Arguments<'connection.list'>): Promise<Output<'connection.list'>>;
};

/**
 * The stored connection that a person names: by its name, its number, or its deployment where only one has that.
 *
 * @throws {AppError} `not-found`, with the names that there are
 */
export async function findConnection(reader: ConnectionLister, named: string): Promise<ListedConnection> {
  const connections = await reader.call('connection.list', {});
  const wanted = named.trim().toLowerCase();
  const found =
    connections.find(({ id, name }) => name.toLowerCase() === wanted || String(id) === wanted) ??
    onlyOne(connections.filter(({ deployment }) => deployment?.toLowerCase() === wanted));
  if (found !== undefined) return found;
  const names = connections.map(({ id, name }) => `${name} (${String(id)})`).join(', ');
  throw new AppError('not-found', {
    what: `The connection “${named}”`,
    reason: connectionsText.thereAre(names),
  });
}

/** The stored connection that these settings mean; `undefined` when the library knows none. */
export async function findKnown(
  lister: ConnectionLister,
  settings: Arguments<'connection.save'>,
): Promise<ListedConnection | undefined> {
  const { kind, endpoint, deployment } = toSettings(settings);
  const connections = await lister.call('connection.list', {});
  return connections.find(
    (connection) =>
      connection.kind === kind && connection.endpoint === endpoint && connection.deployment === deployment,
  );
}

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** The keys of stored connections come from the environment, each for the endpoint that is named beside it. */
export function storedCredentials({ env }: Pick<CommandContext, 'env'>): CredentialOf {
  return environmentCredentials(env);
}
