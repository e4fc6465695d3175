import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileId, RootId } from '../contract/ids.ts';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { hasFilesUnder, listKnownFiles, type KnownFile } from './file-store.ts';
import { isKnownFolder, listFolderNotes, moveFolderNote } from './folder-note-store.ts';
import { listFolderPrivacies, setFolderPrivacy, type FolderPrivacy } from './folder-privacy-store.ts';
import { followFolders, type FolderMove } from './follow-folders.ts';
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.ts';
import { KnownFiles } from './known-files.ts';
import type { FileErrorCode } from './list-folder.ts';
import { isInside, realPathOrSelf, sortPaths } from './paths.ts';
import { createRecognizer } from './recognize.ts';
import { reconcile, settleReplaced, type Difference, type Recognizer } from './reconcile.ts';
import { listRoots, type LibraryRoot } from './root-store.ts';
import { isYoung, settle, type ChangingFile, type UnreadDifference } from './settle.ts';
import { loseFile, storeDifferences, type StoredDifference } from './store-differences.ts';
import { walk, type FileEntry, type WalkItem } from './walk.ts';

export type ScanCounts = {
  /** Files that were seen and not ignored: photos, videos, sidecars and whatever else. */
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  /** Missing before, or under another inode, and the same. */
  readonly returned: number;
  readonly unchanged: number;
  /** Files that were there the last time and are nowhere now. */
  readonly missing: number;
  /** Files and folders passed over by the default rules or by the root's own patterns, or reached in another way. */
  readonly ignored: number;
};

export type UnreadablePath = { readonly relativePath: string; readonly code: FileErrorCode };

export type ScanOptions = {
  readonly signal?: AbortSignal;
  /** Called once in a while with what was found so far. */
  readonly onProgress?: (counts: ScanCounts) => void;
};

/** How long one turn may take; the rest of the engine waits for it. */
const turnMs = 10;
/** Of a larger one the engine would wait too long: a file takes a tenth of a millisecond on a slow machine. */
const batchSize = 250;

/** One look at a root: collects differences, stores them in batches, and tells in the end what is missing. */
export class ScanPass {
  readonly #context: LibraryContext;
  readonly #root: LibraryRoot;
  readonly #options: ScanOptions;
  readonly #isIgnored: IgnoreRules;
  readonly #otherFolders: readonly string[];
  readonly #recognize: Recognizer;
  readonly #found = new Map<FileId, string>();
  /** Not in their place, and not found elsewhere so far. */
  readonly #absent = new Map<FileId, KnownFile>();
  readonly #replaced: Extract<Difference, { kind: 'replaced' }>[] = [];
  readonly #unsettled: UnreadDifference[] = [];
  readonly #unreadable: UnreadablePath[] = [];
  readonly #counts = { found: 0, added: 0, changed: 0, moved: 0, returned: 0, unchanged: 0, ignored: 0 };
  /** Folders of which files were found in others, each pair once. */
  readonly #folderMoves = new Map<string, FolderMove>();
  #batch: StoredDifference[] = [];
  /** Folders inside roots that decide where their photos may go. */
  readonly #privacies: readonly FolderPrivacy[];
  /** Found outside of such a folder: stored last of all, behind what was said of the folder. */
  readonly #strayed: StoredDifference[] = [];
  #turnStartMs = performance.now();

  constructor(context: LibraryContext, root: LibraryRoot, options: ScanOptions) {
    this.#context = context;
    this.#root = root;
    this.#options = options;
    this.#isIgnored = createIgnoreRules(root.ignorePatterns);
    const otherRoots = listRoots(context.read).filter((other) => other.id !== root.id);
    this.#otherFolders = [...otherRoots.map((other) => other.path), realPathOrSelf(context.libraryFolder)];
    this.#privacies = listFolderPrivacies(context.read);
    this.#recognize = createRecognizer(context.read, root.id);
  }

  /** Everything under a folder. Empty is the root. */
  async readFolder(folder: string): Promise<void> {
    await this.#read(folder, () => false);
  }

