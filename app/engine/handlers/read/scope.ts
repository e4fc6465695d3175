import type { ReadDb } from '../../../captioning/description-store.ts';
import type { AssetId } from '../../../contract/ids.ts';
import type { Scope } from '../../../captioning/candidate-store.ts';
import { findLibraryFolder, type LibraryFolder } from '../../../library/roots.ts';
import { AppError } from '../../../platform/errors.ts';
import { selectMatches } from '../../plan.ts';
import type { ReadContext } from '../context.ts';

/** The photos of a scope, by folders and query. */
export function matchesOf(
  context: ReadContext,
  input: { folders?: string[] | undefined; query?: string | undefined },
): Promise<Scope> {
  const narrowing = { query: input.query, nowMs: context.now() };
  return selectMatches(context.read, scopeOf(context, input), narrowing);
}

/** Folders, and how many, as a scope of assets. Folders have to be in the library by now. */
export function scopeOf(
  { read }: Pick<ReadContext, 'read'>,
  input: {
    folders?: string[] | undefined;
    limit?: number | undefined;
    assetIds?: AssetId[] | undefined;
  },
): Scope {
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = {};
  if (input.folders !== undefined && input.folders.length > 0) {
    scope.folders = input.folders.map((folder) => placeOf(read, folder));
  }
  if (input.limit !== undefined) scope.limit = input.limit;
  if (input.assetIds !== undefined) scope.assetIds = input.assetIds;
  return scope;
}

/** @throws {AppError} `not-found`. */
export function placeOf(read: ReadDb, path: string): LibraryFolder {
  const place = findLibraryFolder(read, path);
  if (place !== undefined) return place;
  throw new AppError('not-found', {
    what: path,
    reason: 'It is in no folder of this library: add its folder first.',
  });
}
