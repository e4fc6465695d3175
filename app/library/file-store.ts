import type { AssetId, FileId, RootId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';
import type { FileReason } from './file-kind.ts';

/** Cheap identity: the same place, size, time and inode means the same bytes (STYLE §4, *fingerprint*). */
export type Fingerprint = { readonly sizeBytes: number; readonly mtimeMs: number; readonly inode: number };

/** A file as it was when it was last seen. */
export type KnownFile = Fingerprint & {
  readonly id: FileId;
  readonly rootId: RootId;
  readonly assetId: AssetId | null;
  readonly role: FileRole;
  readonly relativePath: string;
  readonly reason: FileReason | null;
};

/**
 * What a file is to its asset: `original` is shown, described and sent; `alternate` is another picture of the same shot,
 * such as the RAW beside its JPEG; `motion` is the movie of a Live Photo.
 */
export type FileRole = 'original' | 'alternate' | 'sidecar' | 'motion' | 'other';

const knownColumns = `id, root_id AS rootId, asset_id AS assetId, role, relative_path AS relativePath, size_bytes AS sizeBytes,
  mtime_ms AS mtimeMs, inode, reason`;

/** A page of a root's present files in the order of `comparePaths`, behind a path. */
export function listKnownFiles(db: ReadDb, rootId: RootId, afterPath: string, limit: number): KnownFile[] {
  return db.all<KnownFile>(
    `SELECT ${knownColumns} FROM file
     WHERE root_id = ? AND state = 'present' AND relative_path > ? ORDER BY relative_path LIMIT ?`,
    [rootId, afterPath, limit],
  );
}

/** Present or missing, in any root: what may have been moved to where this inode is now. */
export function findFilesByInode(db: ReadDb, inode: number): KnownFile[] {
  return db.all<KnownFile>(`SELECT ${knownColumns} FROM file WHERE inode = ? ORDER BY id`, [inode]);
}

/** The missing files that were last seen at a path, latest first. */
export function findMissingFiles(db: ReadDb, rootId: RootId, relativePath: string): KnownFile[] {
  return db.all<KnownFile>(
    `SELECT ${knownColumns} FROM file
     WHERE root_id = ? AND state = 'missing' AND relative_path = ? ORDER BY id DESC`,
    [rootId, relativePath],
  );
}

export function hasFiles(db: ReadDb): boolean {
  return db.get('SELECT 1 FROM file LIMIT 1') !== undefined;
}

export function hasMissingFiles(db: ReadDb, rootId: RootId): boolean {
  return db.get(`SELECT 1 FROM file WHERE root_id = ? AND state = 'missing' LIMIT 1`, [rootId]) !== undefined;
}

/** Whether any present file is known under a folder. `folder` has no `/` at its end. */
export function hasFilesUnder(db: ReadDb, rootId: RootId, folder: string): boolean {
  // '0' is the character behind '/'.
  const row = db.get(
    `SELECT 1 FROM file WHERE root_id = ? AND state = 'present' AND relative_path > ? AND relative_path < ? LIMIT 1`,
    [rootId, `${folder}/`, `${folder}0`],
  );
  return row !== undefined;
}

export type NewFile = Fingerprint & {
  readonly rootId: RootId;
  readonly assetId: AssetId | null;
  readonly relativePath: string;
  readonly reason: FileReason | null;
  readonly foundAtMs: number;
};

export function insertFile(db: WriteDb, file: NewFile): void {
  db.run(
    `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, reason, found_at_ms)
     VALUES (@rootId, @assetId, @relativePath, @sizeBytes, @mtimeMs, @inode, @reason, @foundAtMs)`,
    { ...file },
  );
}

/** A file is (again) present, at this place and with this fingerprint. */
export function updateFilePlace(
  db: WriteDb,
  id: FileId,
  place: Fingerprint & { readonly rootId: RootId; readonly relativePath: string },
): void {
  db.run(
    `UPDATE file SET state = 'present', root_id = @rootId, relative_path = @relativePath, size_bytes = @sizeBytes,
       mtime_ms = @mtimeMs, inode = @inode
     WHERE id = @id`,
    {
      id,
      rootId: place.rootId,
      relativePath: place.relativePath,
      sizeBytes: place.sizeBytes,
      mtimeMs: place.mtimeMs,
      inode: place.inode,
    },
  );
}

/** Other bytes are in its place now: what was read of them alone is to be read again. */
export function forgetContent(db: WriteDb, id: FileId): void {
  db.run('UPDATE file SET content_identifier = NULL, shot_local_ms = NULL, shot_camera = NULL WHERE id = ?', [
    id,
  ]);
}

/** What the file carries now: an asset, or the reason why it is none. */
export function updateFileAsset(
  db: WriteDb,
  id: FileId,
  assetId: AssetId | null,
  reason: FileReason | null,
): void {
  db.run('UPDATE file SET asset_id = ?, reason = ? WHERE id = ?', [assetId, reason, id]);
}

/** `false` when the file is no longer where it was looked for: something else has found it since. */
export function markFileMissing(
  db: WriteDb,
  file: Pick<KnownFile, 'id' | 'rootId' | 'relativePath'>,
): boolean {
  const { changes } = db.run(
    `UPDATE file SET state = 'missing' WHERE id = ? AND state = 'present' AND root_id = ? AND relative_path = ?`,
    [file.id, file.rootId, file.relativePath],
  );
  return changes === 1;
}

export function countPresentFiles(db: ReadDb, rootId: RootId): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM file WHERE root_id = ? AND state = 'present'`,
    [rootId],
  );
  if (row === undefined) throw new AppError('internal', { reason: 'no count' });
  return row.count;
}

/** A sample of a root's present files, spread over it: at least one where there is any, `limit` at most. */
export function sampleFiles(
  db: ReadDb,
  rootId: RootId,
  limit: number,
): (Fingerprint & { relativePath: string })[] {
  return db.all(
    `SELECT relative_path AS relativePath, size_bytes AS sizeBytes,
       mtime_ms AS mtimeMs, inode FROM file
     WHERE root_id = @rootId AND state = 'present'
     ORDER BY (id * 2654435761) % 4294967296 LIMIT @limit`,
    { rootId, limit },
  );
}
