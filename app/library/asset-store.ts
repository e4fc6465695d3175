import { join } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, FileId, RootId } from '../contract/ids.ts';
import type { AssetState, Facts } from '../contract/models/asset.ts';
import type { RootState } from '../contract/models/root.ts';
import { formatPlace } from '../contract/place-name.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import type { PixelSize } from '../imaging/image-size.ts';
import type { PictureColors } from '../imaging/renditions.ts';
import type { TextMeasure } from '../imaging/text-amount.ts';
import { AppError } from '../platform/errors.ts';

/** One photo or video, as the library knows it. What has not been read yet is `null`. */
export type Asset = {
  readonly id: AssetId;
  readonly kind: 'photo' | 'video';
  readonly state: AssetState;
  readonly error: ErrorInfo | null;
  readonly format: string | null;
  /** After orientation. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly frameCount: number | null;
  readonly sortMs: number;
  readonly place: string | null;
  readonly facts: Facts;
  readonly contentHash: string | null;
  readonly imageDataHash: string | null;
  readonly hasThumbnail: boolean;
  readonly isExcluded: boolean;
  /** Names of the main colours, most first. */
  readonly colors: readonly string[];
};

type AssetRow = Omit<Asset, 'error' | 'facts' | 'hasThumbnail' | 'isExcluded' | 'colors'> & {
  readonly isExcluded: 0 | 1;
  readonly colors: string | null;
  readonly error: string | null;
  readonly facts: string;
  readonly hasThumbnail: 0 | 1;
};

const assetColumns = `asset.id, asset.kind, asset.state, asset.error, asset.format, asset.width_px AS widthPx,
  asset.height_px AS heightPx, asset.frame_count AS frameCount, asset.sort_ms AS sortMs, asset.place, asset.facts,
  asset.content_hash AS contentHash, asset.image_data_hash AS imageDataHash, asset.has_thumbnail AS hasThumbnail,
  asset.is_excluded AS isExcluded, asset.colors`;

export type NewAsset = {
  readonly kind: 'photo' | 'video';
  readonly state: Extract<AssetState, 'found' | 'unsupported'>;
  readonly error: ErrorInfo | null;
  /** By name, until the content is read. */
  readonly format: string;
  /** The file's time, until the capture time is read. */
  readonly sortMs: number;
  readonly createdAtMs: number;
};

export function insertAsset(db: WriteDb, asset: NewAsset): AssetId {
  const { lastId } = db.run(
    `INSERT INTO asset (kind, state, error, format, sort_ms, created_at_ms)
     VALUES (@kind, @state, @error, @format, @sortMs, @createdAtMs)`,
    { ...asset, error: asset.error === null ? null : JSON.stringify(asset.error) },
  );
  return lastId as AssetId; // why: the rowid that SQLite just gave
}

/** @throws {AppError} `not-found`. */
export function getAsset(db: ReadDb, id: AssetId): Asset {
  const row = db.get<AssetRow>(`SELECT ${assetColumns} FROM asset WHERE id = ?`, [id]);
  if (row === undefined) throw new AppError('not-found', { what: 'The photo', id });
  return toAsset(row);
}

/** The asset of the present file at a path; else of the file that was last seen there. */
export function findAssetByPath(db: ReadDb, rootId: RootId, relativePath: string): Asset | undefined {
  const find = (state: 'present' | 'missing') =>
    db.get<AssetRow>(
      `SELECT ${assetColumns} FROM file JOIN asset ON asset.id = file.asset_id
       WHERE file.root_id = ? AND file.state = '${state}' AND file.relative_path = ? ORDER BY file.id DESC LIMIT 1`,
      [rootId, relativePath],
    );
  const row = find('present') ?? find('missing');
  return row === undefined ? undefined : toAsset(row);
}

/** Where an asset's original is, or was. */
export type Original = {
  readonly fileId: FileId;
  readonly rootId: RootId;
  readonly rootState: RootState;
  readonly relativePath: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly isPresent: boolean;
};

/** The best file to read: a present one in a root that is online, before any other. `undefined`: no file at all. */
export function findOriginal(db: ReadDb, assetId: AssetId): Original | undefined {
  const row = db.get<Omit<Original, 'absolutePath' | 'isPresent'> & { rootPath: string; isPresent: 0 | 1 }>(
    `SELECT file.id AS fileId, file.root_id AS rootId, root.state AS rootState, root.path AS rootPath,
       file.relative_path AS relativePath, file.size_bytes AS sizeBytes, file.mtime_ms AS mtimeMs,
       file.state = 'present' AS isPresent
     FROM file JOIN root ON root.id = file.root_id WHERE file.asset_id = ? AND file.role = 'original'
     ORDER BY file.state = 'present' DESC, root.state = 'online' DESC, file.id LIMIT 1`,
    [assetId],
  );
  if (row === undefined) return undefined;
  const { rootPath, isPresent, ...original } = row;
  return { ...original, absolutePath: join(rootPath, row.relativePath), isPresent: isPresent === 1 };
}

