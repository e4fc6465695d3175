import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { systemCode } from '../platform/errors.ts';

/**
 * Paths as SQLite's BINARY collation orders them: by the bytes of their UTF-8, which is by code point. JavaScript's `<`
 * orders by UTF-16 units, which differs as soon as an emoji meets a character above U+E000.
 */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** In the order of `comparePaths`. */
export function sortPaths(paths: readonly string[]): string[] {
  // The built-in order is several times faster, and the same below the surrogates.
  return paths.some((path) => highUnit.test(path)) ? paths.toSorted(comparePaths) : paths.toSorted();
}

const highUnit = /[\uD800-\uFFFF]/;

/** Surrogates stand for code points above U+FFFF: they go behind the rest of the 16-bit range. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Whether an absolute path is a folder or lies in it. Both with links resolved. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Absolute, with links resolved as far as the path can be followed: what is gone lies in what is still there. */
export function realPathOrSelf(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPathOrSelf(parent), basename(absolute));
  }
}
