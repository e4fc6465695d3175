import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import type { VideoHeader } from '../video/video-header.ts';

/** What a video has beside what every asset has. */
export type VideoFacts = Omit<VideoHeader, 'widthPx' | 'heightPx'>;

export type Video = VideoFacts & {
  /** Why no frame could be taken out of it the last time. */
  readonly framesError: ErrorInfo | null;
};

/** In the transaction that stores what the file was found to be. `undefined`: it is a photo. */
export function storeVideo(db: WriteDb, assetId: AssetId, video: VideoFacts | undefined): void {
  if (video === undefined) {
    db.run('DELETE FROM video WHERE asset_id = ?', [assetId]);
    return;
  }
  db.run(
    `INSERT OR REPLACE INTO video (asset_id, duration_ms, codec, frame_rate, rotation, has_sound)
     VALUES (@assetId, @durationMs, @codec, @frameRate, @rotation, @hasSound)`,
    { assetId, ...video, hasSound: video.hasSound ? 1 : 0 },
  );
}

/** `undefined` for a photo. */
export function findVideo(db: ReadDb, assetId: AssetId): Video | undefined {
  const row = db.get<
    Omit<Video, 'hasSound' | 'framesError'> & { hasSound: 0 | 1; framesError: string | null }
  >(
    `SELECT duration_ms AS durationMs, codec, frame_rate AS frameRate, rotation, has_sound AS hasSound,
       frames_error AS framesError FROM video WHERE asset_id = ?`,
    [assetId],
  );
  if (row === undefined) return undefined;
  return {
    ...row,
    hasSound: row.hasSound === 1,
    framesError: row.framesError === null ? null : (JSON.parse(row.framesError) as ErrorInfo), // why: setFramesError wrote it
  };
}

/** `null`: frames could be taken. */
export function setFramesError(db: WriteDb, assetId: AssetId, error: ErrorInfo | null): void {
  db.run('UPDATE video SET frames_error = ? WHERE asset_id = ?', [
    error === null ? null : JSON.stringify(error),
    assetId,
  ]);
}

/**
 * Videos that are there, and out of which no frame was taken for want of a decoder.
 *
 * @param wish `besideReason`: not those that failed for this one
 */
export function listWithoutDecoder(
  db: ReadDb,
  { limit, besideReason = '' }: { readonly limit: number; readonly besideReason?: string },
): AssetId[] {
  return db.pluck<AssetId>(
    `SELECT video.asset_id ${withoutDecoder} AND coalesce(frames_error ->> '$.details.reason', '-') <> ?
     ORDER BY video.asset_id LIMIT ?`,
    [besideReason, limit],
  );
}

/** How many of those there are. */
export function countWithoutDecoder(db: ReadDb): number {
  return db.pluck<number>(`SELECT count(*) ${withoutDecoder}`)[0] ?? 0;
}

const withoutDecoder = `FROM video JOIN asset ON asset.id = video.asset_id
  WHERE frames_error IS NOT NULL AND frames_error ->> 'code' = 'no-video-decoder' AND asset.has_thumbnail = 0`;
