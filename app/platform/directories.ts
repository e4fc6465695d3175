import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { toAppError } from './errors.ts';

export type DirectoryEntry = { readonly path: string; readonly name: string };

export type DirectoryListing = {
  readonly path: string;
  /** `null` at the top. */
  readonly parent: string | null;
  /** By name, as people order names. */
  readonly folders: readonly DirectoryEntry[];
  readonly isCut: boolean;
};

const mostListed = 2_000;

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * The folders in a folder, links to folders too. What cannot be told to be a folder is left out.
 *
 * @param path absolute
 * @throws {AppError} `not-found`, `file-unreadable`
 */
export async function listDirectories(path: string, showsHidden: boolean): Promise<DirectoryListing> {
  const whole = resolve(path);
  let entries;
  try {
    entries = await readdir(whole, { withFileTypes: true });
  } catch (error) {
    throw toAppError(error);
  }
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .filter((name) => showsHidden || !name.startsWith('.'))
    .toSorted((one, other) => byName.compare(one, other));
  return {
    path: whole,
    parent: parentOf(whole),
    folders: names.slice(0, mostListed).map((name) => ({ path: join(whole, name), name })),
    isCut: names.length > mostListed,
  };
}

/** `null` for the root of a drive. */
export function parentOf(path: string): string | null {
  return path === parse(path).root ? null : dirname(path);
}

/** Where people begin: their own folder, their pictures, drives. Only what is there. */
export async function listPlaces(): Promise<
  (DirectoryEntry & { readonly kind: 'home' | 'pictures' | 'drive' })[]
> {
  const home = homedir();
  const inHome = await namesIn(home);
  const pictures = inHome.filter((name) => /^(pictures|photos|bilder|fotos|images)$/i.test(name));
  return [
    { kind: 'home' as const, path: home, name: basename(home) },
    ...pictures.map((name) => ({ kind: 'pictures' as const, path: join(home, name), name })),
    ...(await listDrives()).map(({ path, name }) => ({ kind: 'drive' as const, path, name })),
  ];
}

async function listDrives(): Promise<DirectoryEntry[]> {
  if (process.platform === 'win32') {
    const letters = Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => letter).map(
      (letter) => `${letter}:\\`,
    );
    const there = await Promise.all(
      letters.map(async (path) => ((await namesIn(path)).length > 0 ? [path] : [])),
    );
    return there.flat().map((path) => ({ path, name: path }));
  }
  const user = basename(homedir());
  const parents =
    process.platform === 'darwin' ? ['/Volumes'] : [`/media/${user}`, `/run/media/${user}`, '/mnt'];
  const found = await Promise.all(
    parents.map(async (parent) =>
      (await namesIn(parent)).map((name) => ({ path: join(parent, name), name })),
    ),
  );
  return [{ path: '/', name: '/' }, ...found.flat()];
}

/** None where the folder cannot be read: a place that is not there is no place. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
