import { statSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { fileErrorCode } from '../platform/errors.ts';
import { cloudPlaceholder, kindOfName, type FileKind } from './file-kind.ts';
import { isCloudStub, type IgnoreRules } from './ignore-rules.ts';
import { listFolder, type FileErrorCode, type Listing } from './list-folder.ts';
import { isInside } from './paths.ts';

/** One file as a walk sees it. */
export type FileEntry = {
  /** From the root, with `/`. */
  readonly relativePath: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly inode: number;
  readonly device: number;
  /** Names that the file has: above 1 for hard links. */
  readonly linkCount: number;
  readonly fileKind: FileKind;
};

export type WalkItem =
  | ({ readonly kind: 'file' } & FileEntry)
  /** Not looked into: nothing is known of what is under it now. */
  | {
      readonly kind: 'closed-folder';
      readonly relativePath: string;
      readonly code: FileErrorCode | undefined;
    }
  | { readonly kind: 'unreadable-file'; readonly relativePath: string; readonly code: FileErrorCode };

export type WalkOptions = {
  /** Absolute, links resolved. */
  readonly rootPath: string;
  /** Where to begin, from the root. @default the root itself */
  readonly folder?: string;
  readonly isIgnored: IgnoreRules;
  /** Folders that are walked on their own or not at all: other roots, the library's folder. Absolute, links resolved. */
  readonly otherFolders?: readonly string[];
  /** Says that a folder need not be entered: it becomes a `closed-folder` without a code. */
  readonly isClosed?: (relativePath: string) => boolean;
  readonly onIgnored?: (relativePath: string) => void;
  /** Whether a file without blocks is a cloud placeholder. Some file systems of Linux keep small files without blocks. */
  readonly placeholdersHaveNoBlocks?: boolean;
};

/** One folder on the way: what is left of it, in order. */
type Frame = Listing & {
  /** From the root, with a `/` at the end unless it is the root. */
  readonly prefix: string;
  /** Where it really is: differs from the root's path + prefix behind a link. */
  readonly realPath: string;
  /** Behind a link: what is in it may be reached in another way too. */
  readonly isFollowed: boolean;
  next: number;
};

/**
 * Enumerates a folder in the order of `comparePaths`, one item at a time, so that it can be merged with what is known and
 * interrupted between any two items. Plain synchronous calls are the fastest way there is (SPEED §3); the caller gives
 * the event loop its turns.
 *
 * Links are followed, but nothing is reached twice: a link to what is walked anyway is passed over, so loops end.
 *
 * @throws the system's error when the first folder cannot be read.
 */
export function walk(options: WalkOptions): Iterable<WalkItem> {
  return new Walk(options).items();
}

/** No photo is smaller; file systems keep the smallest files without blocks. */
const smallestPlaceholderBytes = 4096;

class Walk {
  readonly #options: WalkOptions;
  readonly #frames: Frame[] = [];
  readonly #otherFolders: ReadonlySet<string>;
  readonly #followedFolders: string[] = [];
  readonly #followedFiles = new Set<string>();
  readonly #placeholdersHaveNoBlocks: boolean;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#otherFolders = new Set(options.otherFolders);
    this.#placeholdersHaveNoBlocks = options.placeholdersHaveNoBlocks ?? process.platform !== 'linux';
    const { rootPath, folder = '' } = options;
    this.#open(folder === '' ? '' : `${folder}/`, join(rootPath, folder), false);
  }

  *items(): Generator<WalkItem, void> {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const key = frame.keys[frame.next++];
      if (key === undefined) {
        this.#frames.pop();
        continue;
      }
      const item = key.endsWith('/') ? this.#visitFolder(frame, key) : this.#visitFile(frame, key);
      if (item !== undefined) yield item;
    }
  }

  /** Reads a folder and puts it on top. */
  #open(prefix: string, realPath: string, isFollowed: boolean): void {
    const listing = listFolder(realPath, (name, isFolder) => {
      const relativePath = prefix + name;
      const isIgnored = this.#options.isIgnored(relativePath, name, isFolder);
      if (isIgnored) this.#options.onIgnored?.(relativePath);
      return !isIgnored;
    });
    this.#frames.push({ ...listing, prefix, realPath, isFollowed, next: 0 });
  }

  #visitFolder(frame: Frame, key: string): WalkItem | undefined {
    const prefix = frame.prefix + key;
    const relativePath = prefix.slice(0, -1);
    const failure = frame.failures.get(key);
    if (failure !== undefined) return { kind: 'closed-folder', relativePath, code: failure };
    const target = frame.linkTargets.get(key);
    const realPath = target ?? `${frame.realPath}${sep}${key.slice(0, -1)}`;
    if (this.#isReachedOtherwise(frame, realPath, target !== undefined)) {
      this.#options.onIgnored?.(relativePath);
      return undefined;
    }
    if (this.#options.isClosed?.(relativePath) === true) {
      return { kind: 'closed-folder', relativePath, code: undefined };
    }
    if (target !== undefined) this.#followedFolders.push(target);
    try {
      this.#open(prefix, realPath, frame.isFollowed || target !== undefined);
    } catch (error) {
      const code = fileErrorCode(error);
      // Gone since its parent was read: then nothing is there.
      return code === 'file-missing' ? undefined : { kind: 'closed-folder', relativePath, code };
    }
    return undefined;
  }

  #isReachedOtherwise(frame: Frame, realPath: string, isLink: boolean): boolean {
    if (this.#otherFolders.has(realPath)) return true;
    // A link to a folder above the root leads back to it.
    if (isLink) return this.#isCovered(realPath) || isInside(this.#options.rootPath, realPath);
    return (
      frame.isFollowed && (realPath === this.#options.rootPath || this.#followedFolders.includes(realPath))
    );
  }

  #isCovered(realPath: string): boolean {
    const folders = [this.#options.rootPath, ...this.#otherFolders, ...this.#followedFolders];
    return folders.some((folder) => isInside(realPath, folder));
  }

  #visitFile(frame: Frame, name: string): WalkItem | undefined {
    const relativePath = frame.prefix + name;
    // Most folders have neither links nor troubles: to look a name up in nothing costs its hash all the same.
    const failure = frame.failures.size === 0 ? undefined : frame.failures.get(name);
    if (failure !== undefined) return { kind: 'unreadable-file', relativePath, code: failure };
    const target = frame.linkTargets.size === 0 ? undefined : frame.linkTargets.get(name);
    const path = target ?? `${frame.realPath}${sep}${name}`;
    const isKnown = this.#followedFiles.size > 0 && this.#followedFiles.has(path);
    if (isKnown || (target !== undefined && this.#isCovered(path))) {
      this.#options.onIgnored?.(relativePath);
      return undefined;
    }
    if (target !== undefined) this.#followedFiles.add(path);
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? undefined : this.#toEntry(relativePath, name, stats);
    } catch (error) {
      const code = fileErrorCode(error);
      return code === 'file-missing' ? undefined : { kind: 'unreadable-file', relativePath, code };
    }
  }

  #toEntry(relativePath: string, name: string, stats: Stats): WalkItem {
    return {
      kind: 'file',
      relativePath,
      sizeBytes: stats.size,
      mtimeMs: Math.trunc(stats.mtimeMs),
      inode: stats.ino,
      device: stats.dev,
      linkCount: stats.nlink,
      fileKind: this.#kindOf(name, stats),
    };
  }

  #kindOf(name: string, stats: Stats): FileKind {
    if (isCloudStub(name)) return cloudPlaceholder;
    const fileKind = kindOfName(name);
    const hasNoBlocks = stats.blocks === 0 && stats.size >= smallestPlaceholderBytes;
    return fileKind.asset !== null && hasNoBlocks && this.#placeholdersHaveNoBlocks
      ? cloudPlaceholder
      : fileKind;
  }
}
