import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, FileId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { setAssetError, setAssetFacts } from './asset-store.ts';
import { findDamage } from './damage-store.ts';
import type { Ingested, IngestResult } from './ingest.ts';
import { storeVideo } from './video-store.ts';

export type StoredIngestion =
  | {
      readonly status: 'ready';
      /** The asset that the file belongs to now. */
      readonly assetId: AssetId;
      /** The asset that was ingested, when a missing one was recognised in it: it is no more. */
      readonly mergedFrom: AssetId | undefined;
      /** `same`: only metadata were edited, or the file was moved. What was said of the picture still holds. */
      readonly picture: 'new' | 'same' | 'other';
    }
  | { readonly status: 'failed'; readonly assetId: AssetId }
  | { readonly status: 'deferred'; readonly assetId: AssetId }
  /** The asset was removed while its file was read. */
  | { readonly status: 'gone' };

/**
 * Whether an asset was read from another of its files before: that one is the same picture, however different its bytes
 * are, and what was said of it holds.
 */
export function isAnotherFileOfIt(db: ReadDb, assetId: AssetId, fileId: FileId): boolean {
  const row = db.get(
    `SELECT 1 FROM asset JOIN file ON file.id = asset.read_file_id AND file.asset_id = asset.id
     WHERE asset.id = ? AND file.id <> ?`,
    [assetId, fileId],
  );
  return row !== undefined;
}

/** Stores what a file was found to be. In the caller's transaction. */
export function storeIngested(
  db: WriteDb,
  assetId: AssetId,
  fileId: FileId,
  result: IngestResult,
): StoredIngestion {
  const before = db.get<{ imageDataHash: string | null }>(
    'SELECT image_data_hash AS imageDataHash FROM asset WHERE id = ?',
    [assetId],
  );
  if (before === undefined) return { status: 'gone' };
  switch (result.status) {
    case 'deferred':
      return { status: 'deferred', assetId };
    case 'failed': {
      if (result.photo !== undefined) return storeDamaged(db, assetId, fileId, result.photo, result.error);
      setAssetError(db, assetId, result.error, result.sniffed?.format);
      if (result.sniffed?.kind === 'video') db.run(`UPDATE asset SET kind = 'video' WHERE id = ?`, [assetId]);
      return { status: 'failed', assetId };
    }
    case 'ingested': {
      const { photo } = result;
      const missing = before.imageDataHash === null ? findMissingTwin(db, assetId, photo) : undefined;
      if (missing === undefined) {
        const isSame = isAnotherFileOfIt(db, assetId, fileId) || before.imageDataHash === photo.imageDataHash;
        const picture = before.imageDataHash === null ? 'new' : isSame ? 'same' : 'other';
        storePhoto(db, assetId, fileId, photo);
        return { status: 'ready', assetId, mergedFrom: undefined, picture };
      }
      adoptMoved(db, missing, assetId);
      storePhoto(db, missing, fileId, photo);
      return { status: 'ready', assetId: missing, mergedFrom: assetId, picture: 'same' };
    }
  }
}

/**
 * The asset of the same picture whose files are all gone: this is where it went. A copy, whose original is still there,
 * finds none, and neither does a file whose original is on a drive that is unplugged: that is not missing.
 */
export function findMissingTwin(
  db: ReadDb,
  assetId: AssetId,
  photo: Pick<Ingested, 'contentHash' | 'imageDataHash'>,
): AssetId | undefined {
  const row = db.get<{ id: AssetId }>(
    `SELECT id FROM asset WHERE image_data_hash = @imageDataHash AND id <> @assetId
       AND NOT EXISTS (SELECT 1 FROM file
         WHERE file.asset_id = asset.id AND file.state = 'present' AND file.role <> 'sidecar')
     ORDER BY content_hash = @contentHash DESC, id DESC LIMIT 1`,
    { assetId, imageDataHash: photo.imageDataHash, contentHash: photo.contentHash },
  );
  return row?.id;
}

/** Gives the files of a new asset to the missing one, which so keeps all that is known of it, and deletes the new one. */
function adoptMoved(db: WriteDb, missing: AssetId, found: AssetId): void {
  db.run('DELETE FROM file WHERE asset_id = ?', [missing]);
  db.run('UPDATE file SET asset_id = ? WHERE asset_id = ?', [missing, found]);
  db.run('DELETE FROM asset WHERE id = ?', [found]);
}

/** All that is known of it is kept, and it is not sent; unless a person has said of this very picture that it may be. */
function storeDamaged(
  db: WriteDb,
  assetId: AssetId,
  fileId: FileId,
  photo: Ingested,
  error: ErrorInfo,
): StoredIngestion {
  storePhoto(db, assetId, fileId, photo);
  if (findDamage(db, assetId) === 'accepted') {
    return { status: 'ready', assetId, mergedFrom: undefined, picture: 'same' };
  }
  setAssetError(db, assetId, error);
  return { status: 'failed', assetId };
}

/** What was made of another picture is made again. */
function storePhoto(db: WriteDb, assetId: AssetId, fileId: FileId, photo: Ingested): void {
  db.run(
    `UPDATE asset SET has_thumbnail = 0, perceptual_hash = NULL, colors = NULL, average_color = NULL, text_amount = NULL,
       finest_text = NULL, damage = 0
     WHERE id = ? AND image_data_hash IS NOT ?`,
    [assetId, photo.imageDataHash],
  );
  db.run(
    `UPDATE asset SET state = iif(damage = 1, 'unreadable', 'ready'),
       error = iif(damage = 1, '{"code":"file-damaged","details":{}}', NULL), kind = @kind, format = @format, width_px = @widthPx,
       height_px = @heightPx, orientation = @orientation, frame_count = @frameCount,
       content_hash = @contentHash, image_data_hash = @imageDataHash, read_file_id = @fileId
     WHERE id = @assetId`,
    {
      assetId,
      fileId,
      kind: photo.video === undefined ? 'photo' : 'video',
      format: photo.format,
      widthPx: photo.widthPx,
      heightPx: photo.heightPx,
      orientation: photo.orientation,
      frameCount: photo.frameCount,
      contentHash: photo.contentHash,
      imageDataHash: photo.imageDataHash,
    },
  );
  // Of a movie, `read-movie` asks for it.
  if (photo.video === undefined) {
    db.run('UPDATE file SET content_identifier = ? WHERE id = ?', [photo.contentIdentifier ?? null, fileId]);
  }
  storeVideo(db, assetId, photo.video);
  setAssetFacts(db, assetId, photo.facts, 'head');
}
