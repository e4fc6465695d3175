import { dirname } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import type { CommandContext } from './context.ts';
import { toLine } from './printable.ts';
import { webText } from './text.ts';

/** A photo or a folder that is named by an address of the web. */
export function isWebAddress(word: string): boolean {
  return /^https?:\/\//i.test(word);
}

export type Named = {
  readonly words: readonly string[];
  /** Addresses that gave nothing; it was said why. */
  readonly failures: readonly { readonly address: string; readonly error: ErrorInfo }[];
};

/**
 * Fetches what is named by an address, and puts the paths where it lies now in its place; what is wrong with an address is said,
 * and the others go on.
 *
 * @param words addresses and others, which stay as they are
 * @param as `folder` for commands that take folders: each picture has one of its own
 * @throws {AppError} why nothing was fetched, when nothing else was named; of files why one was not
 */
export async function fetchWords(
  { terminal }: CommandContext,
  engine: Engine,
  words: readonly string[],
  { as, allowPrivate }: { readonly as: 'file' | 'folder'; readonly allowPrivate: boolean },
): Promise<Named> {
  const addresses = words.filter(isWebAddress);
  if (addresses.length === 0) return { words, failures: [] };
  const fetched = await engine.call(
    'web.fetch',
    { addresses, allowPrivate },
    {
      onPart: ({ done, total }) => {
        terminal.showProgress({ label: webText.fetching, done, total });
      },
    },
  );
  terminal.hideProgress();
  const paths = new Map<string, string>();
  for (const { address, path } of fetched) {
    if (path === null) continue;
    paths.set(address, as === 'file' ? path : dirname(path));
    terminal.note(webText.keptIn(toLine(path)));
  }
  const left = words.flatMap((word) => (isWebAddress(word) ? (paths.get(word) ?? []) : [word]));
  const failures = fetched.flatMap(({ address, error }) => (error === null ? [] : [{ address, error }]));
  // Nothing is left, or a question would be about other photos than it was meant for. The error itself is said by its catcher.
  const [last] = left.length === 0 || as === 'file' ? failures : [];
  for (const { error } of last === undefined ? failures : failures.slice(1)) {
    terminal.note(toLine(messageFor(error)));
  }
  if (last !== undefined) throw new AppError(last.error.code, last.error.details);
  return { words: left, failures };
}
