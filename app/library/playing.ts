import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../platform/errors.ts';

/**
 * [Note: Playing]
 * A page plays a video by an address that the engine made for it: a name that nobody can guess, which stands for one file. The
 * page never says a path, a host never looks into the database, and names end with the engine that gave them.
 */
export type Playing = { readonly path: string; readonly contentType: string };

const playingName = /^[0-9a-f]{32}$/;

function folderOf(libraryFolder: string): string {
  return join(libraryFolder, 'data', 'playing');
}

/** The name by which the file can be played from now on. */
export async function beginPlaying(libraryFolder: string, playing: Playing): Promise<string> {
  const name = randomBytes(16).toString('hex');
  await mkdir(folderOf(libraryFolder), { recursive: true });
  await writeFile(join(folderOf(libraryFolder), name), JSON.stringify(playing), { mode: 0o600 });
  return name;
}

/** Where a name is kept; a function of its arguments alone. `undefined` when it is none. */
export function playingPath(libraryFolder: string, name: string): string | undefined {
  return playingName.test(name) ? join(folderOf(libraryFolder), name) : undefined;
}

/** What a name stands for; `undefined` when its engine has ended. */
export async function readPlaying(path: string): Promise<Playing | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Playing; // why: only beginPlaying writes there
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** To be called when an engine opens: nobody plays anything yet. */
export function forgetPlaying(libraryFolder: string): void {
  rmSync(folderOf(libraryFolder), { recursive: true, force: true });
}