  /** The files directly in each folder, and everything under those of its subfolders that are new. */
  async readDirectories(directories: readonly string[]): Promise<void> {
    const isKnown = (folder: string): boolean => hasFilesUnder(this.#context.read, this.#root.id, folder);
    for (const directory of sortPaths([...new Set(directories)])) {
      if (this.#isPassedOver(directory)) continue;
      // Behind a link only a walk from the root knows what is reached twice.
      if (this.#isBehindLink(directory)) {
        await this.readFolder('');
        return;
      }
      await this.#read(directory, isKnown);
    }
  }

  /** Waits for files that are still being written, and marks what is missing. */
  async finish(): Promise<ScanCounts & { changing: ChangingFile[]; unreadable: readonly UnreadablePath[] }> {
    for (const replaced of this.#replaced) this.#take(settleReplaced(replaced, this.#found));
    this.#flush();
    const absent = [...this.#absent.values()];
    for (let start = 0; start < absent.length; start += batchSize) {
      this.#context.transact((db) => {
        for (const file of absent.slice(start, start + batchSize)) loseFile(db, file);
      }, 'unsynced');
      await this.#takeTurn();
    }
    let changing: ChangingFile[] = [];
    if (this.#unsettled.length > 0) {
      const { clock } = this.#context;
      const settled = await settle(this.#root.path, this.#unsettled, clock, this.#options.signal);
      changing = settled.changing;
      for (const difference of settled.finished) this.#add(difference);
      this.#flush();
    }
    await this.#followFolders();
    const counts = this.#toCounts();
    this.#options.onProgress?.(counts);
    return { ...counts, changing, unreadable: this.#unreadable };
  }

  async #read(folder: string, isClosed: (relativePath: string) => boolean): Promise<void> {
    const { read } = this.#context;
    const differences = reconcile({
      items: this.#walk(folder, isClosed),
      known: new KnownFiles(folder, (afterPath, limit) =>
        listKnownFiles(read, this.#root.id, afterPath, limit),
      ),
      rootId: this.#root.id,
      recognize: this.#recognize,
      found: this.#found,
    });
    for (const difference of differences) {
      this.#take(difference);
      if (this.#isTurnOver()) await this.#takeTurn();
    }
    this.#flush();
  }

  #walk(folder: string, isClosed: (relativePath: string) => boolean): Iterable<WalkItem> {
    try {
      return walk({
        rootPath: this.#root.path,
        folder,
        isIgnored: this.#isIgnored,
        otherFolders: this.#otherFolders,
        isClosed,
        onIgnored: () => {
          this.#counts.ignored++;
        },
      });
    } catch (error) {
      const code = fileErrorCode(error);
      if (folder === '') {
        throw new AppError('root-offline', { path: this.#root.path, reason: code }, { cause: error });
      }
      return code === 'file-missing' ? [] : [{ kind: 'closed-folder', relativePath: folder, code }];
    }
  }

  #take(difference: Difference): void {
    switch (difference.kind) {
      case 'replaced':
        this.#replaced.push(difference);
        return;
      case 'unchanged':
        this.#counts.found++;
        this.#counts.unchanged++;
        this.#absent.delete(difference.file.id);
        return;
      case 'unreadable':
        this.#unreadable.push({ relativePath: difference.relativePath, code: difference.code });
        return;
      case 'gone':
        this.#absent.set(difference.file.id, difference.file);
        return;
      case 'displaced':
        this.#absent.set(difference.file.id, difference.file);
        this.#add(difference);
        return;
      case 'moved':
      case 'returned':
        this.#counts.found++;
        this.#absent.delete(difference.file.id);
        this.#add(difference);
        return;
      case 'added':
      case 'changed':
        this.#counts.found++;
        if (isYoung(difference.entry, this.#context.clock.now())) this.#unsettled.push(difference);
        else this.#add(difference);
        return;
    }
  }

  /**
   * What a person said of a folder goes with it: the note on it, and where its photos may go. The latter is there before the
   * photos are, so that none of them is without it for a moment; a crash between leaves it in both places.
   */
  async #followFolders(): Promise<void> {
    const { read } = this.#context;
    const moves = [...this.#folderMoves.values()];
    if (moves.length === 0) return;
    // Read anew: somebody may have decided otherwise while this pass went on.
    const privacies = followFolders(listFolderPrivacies(read), moves, () => true);
    this.#context.transact((db) => {
      for (const { word, toRootId, to } of privacies) {
        setFolderPrivacy(db, { rootId: toRootId, relativePath: to }, word.privacy);
      }
    });
    for (const difference of this.#strayed) {
      this.#batch.push(difference);
      if (this.#isTurnOver()) await this.#takeTurn();
    }
    this.#flush();
    const isEmpty = (rootId: RootId, folder: string): boolean => !isKnownFolder(read, rootId, folder);
    const notes = followFolders(listFolderNotes(read), moves, isEmpty);
    this.#context.transact((db) => {
      for (const { word, toRootId, to } of notes) {
        moveFolderNote(db, word, { rootId: toRootId, relativePath: to });
      }
      for (const { word, toRootId, to } of privacies) {
        const hasFollowed = isEmpty(word.rootId, word.relativePath);
        setFolderPrivacy(db, hasFollowed ? word : { rootId: toRootId, relativePath: to }, null);
      }
    });
  }

  /** Gives whether it was in a folder inside a root that decides where its photos may go. */
  #noteMove(entry: FileEntry, file: KnownFile): boolean {
    const from = folderOf(file.relativePath);
    const to = folderOf(entry.relativePath);
    if (from === to && file.rootId === this.#root.id) return false;
    const move = { fromRootId: file.rootId, from, toRootId: this.#root.id, to };
    this.#folderMoves.set(JSON.stringify(move), move);
    return this.#privacies.some(
      ({ rootId, relativePath }) =>
        rootId === file.rootId && file.relativePath.startsWith(`${relativePath}/`),
    );
  }

  #add(difference: StoredDifference): void {
    if (difference.kind !== 'gone' && difference.kind !== 'displaced') this.#counts[difference.kind]++;
    const hasMoved = difference.kind === 'moved' || difference.kind === 'returned';
    if (hasMoved && this.#noteMove(difference.entry, difference.file)) this.#strayed.push(difference);
    else this.#batch.push(difference);
  }

  #isTurnOver(): boolean {
    return this.#batch.length >= batchSize || performance.now() - this.#turnStartMs > turnMs;
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    // The end of the scan syncs it; what a power cut undoes before, the next scan finds again.
    this.#context.transact((db) => {
      storeDifferences(db, this.#root.id, batch, this.#context.clock.now());
    }, 'unsynced');
  }

  /** @throws {AppError} `canceled`. What was seen so far is kept. */
  async #takeTurn(): Promise<void> {
    if (this.#batch.length >= batchSize) this.#flush();
    this.#options.onProgress?.(this.#toCounts());
    await nextTurn();
    this.#turnStartMs = performance.now();
    const { signal } = this.#options;
    if (signal?.aborted !== true) return;
    this.#flush();
    throw new AppError('canceled', {}, { cause: signal.reason });
  }

  #toCounts(): ScanCounts {
    return { ...this.#counts, missing: this.#absent.size };
  }

  /** The watcher knows nothing of what a scan ignores. */
  #isPassedOver(directory: string): boolean {
    const path = join(this.#root.path, directory);
    if (this.#otherFolders.some((folder) => isInside(path, folder))) return true;
    const names = directory.split('/');
    return names.some((name, index) => {
      return name !== '' && this.#isIgnored(names.slice(0, index + 1).join('/'), name, true);
    });
  }

  #isBehindLink(directory: string): boolean {
    const path = join(this.#root.path, directory);
    try {
      return realpathSync.native(path) !== path;
    } catch (error) {
      // Gone is gone, by whatever way it was reached.
      return fileErrorCode(error) !== 'file-missing';
    }
  }
}

/** With `/`; empty for the root. */
function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
}
