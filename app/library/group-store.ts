import type { AssetId, FileId, RootId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { groupKindOf, type GroupKind } from './file-groups.ts';
import { kindOfName } from './file-kind.ts';
import type { Shot } from './live-photos.ts';

/** The files of one asset, and the folders in which they have still to be put together. */

export type UngroupedFolder = { readonly rootId: RootId; readonly folder: string };

/** Something appeared, moved or went at these places of a root: their folders are to be looked at. */
export function noteUngrouped(db: WriteDb, rootId: RootId, relativePaths: Iterable<string>): void {
  const folders = new Set<string>();
  for (const path of relativePaths) folders.add(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  for (const folder of folders) {
    db.run('INSERT OR IGNORE INTO ungrouped_folder (root_id, folder) VALUES (?, ?)', [rootId, folder]);
  }
}

/** Folders whose files have changed since they were last put together. */
export function listUngrouped(db: ReadDb, limit: number): UngroupedFolder[] {
  return db.all('SELECT root_id AS rootId, folder FROM ungrouped_folder ORDER BY root_id, folder LIMIT ?', [
    limit,
  ]);
}

export function forgetUngrouped(db: WriteDb, { rootId, folder }: UngroupedFolder): void {
  db.run('DELETE FROM ungrouped_folder WHERE root_id = ? AND folder = ?', [rootId, folder]);
}

export type FolderFile = {
  readonly id: FileId;
  readonly name: string;
  readonly assetId: AssetId | null;
  /** Apple's, of a Live Photo; empty or `null` where there is none, or it was not read yet. */
  readonly contentIdentifier: string | null;
  /** Of a movie its own, of a picture what was read of its shot. */
  readonly shot: Shot;
};

/** The present files directly in a folder, in the order in which they were found. */
export function listFolderFiles(db: ReadDb, { rootId, folder }: UngroupedFolder): FolderFile[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  // '0' is the character behind '/'; U+10FFFF stands behind all names.
  const end = folder === '' ? '\u{10FFFF}' : `${folder}0`;
  return db
    .all<Omit<FolderFile, 'shot'> & Shot>(
      `SELECT file.id, substr(relative_path, @start) AS name, asset_id AS assetId, content_identifier AS contentIdentifier,
       iif(isMovie, movie_local_ms, coalesce(capture_local_ms, shot_local_ms)) AS localMs,
       iif(isMovie, movie_offset_minutes, capture_offset_minutes) AS offsetMinutes,
       iif(isMovie, movie_camera, coalesce(camera_model, shot_camera)) AS camera
     FROM (SELECT *, lower(substr(relative_path, -4)) IN ('.mov', '.mp4') AS isMovie FROM file
       WHERE root_id = @rootId AND state = 'present' AND relative_path > @prefix AND relative_path < @end
         AND instr(substr(relative_path, @start), '/') = 0) AS file
     LEFT JOIN asset ON asset.id = asset_id AND asset.kind = 'photo'
     ORDER BY file.id`,
      { rootId, prefix, end, start: prefix.length + 1 },
    )
    .map(({ localMs, offsetMinutes, camera, ...file }) => ({
      ...file,
      shot: { localMs, offsetMinutes, camera },
    }));
}

/** Assets that lost a file in a folder and still have another one anywhere. */
export function listBereaved(db: ReadDb, { rootId, folder }: UngroupedFolder): AssetId[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const end = folder === '' ? '\u{10FFFF}' : `${folder}0`;
  return db.pluck<AssetId>(
    `SELECT DISTINCT asset_id FROM file AS gone
     WHERE root_id = ? AND state = 'missing' AND relative_path > ? AND relative_path < ? AND asset_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM file AS kept WHERE kept.asset_id = gone.asset_id AND kept.state = 'present')`,
    [rootId, prefix, end],
  );
}

/** Which of some assets stays when they turn out to be one: a photo, of which most is known. */
export function chooseKept(db: ReadDb, assetIds: readonly AssetId[]): AssetId | undefined {
  return db.pluck<AssetId>(
    `SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(?))
     ORDER BY kind = 'photo' DESC,
       EXISTS (SELECT 1 FROM description WHERE asset_id = asset.id AND live = 1 AND baseline = 0) DESC,
       image_data_hash IS NOT NULL DESC, id LIMIT 1`,
    [JSON.stringify(assetIds)],
  )[0];
}

/** `null` where it has not been read, and where there is no such asset. */
export function findImageDataHash(db: ReadDb, assetId: AssetId): string | null {
  return db.pluck<string | null>('SELECT image_data_hash FROM asset WHERE id = ?', [assetId])[0] ?? null;
}

/**
 * Whatever refers to an asset refers to another one from now on, and the asset is no more. What both have only one of
 * (the current description, the row of the index) is computed anew by the caller.
 */
export function mergeAssets(db: WriteDb, kept: AssetId, gone: AssetId): void {
  // Asked of the schema, so that no table is forgotten when one is added.
  const references = db.all<{ table: string; column: string }>(
    `SELECT list.name AS "table", reference."from" AS "column"
     FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS reference
     WHERE list.schema = 'main' AND reference."table" = 'asset'`,
  );
  for (const { table, column } of references) {
    db.run(`UPDATE OR IGNORE "${table}" SET "${column}" = ? WHERE "${column}" = ?`, [kept, gone]);
  }
  db.run('DELETE FROM asset WHERE id = ?', [gone]);
}

type PictureFile = { readonly id: FileId; readonly role: string; readonly name: string };

/** What is shown before what: a JPEG of the camera before its RAW, and any picture before a movie. */
const precedence: readonly GroupKind[] = ['still', 'picture', 'raw', 'other', 'movie'];

/** Gives every present picture and movie of an asset its role. What was chosen stays as long as it is the only choice. */
export function assignRoles(db: WriteDb, assetId: AssetId): void {
  const files = db
    .all<PictureFile>(
      `SELECT id, role, relative_path AS name FROM file
       WHERE asset_id = ? AND state = 'present' AND role <> 'sidecar' ORDER BY id`,
      [assetId],
    )
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  const originals = files.filter(({ role }) => role === 'original');
  const original = originals.length === 1 ? originals[0] : files[0];
  for (const file of files) {
    const isMovie = kindOfName(file.name).asset === 'video';
    const role = file.id === original?.id ? 'original' : isMovie ? 'motion' : 'alternate';
    if (role === file.role) continue;
    setRole(db, file.id, role, file.name);
    // Whether it is of the same shot is seen when both are read.
    if (role === 'alternate') setFactsStale(db, assetId);
  }
  if (original === undefined) return;
  db.run(
    `UPDATE asset SET state = 'found', error = NULL WHERE id = ? AND read_file_id IS NOT NULL AND read_file_id <> ?`,
    [assetId, original.id],
  );
}

function rankOf({ name }: PictureFile): number {
  return precedence.indexOf(groupKindOf(name));
}

/** Another file of the same shot is shown from now on. */
export function setOriginal(db: WriteDb, assetId: AssetId, fileId: FileId): void {
  db.run(
    `UPDATE file SET role = 'alternate' WHERE asset_id = ? AND role = 'original' AND state = 'present'`,
    [assetId],
  );
  db.run(`UPDATE file SET role = 'original' WHERE id = ?`, [fileId]);
}

function setRole(db: WriteDb, id: FileId, role: string, name: string): void {
  const kind = kindOfName(name);
  db.run('UPDATE file SET role = ?, format = ? WHERE id = ?', [
    role,
    kind.asset === null ? null : kind.format,
    id,
  ]);
}

/** A sidecar belongs to an asset, whose facts are to be read again; or to none any more. */
export function setSidecarOwner(
  db: WriteDb,
  file: Pick<FolderFile, 'id' | 'assetId'>,
  assetId: AssetId | null,
): void {
  if (file.assetId === assetId) return;
  db.run('UPDATE file SET asset_id = ?, role = ? WHERE id = ?', [
    assetId,
    assetId === null ? 'original' : 'sidecar',
    file.id,
  ]);
  for (const id of [file.assetId, assetId]) if (id !== null) setFactsStale(db, id);
}

/** What other programs say of it has changed: a sidecar came, changed or went. */
export function setFactsStale(db: WriteDb, assetId: AssetId): void {
  db.run(`UPDATE asset SET state = 'found', error = NULL WHERE id = ? AND kind = 'photo'`, [assetId]);
}

export type OtherFile = { readonly fileId: FileId; readonly absolutePath: string };

/** The present files of an asset in a role, the oldest first. */
export function listOtherFiles(db: ReadDb, assetId: AssetId, role: 'alternate' | 'sidecar'): OtherFile[] {
  return db.all<OtherFile>(
    `SELECT file.id AS fileId, root.path || '/' || file.relative_path AS absolutePath
     FROM file JOIN root ON root.id = file.root_id
     WHERE file.asset_id = ? AND file.role = ? AND file.state = 'present' AND root.state = 'online'
     ORDER BY file.mtime_ms, file.id`,
    [assetId, role],
  );
}

/** A file that belongs to a photo beside the one that is shown. */
export type Companion = {
  readonly path: string;
  /** `alternate`: the RAW of a JPEG, or the other way round; `motion`: the movie of a Live Photo. */
  readonly role: 'alternate' | 'motion' | 'sidecar';
  readonly format: string | null;
};

export function listCompanions(db: ReadDb, assetId: AssetId): Companion[] {
  return db.all<Companion>(
    `SELECT root.path || '/' || relative_path AS path, role, format FROM file JOIN root ON root.id = file.root_id
     WHERE file.asset_id = ? AND file.state = 'present' AND file.role <> 'original' ORDER BY role, file.id`,
    [assetId],
  );
}
