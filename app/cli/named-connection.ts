import { findMissingKey } from '../contract/missing-key.ts';
import type { CredentialOf } from '../engine/connections.ts';
import { azureCredential, readVariable } from '../engine/environment-credential.ts';
import { AppError } from '../platform/errors.ts';
import { connectionKinds, type ConnectionChoice, type ConnectionFlags } from './connection-choice.ts';
import type { CommandContext } from './context.ts';
import { findConnection, storedCredentials, type ListedConnection } from './find-connection.ts';
import { toLine } from './printable.ts';
import { openKeys } from './stored-keys.ts';
import { storedSettings } from './stored-settings.ts';
import { connectionText } from './text.ts';

/** What `--connection` says when it is no kind of connection: the name of one that the library should know. */
export function nameOf({ connection }: ConnectionFlags): string | undefined {
  return connectionKinds.some((kind) => kind === connection) ? undefined : connection;
}

/**
 * The connection that `--connection NAME` means, with the settings that it was saved with; only price and how many requests at
 * the same time can be said anew.
 *
 * @param options.sends whether anything will be sent: what only plans needs no key. @default true
 * @throws {AppError} `invalid-input` when the library knows none of that name, when other flags say what it is, and when it
 * has no key and its service wants one
 */
export async function chooseNamed(
  context: CommandContext,
  named: string,
  flags: ConnectionFlags,
  { sends = true }: { readonly sends?: boolean } = {},
): Promise<ConnectionChoice> {
  const { endpoint, deployment, model, apiVersion, signIn, batchDeployment, concurrency, price } = flags;
  if ((endpoint ?? deployment ?? model ?? apiVersion ?? signIn ?? batchDeployment) !== undefined) {
    throw new AppError('invalid-input', { reason: connectionText.namedHasSettings(named) });
  }
  const connection = await look(context, named);
  const credential = credentialOfNamed(context)(connection);
  if (sends) {
    const keys = await openKeys(context);
    const hasKey = credential !== undefined || keys.placeOf(connection) !== null;
    const variables = findMissingKey(connection, hasKey);
    if (variables !== undefined) {
      throw new AppError('invalid-input', {
        reason: connectionText.keyMissing(toLine(connection.name), variables),
      });
    }
  }
  return {
    settings: {
      ...storedSettings(connection),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(price === undefined ? {} : { ownPrice: price }),
    },
    credential,
    notes: [],
  };
}

/**
 * Azure's key without an address beside it is for the connection that the command names, as it is for one that the command
 * describes by `--endpoint`; with an address it is for that address alone.
 */
function credentialOfNamed(context: CommandContext): CredentialOf {
  return (connection) => {
    const own = storedCredentials(context)(connection);
    const isFree = readVariable(context.env, 'AZURE_OPENAI_ENDPOINT') === undefined;
    const isByKey = connection.kind === 'azure-openai' && connection.signIn !== 'entra';
    return own ?? (isByKey && isFree ? azureCredential(context.env) : undefined);
  };
}

async function look({ libraryFolder }: CommandContext, named: string): Promise<ListedConnection> {
  const { openReader } = await import('../engine/reader.ts');
  const reader = openReader(libraryFolder);
  const unknown = new AppError('invalid-input', { reason: connectionText.unknown(named) });
  if (reader === undefined) throw unknown;
  try {
    return await findConnection(reader, named);
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? unknown : error;
  } finally {
    reader.close();
  }
}
