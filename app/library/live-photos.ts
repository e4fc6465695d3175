import type { AssetId, FileId } from '../contract/ids.ts';

/** Which files with one identifier of Apple's are one Live Photo. Pure. */

/** A file with an identifier: a still without a movie, or a movie without a still. */
export type LiveFile = {
  readonly id: FileId;
  readonly assetId: AssetId;
  readonly isMovie: boolean;
  /** With its root: the same folder, the same text. */
  readonly folder: string;
  /** The name without its extension, as file systems compare names that do not tell letters by case. */
  readonly stem: string;
};

export type LivePair = { readonly still: LiveFile; readonly movie: LiveFile };

/**
 * Pairs stills and movies of one identifier: those of one name first, then those of one folder, then those that are left.
 * Where there are copies, and it is not clear which belong to each other, they stay apart.
 */
export function pairLivePhotos(files: readonly LiveFile[]): LivePair[] {
  let left = files;
  const pairs: LivePair[] = [];
  for (const nearness of [byName, byFolder, byIdentifier]) {
    for (const near of Map.groupBy(left, nearness).values()) {
      const pair = onlyPairOf(near);
      if (pair !== undefined) pairs.push(pair);
    }
    const taken = new Set(pairs.flatMap(({ still, movie }) => [still.assetId, movie.assetId]));
    left = left.filter(({ assetId }) => !taken.has(assetId));
  }
  return pairs;
}

const byName = ({ folder, stem }: LiveFile): string => `${folder}/${stem}`;
const byFolder = ({ folder }: LiveFile): string => folder;
const byIdentifier = (): string => '';

function onlyPairOf(files: readonly LiveFile[]): LivePair | undefined {
  const stills = files.filter(({ isMovie }) => !isMovie);
  const movies = files.filter(({ isMovie }) => isMovie);
  const [still] = stills;
  const [movie] = movies;
  return still === undefined || movie === undefined || stills.length > 1 || movies.length > 1
    ? undefined
    : { still, movie };
}
