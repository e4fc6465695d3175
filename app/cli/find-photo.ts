import { isAbsolute } from 'node:path';
import { assetId } from '../contract/ids.ts';
import type { Arguments, Output } from '../contract/procedures.ts';
import { AppError } from '../platform/errors.ts';
import { toAbsolute, type CommandContext } from './context.ts';
import { shownPath } from './photo-lines.ts';
import { showText } from './show-text.ts';

type Photo = Output<'asset.get'>;

/** Whoever knows the photos of a library. */
type PhotoFinder = {
  call(name: 'asset.get', input: Arguments<'asset.get'>): Promise<Photo>;
  call(name: 'asset.named', input: Arguments<'asset.named'>): Promise<Output<'asset.named'>>;
};

/**
 * The photo that a person names: by its number as `search` shows it, by its path from where they stand, or by the name of its
 * file (or the end of its path) where only one in the library is called so.
 *
 * @throws {AppError} `not-found`; `invalid-input` when several are called so, after listing them
 */
export async function findPhoto(context: CommandContext, finder: PhotoFinder, named: string): Promise<Photo> {
  // A file that is called like a number has a folder or an ending.
  if (/^#?\d+$/.test(named)) {
    return finder.call('asset.get', { id: assetId.parse(Number(named.replace('#', ''))) });
  }
  try {
    return await finder.call('asset.get', { path: toAbsolute(context, named) });
  } catch (error) {
    const mayBeName = error instanceof AppError && error.code === 'not-found' && !isAbsolute(named);
    if (!mayBeName) throw error;
    const { total, photos } = await finder.call('asset.named', { name: named });
    const [only] = photos;
    if (only === undefined) throw error;
    if (total === 1) return finder.call('asset.get', { id: only.id });
    listChoices(context, named, { total, photos });
    throw new AppError('invalid-input', { reason: showText.several(named, total) }, { cause: error });
  }
}

function listChoices(context: CommandContext, named: string, { total, photos }: Output<'asset.named'>): void {
  const { terminal } = context;
  const width = String(Math.max(...photos.map(({ id }) => id))).length;
  for (const { id, path } of photos) {
    terminal.noteVerbatim(`${String(id).padStart(width)}  ${shownPath(context, path)}`);
  }
  if (total > photos.length) terminal.note(showText.moreNamed(total - photos.length, named));
}
