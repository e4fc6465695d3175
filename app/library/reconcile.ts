import type { FileId, RootId } from '../contract/ids.ts';
import type { KnownFile } from './file-store.ts';
import type { KnownFiles } from './known-files.ts';
import type { FileErrorCode } from './list-folder.ts';
import { comparePaths } from './paths.ts';
import type { FileEntry, WalkItem } from './walk.ts';

/** How what is on disk differs from what is known. */
export type Difference =
  | { readonly kind: 'added'; readonly entry: FileEntry }
  /** Other bytes at the same place: the asset stays, and is read again. */
  | { readonly kind: 'changed'; readonly entry: FileEntry; readonly file: KnownFile }
  /** Another file at its place. Whether it was changed or moved away is known at the end: see `settleReplaced`. */
  | { readonly kind: 'replaced'; readonly entry: FileEntry; readonly file: KnownFile }
  | { readonly kind: 'unchanged'; readonly file: KnownFile }
  /** The same file in another place; its asset goes with it. */
  | { readonly kind: 'moved'; readonly entry: FileEntry; readonly file: KnownFile }
  /** The same bytes, but another inode, or it was missing: as after a restore. */
  | { readonly kind: 'returned'; readonly entry: FileEntry; readonly file: KnownFile }
  /** Another known file took its place. It may be found elsewhere, before or after this. */
  | { readonly kind: 'displaced'; readonly file: KnownFile }
  /** Nothing at its place. It may be found elsewhere, before or after this. */
  | { readonly kind: 'gone'; readonly file: KnownFile }
  /** Could not be looked at; what is known of it stays. */
  | { readonly kind: 'unreadable'; readonly relativePath: string; readonly code: FileErrorCode };

/** A file that is known under another path, or as missing, and surely is the one that the entry shows. None of `found`. */
export type Recognizer = (entry: FileEntry, found: ReadonlyMap<FileId, string>) => KnownFile | undefined;

export type ReconcileInput = {
  /** In path order. */
  readonly items: Iterable<WalkItem>;
  /** Of the same folder as the items, in path order. */
  readonly known: KnownFiles;
  /** Whose items these are. */
  readonly rootId: RootId;
  readonly recognize: Recognizer;
  /** Where known files were found that are not in their place; grows. Shared by the folders of one scan. @default none */
  readonly found?: Map<FileId, string>;
};

/**
 * Merges what a walk sees with what is known, in one pass and with little memory. Pure: it changes nothing but `found`,
 * and asks only its arguments.
 */
export function* reconcile(input: ReconcileInput): Generator<Difference> {
  const { items, known, found = new Map<FileId, string>() } = input;
  for (const item of items) {
    // A folder comes where its content would: behind the files whose names go on after its own.
    const place = item.kind === 'closed-folder' ? `${item.relativePath}/` : item.relativePath;
    let next = known.peek();
    for (; next !== undefined && comparePaths(next.relativePath, place) < 0; next = known.peek()) {
      known.skip();
      if (!isElsewhere(next, found)) yield { kind: 'gone', file: next };
    }
    if (item.kind === 'closed-folder') {
      known.skipFolder(item.relativePath);
      if (item.code !== undefined) {
        yield { kind: 'unreadable', relativePath: item.relativePath, code: item.code };
      }
      continue;
    }
    const here = next?.relativePath === place && !isElsewhere(next, found) ? next : undefined;
    if (next?.relativePath === place) known.skip();
    if (item.kind === 'file') {
      // Most files of most scans, said without a detour.
      if (here !== undefined && isUnchanged(item, here)) yield { kind: 'unchanged', file: here };
      else yield* compareFile(item, here, input, found);
    } else {
      yield { kind: 'unreadable', relativePath: place, code: item.code };
      if (here !== undefined && item.code === 'file-missing') yield { kind: 'gone', file: here };
    }
  }
  for (let file = known.peek(); file !== undefined; file = known.peek()) {
    known.skip();
    if (!isElsewhere(file, found)) yield { kind: 'gone', file };
  }
}

/** A page of known files may have been read before one of them was found in its new place. */
function isElsewhere(file: KnownFile, found: ReadonlyMap<FileId, string>): boolean {
  const place = found.get(file.id);
  return place !== undefined && place !== file.relativePath;
}

function isUnchanged(entry: FileEntry, file: KnownFile): boolean {
  // Only in the cloud now. When it is downloaded again it tells whether it has changed.
  const isInCloud = entry.fileKind.asset === null && entry.fileKind.reason === 'cloud-placeholder';
  if (file.assetId !== null && isInCloud) return true;
  return file.inode === entry.inode && hasSameBytes(entry, file) && !isAnotherKind(entry, file);
}

function* compareFile(
  entry: FileEntry,
  here: KnownFile | undefined,
  { rootId, recognize }: ReconcileInput,
  found: Map<FileId, string>,
): Generator<Difference> {
  if (here !== undefined && here.inode === entry.inode && hasSameBytes(entry, here)) {
    yield { kind: 'changed', entry, file: here };
    return;
  }
  const recognized = recognize(entry, found);
  if (recognized !== undefined) {
    found.set(recognized.id, entry.relativePath);
    if (here !== undefined) yield { kind: 'displaced', file: here };
    const isSamePlace = recognized.relativePath === entry.relativePath && recognized.rootId === rootId;
    yield { kind: isSamePlace ? 'returned' : 'moved', entry, file: recognized };
  } else if (here === undefined) {
    yield { kind: 'added', entry };
  } else {
    const isReplaced = here.inode !== entry.inode && !hasSameBytes(entry, here);
    if (!isReplaced) found.set(here.id, entry.relativePath);
    const isSame = hasSameBytes(entry, here) && !isAnotherKind(entry, here);
    yield { kind: isReplaced ? 'replaced' : isSame ? 'returned' : 'changed', entry, file: here };
  }
}

/**
 * What became of a replaced file, once everything has been looked at: if it was found elsewhere, a new file has its place;
 * else a program has saved it beside and renamed, as careful programs do.
 */
export function settleReplaced(
  { entry, file }: Extract<Difference, { kind: 'replaced' }>,
  found: ReadonlyMap<FileId, string>,
): Extract<Difference, { kind: 'added' | 'changed' }> {
  return found.has(file.id) ? { kind: 'added', entry } : { kind: 'changed', entry, file };
}

/** As sure as one can be without reading: programs that keep size and time when they change bytes do not exist. */
export function hasSameBytes(a: FileEntry, b: KnownFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs;
}

/** It was no asset and is one now: downloaded from the cloud, or its format is known by this release. */
function isAnotherKind(entry: FileEntry, file: KnownFile): boolean {
  return (
    file.assetId === null && file.reason !== (entry.fileKind.asset === null ? entry.fileKind.reason : null)
  );
}