/** What a rendition of an asset takes, and what stands in its way. */
export type PictureState = {
  readonly id: AssetId;
  /** After orientation; `undefined` until it was read. */
  readonly size: PixelSize | undefined;
  readonly isRead: boolean;
  readonly hasThumbnail: boolean;
  /** Why nothing can be made of it now. */
  readonly error: ErrorInfo | null;
};

/** In the order asked for; what is no asset any more is left out. */
export function listPictures(db: ReadDb, assetIds: readonly AssetId[]): PictureState[] {
  const rows = db.all<{
    id: AssetId;
    widthPx: number | null;
    heightPx: number | null;
    state: AssetState;
    error: string | null;
    hasThumbnail: 0 | 1;
    framesError: string | null;
    isPresent: 0 | 1;
    isOnline: 0 | 1;
  }>(
    `SELECT asset.id, width_px AS widthPx, height_px AS heightPx, asset.state, asset.error, has_thumbnail AS hasThumbnail,
       (SELECT frames_error FROM video WHERE asset_id = asset.id) AS framesError,
       EXISTS (SELECT 1 FROM file WHERE asset_id = asset.id AND state = 'present') AS isPresent,
       EXISTS (SELECT 1 FROM file JOIN root ON root.id = file.root_id
         WHERE asset_id = asset.id AND file.state = 'present' AND root.state = 'online') AS isOnline
     FROM json_each(?) AS asked JOIN asset ON asset.id = asked.value ORDER BY asked.key`,
    [JSON.stringify(assetIds)],
  );
  return rows.map(
    ({ id, widthPx, heightPx, state, error, hasThumbnail, framesError, isPresent, isOnline }) => ({
      id,
      size: widthPx === null || heightPx === null ? undefined : { widthPx, heightPx },
      isRead: state === 'ready',
      hasThumbnail: hasThumbnail === 1,
      error:
        error !== null
          ? (JSON.parse(error) as ErrorInfo) // why: written by setAssetError and insertAsset
          : isPresent === 0
            ? { code: 'file-missing', details: {} }
            : isOnline === 0
              ? { code: 'root-offline', details: {} }
              : framesError === null
                ? null
                : (JSON.parse(framesError) as ErrorInfo), // why: written by setFramesError,
    }),
  );
}

// SQLite uses the index on what is not ready only where a query says so in those words.

const ingestKeyPrefix = 'ingest:';

/** At most one live job with this key reads an asset's file. */
export function ingestKey(assetId: AssetId): string {
  return `${ingestKeyPrefix}${String(assetId)}`;
}

/** An asset that is still to be read, and whether a job waits for that. */
export type AssetToIngest = { readonly id: AssetId; readonly isQueued: 0 | 1 };

/** A page, by id, of the assets that are still to be read and whose file is there to be read. */
export function listAssetsToIngest(db: ReadDb, afterId: AssetId | 0, limit: number): AssetToIngest[] {
  return db.all<AssetToIngest>(
    `SELECT id, EXISTS (SELECT 1 FROM job
         WHERE job.dedupe_key = @keyPrefix || asset.id AND job.state IN ('ready', 'running')) AS isQueued
     FROM asset WHERE state = 'found' AND state <> 'ready' AND id > @afterId
       AND EXISTS (SELECT 1 FROM file JOIN root ON root.id = file.root_id
         WHERE file.asset_id = asset.id AND file.state = 'present' AND file.role = 'original' AND root.state = 'online')
     ORDER BY id LIMIT @limit`,
    { keyPrefix: ingestKeyPrefix, afterId, limit },
  );
}

/** Other assets with exactly the same bytes. */
export function findDuplicates(db: ReadDb, assetId: AssetId): AssetId[] {
  return db.pluck<AssetId>(
    `SELECT other.id FROM asset AS this JOIN asset AS other ON other.content_hash = this.content_hash
     WHERE this.id = ? AND other.id <> this.id ORDER BY other.id`,
    [assetId],
  );
}

