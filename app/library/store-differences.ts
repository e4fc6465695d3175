import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, RootId } from '../contract/ids.ts';
import { insertAsset, setAssetFound } from './asset-store.ts';
import { isKnownVideo } from './file-kind.ts';
import {
  insertFile,
  markFileMissing,
  updateFileAsset,
  forgetContent,
  updateFilePlace,
  type KnownFile,
} from './file-store.ts';
import { noteUngrouped, setFactsStale } from './group-store.ts';
import type { Difference } from './reconcile.ts';
import type { WriteDb } from './root-store.ts';
import type { FileEntry } from './walk.ts';

/** A difference that changes what is known. */
export type StoredDifference = Exclude<Difference, { kind: 'unchanged' | 'unreadable' | 'replaced' }>;

/** Brings what is known up to what was seen, in the order in which it was seen. In the caller's transaction. */
export function storeDifferences(
  db: WriteDb,
  rootId: RootId,
  differences: readonly StoredDifference[],
  nowMs: number,
): void {
  noteUngrouped(db, rootId, pathsIn(differences));
  // First of all: the places that others take are free.
  for (const difference of differences) {
    if (difference.kind === 'moved' || difference.kind === 'displaced') loseFile(db, difference.file);
  }
  for (const difference of differences) storeDifference(db, rootId, difference, nowMs);
}

function storeDifference(db: WriteDb, rootId: RootId, difference: StoredDifference, nowMs: number): void {
  switch (difference.kind) {
    case 'added': {
      const { entry } = difference;
      insertFile(db, {
        rootId,
        relativePath: entry.relativePath,
        sizeBytes: entry.sizeBytes,
        mtimeMs: entry.mtimeMs,
        inode: entry.inode,
        assetId: createAsset(db, entry, nowMs),
        reason: reasonOf(entry),
        foundAtMs: nowMs,
      });
      return;
    }
    case 'changed':
    case 'moved':
    case 'returned': {
      const { entry, file } = difference;
      updateFilePlace(db, file.id, {
        rootId,
        relativePath: entry.relativePath,
        sizeBytes: entry.sizeBytes,
        mtimeMs: entry.mtimeMs,
        inode: entry.inode,
      });
      if (difference.kind === 'changed') forgetContent(db, file.id);
      if (file.role === 'sidecar') {
        if (file.assetId !== null && difference.kind === 'changed') setFactsStale(db, file.assetId);
      } else if (file.assetId === null) {
        updateFileAsset(db, file.id, createAsset(db, entry, nowMs), reasonOf(entry));
      } else if (difference.kind === 'changed' && entry.fileKind.asset !== null) setAssetFound(db, file.id);
      return;
    }
    case 'gone':
      loseFile(db, difference.file);
      return;
    case 'displaced':
      return;
  }
}

/** A file is not in its place any more. */
export function loseFile(db: WriteDb, file: KnownFile): void {
  if (!markFileMissing(db, file)) return;
  noteUngrouped(db, file.rootId, [file.relativePath]);
  if (file.role === 'sidecar' && file.assetId !== null) setFactsStale(db, file.assetId);
}

function* pathsIn(differences: readonly StoredDifference[]): Generator<string> {
  for (const difference of differences) {
    if ('entry' in difference && difference.kind !== 'changed') yield difference.entry.relativePath;
  }
}

/** The asset that a new file carries, if any. Both kinds are told by their content later; other videos wait for a release. */
export function createAsset(
  db: WriteDb,
  entry: Pick<FileEntry, 'fileKind' | 'mtimeMs'>,
  nowMs: number,
): AssetId | null {
  const { fileKind } = entry;
  if (fileKind.asset === null) return null;
  const error: ErrorInfo | null =
    fileKind.asset === 'video' && !isKnownVideo(fileKind.format)
      ? { code: 'unsupported-format', details: { format: fileKind.formatName } }
      : null;
  return insertAsset(db, {
    kind: fileKind.asset,
    state: error === null ? 'found' : 'unsupported',
    error,
    format: fileKind.format,
    sortMs: entry.mtimeMs,
    createdAtMs: nowMs,
  });
}

function reasonOf(entry: FileEntry) {
  return entry.fileKind.asset === null ? entry.fileKind.reason : null;
}
