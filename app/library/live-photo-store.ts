import type { AssetId, FileId, RootId } from '../contract/ids.ts';
import type { Facts } from '../contract/models/asset.ts';
import type { RootState } from '../contract/models/root.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { foldName, stemOf } from './file-groups.ts';
import { kindOfName } from './file-kind.ts';
import { isAnotherShot, type LiveFile, type Shot } from './live-photos.ts';
import { createAsset } from './store-differences.ts';

/** Apple's identifiers of the files, by which a still and a movie are one Live Photo. */

/** The same words as the index of them: SQLite uses it only then. */
const isUnreadMovie = `content_identifier IS NULL AND state = 'present'
  AND lower(substr(relative_path, -4)) IN ('.mov', '.mp4')`;

/** Movies of which nobody knows yet whether they belong to a Live Photo, by id; those that can be reached. */
export function listUnreadMovies(db: ReadDb, afterId: FileId | 0, limit: number): FileId[] {
  return db.pluck<FileId>(
    `SELECT id FROM file WHERE ${isUnreadMovie} AND id > ?
       AND EXISTS (SELECT 1 FROM root WHERE root.id = root_id AND root.state = 'online') ORDER BY id LIMIT ?`,
    [afterId, limit],
  );
}

export type MovieFile = {
  readonly rootId: RootId;
  readonly rootState: RootState;
  readonly absolutePath: string;
  readonly isPresent: 0 | 1;
  readonly assetId: AssetId | null;
};

export function findMovieFile(db: ReadDb, id: FileId): MovieFile | undefined {
  return db.get<MovieFile>(
    `SELECT root.id AS rootId, root.state AS rootState, root.path || '/' || relative_path AS absolutePath,
       file.state = 'present' AS isPresent, asset_id AS assetId
     FROM file JOIN root ON root.id = file.root_id WHERE file.id = ?`,
    [id],
  );
}

/** @param identifier `undefined`: it has none. */
export function setMovieFacts(
  db: WriteDb,
  id: FileId,
  { identifier, facts }: { readonly identifier: string | undefined; readonly facts: Facts },
): void {
  db.run(
    `UPDATE file SET content_identifier = @identifier, movie_local_ms = @localMs, movie_offset_minutes = @offsetMinutes,
       movie_camera = @camera WHERE id = @id`,
    {
      id,
      identifier: identifier ?? '',
      localMs: facts.captureLocalMs ?? null,
      offsetMinutes: facts.captureOffsetMinutes ?? null,
      camera: facts.cameraModel ?? null,
    },
  );
}

type ShotRow = Omit<FileRow, 'identifier'> & Shot & { readonly identifier: string | null };

type FileRow = {
  readonly id: FileId;
  readonly assetId: AssetId;
  readonly rootId: RootId;
  readonly relativePath: string;
  readonly mtimeMs: number;
  readonly identifier: string;
};

const fileColumns = `id, asset_id AS assetId, root_id AS rootId, relative_path AS relativePath, mtime_ms AS mtimeMs,
  content_identifier AS identifier`;

/**
 * The movies of an asset that belong to another photo, or were surely not taken with it, become videos of their own. Gives the identifiers
 * that its files have, and the videos.
 */
export function splitStrangers(
  db: WriteDb,
  assetId: AssetId,
  nowMs: number,
): { readonly identifiers: string[]; readonly videos: AssetId[] } {
  const files = db.all<ShotRow>(
    `SELECT ${fileColumns}, movie_local_ms AS localMs, movie_offset_minutes AS offsetMinutes, movie_camera AS camera
     FROM file WHERE asset_id = ? AND state = 'present' AND (content_identifier IS NOT NULL OR role <> 'motion')`,
    [assetId],
  );
  const known = files.filter(({ identifier }) => identifier !== null && identifier !== '');
  const identifiers = [...new Set(known.flatMap(({ identifier }) => identifier ?? []))];
  const own = new Set(known.filter((file) => !isMovie(file)).map(({ identifier }) => identifier));
  const still = files.some((file) => !isMovie(file)) ? findShot(db, assetId) : undefined;
  const videos: AssetId[] = [];
  for (const file of files) {
    if (!isMovie(file) || own.has(file.identifier)) continue;
    const isOfAnother = own.size > 0 && file.identifier !== null && file.identifier !== '';
    if (!isOfAnother && (still === undefined || !isAnotherShot(still, file))) continue;
    const fileKind = kindOfName(file.relativePath);
    const video = createAsset(db, { fileKind, mtimeMs: file.mtimeMs }, nowMs);
    db.run(`UPDATE file SET asset_id = ?, role = 'original', format = NULL WHERE id = ?`, [video, file.id]);
    if (video !== null) videos.push(video);
  }
  return { identifiers, videos };
}

/** Of the picture that was read. */
function findShot(db: ReadDb, assetId: AssetId): Shot | undefined {
  return db.get<Shot>(
    `SELECT capture_local_ms AS localMs, capture_offset_minutes AS offsetMinutes, camera_model AS camera
     FROM asset WHERE id = ? AND state = 'ready' AND kind = 'photo'`,
    [assetId],
  );
}

/** The present files with an identifier that have not found their other half: of no asset that has a movie beside a picture. */
export function listLiveFiles(db: ReadDb, identifier: string): LiveFile[] {
  const files = db.all<FileRow>(
    `SELECT ${fileColumns} FROM file
     WHERE content_identifier = @identifier AND content_identifier <> '' AND state = 'present' AND asset_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM file AS movie
         WHERE movie.asset_id = file.asset_id AND movie.state = 'present' AND movie.role = 'motion')
     ORDER BY id`,
    { identifier },
  );
  return files.map((file) => {
    const slash = file.relativePath.lastIndexOf('/');
    return {
      id: file.id,
      assetId: file.assetId,
      isMovie: isMovie(file),
      folder: `${String(file.rootId)}:${file.relativePath.slice(0, Math.max(0, slash))}`,
      stem: foldName(stemOf(file.relativePath.slice(slash + 1))),
    };
  });
}

function isMovie({ relativePath }: Pick<FileRow, 'relativePath'>): boolean {
  return kindOfName(relativePath).asset === 'video';
}
