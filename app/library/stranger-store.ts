import type { AssetId, FileId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { groupFiles } from './file-groups.ts';
import { kindOfName } from './file-kind.ts';
import { setOriginal, setSidecarOwner } from './group-store.ts';
import type { Shot } from './live-photos.ts';
import { createAsset } from './store-differences.ts';

/** Pictures that were put together by name and are not of one shot. */

/** The file that an asset was read from, and that was described: it keeps the asset. `undefined`: none, or it is gone. */
export function findReadFile(db: ReadDb, assetId: AssetId): FileId | undefined {
  return db.pluck<FileId>(
    `SELECT file.id FROM asset JOIN file ON file.id = asset.read_file_id AND file.asset_id = asset.id
     WHERE asset.id = ? AND file.state = 'present'`,
    [assetId],
  )[0];
}

export type ReadPicture = { readonly fileId: FileId; readonly shot: Shot };

/**
 * Files of an asset that are of other shots become photos of their own, each with its sidecars; whatever was said and paid stays
 * with `kept`, which stands for the asset from now on. Gives the new photos.
 */
export function partFiles(
  db: WriteDb,
  assetId: AssetId,
  { kept, strangers }: { readonly kept: ReadPicture; readonly strangers: readonly ReadPicture[] },
  nowMs: number,
): AssetId[] {
  // By them their folder knows that they stay apart, whatever is known of the photos.
  for (const { fileId, shot } of [kept, ...strangers]) {
    db.run('UPDATE file SET shot_local_ms = ?, shot_camera = ? WHERE id = ?', [
      shot.localMs,
      shot.camera,
      fileId,
    ]);
  }
  const parted = strangers.flatMap(({ fileId }) => {
    const file = db.get<FileRow>(`SELECT ${fileColumns} FROM file WHERE id = ? AND asset_id = ?`, [
      fileId,
      assetId,
    ]);
    if (file === undefined) return [];
    const sidecars = listSidecarsOf(db, file);
    const own = createAsset(db, { fileKind: kindOfName(file.relativePath), mtimeMs: file.mtimeMs }, nowMs);
    if (own === null) return [];
    db.run(`UPDATE file SET asset_id = ?, role = 'original', format = NULL WHERE id = ?`, [own, fileId]);
    for (const sidecar of sidecars) setSidecarOwner(db, sidecar, own);
    return [own];
  });
  setOriginal(db, assetId, kept.fileId);
  return parted;
}

type FileRow = {
  readonly id: FileId;
  readonly assetId: AssetId;
  readonly relativePath: string;
  readonly mtimeMs: number;
};

const fileColumns = 'id, asset_id AS assetId, relative_path AS relativePath, mtime_ms AS mtimeMs';

/** Those that belong to a file by their names, in its folder. */
function listSidecarsOf(db: ReadDb, { id, assetId, relativePath }: FileRow): FileRow[] {
  const folder = relativePath.slice(0, relativePath.lastIndexOf('/') + 1);
  const beside = db
    .all<FileRow>(
      `SELECT ${fileColumns} FROM file
       WHERE asset_id = @assetId AND state = 'present' AND root_id = (SELECT root_id FROM file WHERE id = @id)`,
      { assetId, id },
    )
    .map((file) => ({ ...file, name: file.relativePath.slice(folder.length) }))
    .filter((file) => file.relativePath.startsWith(folder) && !file.name.includes('/'));
  const groups = groupFiles(beside, { isOneShot: () => false });
  return [...(groups.find(({ files }) => files.some((file) => file.id === id))?.sidecars ?? [])];
}
