import { decodingOf, type FileFormat } from '../imaging/formats.ts';
import { kindOfName } from './file-kind.ts';

/** Which files of a folder are one shot. Pure: by their names alone, and by what the caller knows of Live Photos. */

/** What a file is to its group: `still` is what cameras write beside a RAW, `picture` any other picture. */
export type GroupKind = 'raw' | 'still' | 'picture' | 'movie' | 'sidecar' | 'other';

export type Groupable = { readonly name: string };

export type FileGroup<File extends Groupable> = {
  /** Pictures and movies, at least one. What is shown comes first, the movie of a Live Photo last. */
  readonly files: readonly File[];
  readonly sidecars: readonly File[];
};

export type GroupOptions<File> = {
  /** Whether a JPEG or HEIC and a RAW of one name may be one shot. @default they are */
  readonly isOneShot?: (still: File, raw: File) => boolean;
  /** Whether Apple's identifiers say that a still and a movie are one Live Photo; `undefined`: they do not say. */
  readonly isLivePhoto?: (still: File, movie: File) => boolean | undefined;
};

const stillFormats: ReadonlySet<string> = new Set(['jpeg', 'heic', 'heif', 'avif']);

export function groupKindOf(name: string): GroupKind {
  const kind = kindOfName(name);
  if (kind.asset === null) return kind.reason === 'sidecar' ? 'sidecar' : 'other';
  if (kind.asset === 'video') return kind.format === 'mov' ? 'movie' : 'other';
  if (stillFormats.has(kind.format)) return 'still';
  return decodingOf(kind.format as FileFormat) === 'preview' ? 'raw' : 'picture'; // why: formats of photos come from that table
}

/** Names as file systems compare them that do not tell letters by case. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 1 ? name : name.slice(0, dot);
}

/**
 * Puts the files of one folder together. Where it is not clear which belong to each other, they stay apart:
 *
 * - exactly one RAW and exactly one JPEG or HEIC of one name are one shot, shown by the latter, unless they say otherwise;
 * - exactly one movie (`.mov`) joins the only shot of its name, unless Apple's identifiers differ;
 * - `name.cr3.xmp` belongs to `name.cr3`; `name.xmp` to the only shot of that name, or to the only one with a RAW.
 *
 * Every picture and movie is in one group; a sidecar in one or none.
 */
export function groupFiles<File extends Groupable>(
  files: readonly File[],
  { isLivePhoto = () => undefined, isOneShot = () => true }: GroupOptions<File> = {},
): FileGroup<File>[] {
  const groups: { files: File[]; sidecars: File[] }[] = [];
  const ownersOfName = new Map<string, { name: string; group: (typeof groups)[number] }[]>();
  const groupsOfStem = new Map<string, typeof groups>();
  const add = (stem: string, members: File[]): void => {
    const group = { files: members, sidecars: [] };
    groups.push(group);
    groupsOfStem.set(stem, [...(groupsOfStem.get(stem) ?? []), group]);
    for (const { name } of members) {
      const folded = foldName(name);
      ownersOfName.set(folded, [...(ownersOfName.get(folded) ?? []), { name, group }]);
    }
  };

  const pictures = files.filter(({ name }) => !['sidecar', 'other'].includes(groupKindOf(name)));
  for (const [stem, bucket] of bucketsOf(pictures)) {
    const of = (kind: GroupKind) => bucket.filter(({ name }) => groupKindOf(name) === kind);
    const shots = shotsOf(of('raw'), of('still'), isOneShot);
    const movies = of('movie');
    const [shot] = shots;
    const [movie] = movies;
    const isLive =
      shots.length === 1 &&
      movies.length === 1 &&
      shot?.[0] !== undefined &&
      movie !== undefined &&
      isLivePhoto(shot[0], movie) !== false;
    if (isLive) add(stem, [...shot, movie]);
    else for (const single of [...shots, ...movies.map((file) => [file])]) add(stem, single);
    for (const picture of of('picture')) add(stem, [picture]);
  }

  for (const sidecar of files) {
    if (groupKindOf(sidecar.name) !== 'sidecar') continue;
    const stem = stemOf(sidecar.name);
    const owners = ownersOfName.get(foldName(stem)) ?? [];
    // Of names that differ by case alone, the one that is written so.
    const owner = owners.length === 1 ? owners[0] : owners.find(({ name }) => name === stem);
    const groupsOfName = owners.length === 0 ? (groupsOfStem.get(foldName(stem)) ?? []) : [];
    (owner?.group ?? onlyOne(groupsOfName))?.sidecars.push(sidecar);
  }
  return groups;
}

function bucketsOf<File extends Groupable>(files: readonly File[]): Map<string, File[]> {
  return Map.groupBy(files, ({ name }) => foldName(stemOf(name)));
}

function shotsOf<File>(
  raws: File[],
  stills: File[],
  isOneShot: (still: File, raw: File) => boolean,
): File[][] {
  const [raw] = raws;
  const [still] = stills;
  const isPair = raws.length === 1 && stills.length === 1 && raw !== undefined && still !== undefined;
  if (isPair && isOneShot(still, raw)) return [[still, raw]];
  return [...stills, ...raws].map((file) => [file]);
}

function onlyOne<File extends Groupable>(groups: { files: File[]; sidecars: File[] }[]) {
  if (groups.length === 1) return groups[0];
  const withRaw = groups.filter(({ files }) => files.some(({ name }) => groupKindOf(name) === 'raw'));
  return withRaw.length === 1 ? withRaw[0] : undefined;
}
