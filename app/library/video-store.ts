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

/** Who is there to take frames: a person's ffmpeg, else the desktop's own decoder, else we ourselves, out of Motion JPEG. */
export type TakerKind = 'ffmpeg' | 'own-decoder' | 'nobody';

const ofJpegs = `codec = 'mjpeg' AND rotation = 0`;

/** Which of those without a decoder have one now, as far as we know. */
const takenUpBy: Readonly<Record<TakerKind, string>> = {
  ffmpeg: 'TRUE',
  // What that decoder does not know, it does not know at the next start either.
  'own-decoder': `(frames_error ->> '$.details.reason' IS NOT 'own-decoder' OR ${ofJpegs})`,
  nobody: ofJpegs,
};

/** Videos out of which no frame was taken for want of a decoder, but this taker might. */
export function listWithoutDecoder(
  db: ReadDb,
  { limit, taker }: { readonly limit: number; readonly taker: TakerKind },
): AssetId[] {
  return db.pluck<AssetId>(
    `SELECT asset_id ${withoutDecoder} AND ${takenUpBy[taker]} ORDER BY asset_id LIMIT ?`,
    [limit],
  );
}

/** Videos out of which no frame could be taken for another reason: of some assets, or of all; with this code, or with any. */
export function listWithoutFrames(
  db: ReadDb,
  {
    assetIds,
    code,
  }: { readonly assetIds?: readonly AssetId[] | undefined; readonly code?: string | undefined },
): AssetId[] {
  return db.pluck<AssetId>(
    `SELECT asset_id FROM video WHERE frames_error ->> 'code' <> 'no-video-decoder'
       AND frames_error ->> 'code' = coalesce(@code, frames_error ->> 'code')
       ${assetIds === undefined ? '' : 'AND asset_id IN (SELECT value FROM json_each(@ids))'} ORDER BY asset_id`,
    { code: code ?? null, ...(assetIds === undefined ? {} : { ids: JSON.stringify(assetIds) }) },
  );
}

/** How many want a decoder. */
export function countWithoutDecoder(db: ReadDb): number {
  return db.pluck<number>(`SELECT count(*) ${withoutDecoder}`)[0] ?? 0;
}

const withoutDecoder = `FROM video WHERE frames_error ->> 'code' = 'no-video-decoder'`;
