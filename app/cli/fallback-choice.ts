import { findMissingKey } from '../contract/missing-key.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Fallback } from '../contract/models/run.ts';
import type { CredentialOf } from '../engine/connections.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { connectionsText } from './connections-text.ts';
import type { CommandContext } from './context.ts';
import { findConnection, type ListedConnection } from './find-connection.ts';
import { toLine } from './printable.ts';
import { openKeys } from './stored-keys.ts';
import { connectionText } from './text.ts';

/** `--fallback NAME`, and `--allow-upload NAME`. */
export type FallbackFlags = {
  readonly fallback?: string | undefined;
  readonly allowUpload?: string | undefined;
};

/**
 * The second connection of a command. From a server at home to one that is not, a plain `--yes` is not enough: the yes has
 * to name it, by `--allow-upload` or to our question.
 *
 * @param credentialOf keys that the command has for it, beside those that are kept. @default none
 * @throws {AppError} `not-found`; `invalid-input` when it has not the key that its service wants: better now than in the
 * middle of a run; `consent-needed` when nobody is there to be asked, or says no
 */
export async function chooseFallback(
  context: CommandContext,
  engine: Pick<Engine, 'call'>,
  first: Connection,
  flags: FallbackFlags,
  credentialOf: CredentialOf = () => undefined,
): Promise<{ readonly connection: ListedConnection; readonly fallback: Fallback } | undefined> {
  if (flags.fallback === undefined) return undefined;
  const second = await findConnection(engine, flags.fallback);
  const { terminal } = context;
  const keys = await openKeys(context);
  const hasKey = keys.placeOf(second) !== null || credentialOf(second) !== undefined;
  const variables = findMissingKey(second, hasKey);
  if (variables !== undefined) {
    throw new AppError('invalid-input', {
      reason: connectionText.keyMissing(toLine(second.name), variables),
    });
  }
  const isFirstLocal = (await engine.call('connection.list', {})).find(({ id }) => id === first.id)?.isLocal;
  const leaves = isFirstLocal === true && !second.isLocal;
  const mayUpload =
    leaves &&
    ((flags.allowUpload !== undefined &&
      (await findConnection(engine, flags.allowUpload)).id === second.id) ||
      (terminal.isInteractive &&
        (await terminal.confirm(
          connectionsText.askUpload(toLine(second.name), new URL(second.endpoint ?? '').host),
        ))));
  if (leaves && !mayUpload) throw new AppError('consent-needed', { fallback: second.name });
  terminal.note(connectionsText.fallback(toLine(second.name)));
  return { connection: second, fallback: { connectionId: second.id, mayUpload } };
}