/** Its file has other bytes now: it is to be read again. What it was found to be stays until then. */
export function setAssetFound(db: WriteDb, fileId: FileId): void {
  db.run(
    `UPDATE asset SET state = 'found', error = NULL WHERE id = (SELECT asset_id FROM file WHERE id = ?)`,
    [fileId],
  );
}

/** Those of some that could not be read are to be read once more, though their files are as they were. */
export function readAgain(db: WriteDb, assetIds: readonly AssetId[]): void {
  db.run(
    `UPDATE asset SET state = 'found', error = NULL
     WHERE state = 'unreadable' AND state <> 'ready' AND id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(assetIds)],
  );
}

/** The file is sound, and a later release may do more with it. */
const unsupportedCodes: ReadonlySet<string> = new Set(['unsupported-format', 'no-preview']);

/** Something is wrong with the file, or its format is for a later release. */
export function setAssetError(db: WriteDb, assetId: AssetId, error: ErrorInfo, format?: string): void {
  db.run(
    `UPDATE asset SET state = ?, error = ?, format = coalesce(?, format), damage = iif(?, 1, damage) WHERE id = ?`,
    [
      unsupportedCodes.has(error.code) ? 'unsupported' : 'unreadable',
      JSON.stringify(error),
      format ?? null,
      error.code === 'file-damaged' ? 1 : 0,
      assetId,
    ],
  );
}

/** Facts of a more thorough reader replace those of the first pass. The order of the grid follows the capture time. */
export function setAssetFacts(db: WriteDb, assetId: AssetId, facts: Facts, by: 'head' | 'exiftool'): void {
  db.run(
    `UPDATE asset SET facts = @facts, facts_by = @by, sort_ms = coalesce(@captureLocalMs, sort_ms),
       capture_local_ms = @captureLocalMs, capture_offset_minutes = @captureOffsetMinutes,
       camera_make = @cameraMake, camera_model = @cameraModel, lens = @lens, aperture_f = @apertureF,
       exposure_seconds = @exposureSeconds, iso = @iso, focal_length_mm = @focalLengthMm,
       latitude = @latitude, longitude = @longitude, place = @place, rating = @rating, label = @label
     WHERE id = @assetId`,
    {
      assetId,
      by,
      facts: JSON.stringify(facts),
      captureLocalMs: facts.captureLocalMs ?? null,
      captureOffsetMinutes: facts.captureOffsetMinutes ?? null,
      cameraMake: facts.cameraMake ?? null,
      cameraModel: facts.cameraModel ?? null,
      lens: facts.lens ?? null,
      apertureF: facts.apertureF ?? null,
      exposureSeconds: facts.exposureSeconds ?? null,
      iso: facts.iso ?? null,
      focalLengthMm: facts.focalLengthMm ?? null,
      latitude: facts.latitude ?? null,
      longitude: facts.longitude ?? null,
      place: facts.place === undefined ? null : formatPlace(facts.place),
      rating: facts.rating ?? null,
      label: facts.label ?? null,
    },
  );
}

/** What decoding gave for the grid and for search; the thumbnail is a file by now. */
export function setAssetRendered(
  db: WriteDb,
  assetId: AssetId,
  rendered: {
    readonly perceptualHash: string;
    readonly colors: PictureColors;
    readonly text: TextMeasure;
  },
): void {
  const { text } = rendered;
  const { average, ...colors } = rendered.colors;
  db.run(
    `UPDATE asset SET perceptual_hash = ?, colors = ?, average_color = ?, text_amount = ?, finest_text = ?,
       has_thumbnail = 1
     WHERE id = ?`,
    [rendered.perceptualHash, JSON.stringify(colors), average, text.amount, text.finest, assetId],
  );
}

/** What an earlier release set aside in a format that this one can decode is to be read. Gives how many. */
export function resetUnsupported(db: WriteDb, formats: readonly string[]): number {
  const { changes } = db.run(
    `UPDATE asset SET state = 'found', error = NULL
     WHERE state = 'unsupported' AND state <> 'ready' AND format IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(formats)],
  );
  return changes;
}

function toAsset(row: AssetRow): Asset {
  return {
    ...row,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo), // why: written by setAssetError and insertAsset
    facts: JSON.parse(row.facts) as Facts, // why: written by setAssetFacts alone
    hasThumbnail: row.hasThumbnail === 1,
    isExcluded: row.isExcluded === 1,
    colors: row.colors === null ? [] : (JSON.parse(row.colors) as { names: string[] }).names, // why: written by setAssetRendered and storePhoto
  };
}
