import type { Connection, Fallback } from '../contract/models.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { connectionsText } from './connections-text.ts';
import type { CommandContext } from './context.ts';
import { findConnection, type ListedConnection } from './find-connection.ts';
import { toLine } from './printable.ts';

/** `--fallback NAME`, and `--allow-upload NAME`. */
export type FallbackFlags = {
  readonly fallback?: string | undefined;
  readonly allowUpload?: string | undefined;
};

/**
 * The second connection of a command. From a server at home to one that is not, a plain `--yes` is not enough: the yes has
 * to name it, by `--allow-upload` or to our question.
 *
 * @throws {AppError} `not-found`; `consent-needed` when nobody is there to be asked, or says no
 */
export async function chooseFallback(
  { terminal }: Pick<CommandContext, 'terminal'>,
  engine: Pick<Engine, 'call'>,
  first: Connection,
  flags: FallbackFlags,
): Promise<{ readonly connection: ListedConnection; readonly fallback: Fallback } | undefined> {
  if (flags.fallback === undefined) return undefined;
  const second = await findConnection(engine, flags.fallback);
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
