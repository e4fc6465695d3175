import { AppError } from '../platform/errors.ts';
import { chooseConnection, type ConnectionChoice, type ConnectionFlags } from './connection-choice.ts';
import type { CommandContext } from './context.ts';
import { findKnown } from './find-connection.ts';
import { chooseNamed, nameOf } from './named-connection.ts';
import { openKeys } from './stored-keys.ts';
import { connectionText } from './text.ts';

/**
 * The connection of a command that only plans.
 *
 * @throws {AppError} `invalid-input` as `chooseConnection`
 */
export async function choosePlanned(
  context: CommandContext,
  flags: ConnectionFlags,
): Promise<ConnectionChoice> {
  const name = nameOf(flags);
  return name === undefined
    ? chooseConnection(flags, context.env, { sends: false })
    : chooseNamed(context, name, flags, { sends: false });
}

/**
 * The connection of a command that sends. What has no key in the environment may have one that this system keeps, given in
 * the window.
 *
 * @throws {AppError} `invalid-input` as `chooseConnection`, and without any key
 */
export async function chooseSending(
  context: CommandContext,
  flags: ConnectionFlags,
): Promise<ConnectionChoice> {
  const name = nameOf(flags);
  if (name !== undefined) return chooseNamed(context, name, flags);
  const choice = chooseConnection(flags, context.env, { sends: false });
  const { kind, signIn } = choice.settings;
  const needsKey = kind === 'azure-openai' && signIn !== 'entra' && choice.credential === undefined;
  if (needsKey && !(await hasKeptKey(context, choice))) {
    throw new AppError('invalid-input', { reason: connectionText.azureKeyMissing });
  }
  return choice;
}

async function hasKeptKey(context: CommandContext, { settings }: ConnectionChoice): Promise<boolean> {
  const { openReader } = await import('../engine/reader.ts');
  const reader = openReader(context.libraryFolder);
  if (reader === undefined) return false;
  try {
    const known = await findKnown(reader, settings);
    return known !== undefined && (await openKeys(context)).placeOf(known) !== null;
  } finally {
    reader.close();
  }
}
