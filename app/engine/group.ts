import { joinAssets } from '../captioning/join-assets.ts';
import type { WriteDb } from '../db/open.ts';
import { groupFiles, groupKindOf, type FileGroup } from '../library/file-groups.ts';
import {
  assignRoles,
  forgetUngrouped,
  listBereaved,
  listFolderFiles,
  listUngrouped,
  setSidecarOwner,
  type FolderFile,
  type UngroupedFolder,
} from '../library/group-store.ts';
import { isAnotherShot } from '../library/live-photos.ts';
import { isAnotherPicture } from '../library/same-shot.ts';
import type { EngineParts } from './parts.ts';

/** So many shots at a time: the rest of the engine waits for them. */
const pageSize = 200;
const foldersAtOnce = 20;

type Parts = Pick<EngineParts, 'read' | 'transact' | 'clock'>;

/**
 * Makes one asset of the files of each shot, in all folders in which something has changed. Files that are one asset stay
 * so, whatever becomes of their names and places: what was said and paid of them is theirs together. A folder is looked
 * at anew when this was interrupted.
 */
export async function groupNewFiles(parts: Parts): Promise<void> {
  for (;;) {
    const folders = listUngrouped(parts.read, foldersAtOnce);
    if (folders.length === 0) return;
    for (const folder of folders) {
      await groupFolder(parts, folder);
      await nextTurn();
    }
  }
}

async function groupFolder(parts: Parts, folder: UngroupedFolder): Promise<void> {
  const files = listFolderFiles(parts.read, folder);
  const groups = groupFiles(files, { isLivePhoto, isOneShot });
  const owned = new Set(groups.flatMap(({ sidecars }) => sidecars));
  const shared = groups.filter((group) => group.files.length + group.sidecars.length > 1);
  for (let start = 0; start < shared.length; start += pageSize) {
    parts.transact((db) => {
      for (const group of shared.slice(start, start + pageSize)) bringTogether(db, group, parts.clock.now());
    });
    await nextTurn();
  }
  parts.transact((db) => {
    for (const file of files) {
      const isOrphan = groupKindOf(file.name) === 'sidecar' && !owned.has(file);
      if (isOrphan) setSidecarOwner(db, file, null);
    }
    for (const assetId of listBereaved(db, folder)) assignRoles(db, assetId);
    forgetUngrouped(db, folder);
  });
}

function bringTogether(db: WriteDb, group: FileGroup<FolderFile>, nowMs: number): void {
  const assetIds = [...new Set(group.files.flatMap(({ assetId }) => assetId ?? []))];
  const joined = joinAssets(db, assetIds, nowMs);
  if (joined === undefined) return;
  for (const sidecar of group.sidecars) setSidecarOwner(db, sidecar, joined.kept);
}

/** What is one already was compared when it was read (`jobs/part-strangers.ts`); until both are read, the name decides. */
function isOneShot(still: FolderFile, raw: FolderFile): boolean {
  return still.assetId === raw.assetId || !isAnotherPicture(still.shot, raw.shot);
}

/** As Apple's identifiers have it, where both files have been read and have one; else as far as camera and time tell. */
function isLivePhoto(still: FolderFile, movie: FolderFile): boolean | undefined {
  if (!still.contentIdentifier || !movie.contentIdentifier) {
    return isAnotherShot(still.shot, movie.shot) ? false : undefined;
  }
  return still.contentIdentifier === movie.contentIdentifier;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
