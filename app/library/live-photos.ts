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

/** What a file's metadata say of when and with what it was taken; `null` where they do not say. */
export type Shot = {
  /** The camera's clock as if it were UTC. */
  readonly localMs: number | null;
  readonly offsetMinutes: number | null;
  readonly camera: string | null;
};

/** A Live Photo's movie begins before its photo; clocks in files are of whole seconds. */
const mostApartMs = 10_000;
const quarterHourMs = 900_000;
/** From the date line in the west to that in the east. */
const mostOffsetMs = 14 * 4 * quarterHourMs;

/**
 * Whether a still and a movie of one name are surely not of one moment: other cameras, or times that are known and apart. Movies
 * keep their time as UTC, and some cameras write their own clock there: times are apart when they are so either way.
 */
export function isAnotherShot(still: Shot, movie: Shot): boolean {
  if (still.camera !== null && movie.camera !== null && !isSameCamera(still.camera, movie.camera)) {
    return true;
  }
  if (still.localMs === null || movie.localMs === null) return false;
  const apartByClock = Math.abs(still.localMs - movie.localMs);
  const apart = still.localMs - toUtc(movie.localMs, movie.offsetMinutes);
  const apartByTime =
    still.offsetMinutes === null
      ? Math.abs(apart) > mostOffsetMs + mostApartMs
        ? Math.abs(apart)
        : Math.abs(apart - Math.round(apart / quarterHourMs) * quarterHourMs)
      : Math.abs(apart - still.offsetMinutes * 60_000);
  return Math.min(apartByClock, apartByTime) > mostApartMs;
}

function toUtc(localMs: number, offsetMinutes: number | null): number {
  return localMs - (offsetMinutes ?? 0) * 60_000; // why 0: without a zone it is UTC, as the container has it
}

/** One writes the maker before the model, the other does not. */
export function isSameCamera(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return first === undefined || second === undefined || first.endsWith(second) || second.endsWith(first);
}
