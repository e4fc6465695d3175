import { isUtf8 } from 'node:buffer';
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../contract/errors.ts';
import { fileErrorCode } from '../platform/errors.ts';
import { sortPaths } from './paths.ts';

export type FileErrorCode = Extract<ErrorCode, 'file-missing' | 'file-unreadable'>;

/** What is in one folder, as far as it is wanted. */
export type Listing = {
  /** Names in path order; folders with a `/` at the end, so that whole paths come out in order too. */
  readonly keys: readonly string[];
  /** Where links lead, links resolved. */
  readonly linkTargets: ReadonlyMap<string, string>;
  /** Keys that cannot be opened. */
  readonly failures: ReadonlyMap<string, FileErrorCode>;
};

/** How Node decodes bytes that are no UTF-8. Such a name does not lead back to its file. */
const replacementCharacter = '\uFFFD';

/**
 * Reads one folder. Pipes, sockets and devices are never wanted.
 *
 * @throws the system's error when it cannot be read.
 */
export function listFolder(path: string, isWanted: (name: string, isFolder: boolean) => boolean): Listing {
  const keys: string[] = [];
  const linkTargets = new Map<string, string>();
  const failures = new Map<string, FileErrorCode>();

  const addLink = (name: string): void => {
    try {
      const target = realpathSync.native(join(path, name));
      const isFolder = statSync(target).isDirectory();
      if (!isWanted(name, isFolder)) return;
      const key = isFolder ? `${name}/` : name;
      keys.push(key);
      linkTargets.set(key, target);
    } catch (error) {
      if (!isWanted(name, false)) return;
      keys.push(name);
      failures.set(name, fileErrorCode(error));
    }
  };

  const add = (name: string, dirent: Dirent | Dirent<Buffer>): void => {
    const isFolder = dirent.isDirectory();
    if (dirent.isSymbolicLink()) addLink(name);
    else if ((isFolder || dirent.isFile()) && isWanted(name, isFolder)) {
      keys.push(isFolder ? `${name}/` : name);
    }
  };

  const addUnnameable = (name: string, isFolder: boolean): void => {
    if (!isWanted(name, isFolder)) return;
    const key = isFolder ? `${name}/` : name;
    keys.push(key);
    failures.set(key, 'file-unreadable');
  };

  let hasOddNames = false;
  for (const dirent of readdirSync(path, { withFileTypes: true })) {
    if (dirent.name.includes(replacementCharacter)) hasOddNames = true;
    else add(dirent.name, dirent);
  }
  if (hasOddNames) {
    for (const dirent of readdirSync(path, { withFileTypes: true, encoding: 'buffer' })) {
      const name = dirent.name.toString();
      if (!name.includes(replacementCharacter)) continue;
      // The character itself may be part of a good name.
      if (isUtf8(dirent.name)) add(name, dirent);
      else addUnnameable(escapeBytes(dirent.name), dirent.isDirectory());
    }
  }
  return { keys: sortPaths(keys), linkTargets, failures };
}

/** `caf` + byte E9 + `.jpg` → `caf\uFFFDe9.jpg`: readable, and different for different bytes. */
function escapeBytes(name: Buffer): string {
  return Array.from(name, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : replacementCharacter + byte.toString(16),
  ).join('');
}
