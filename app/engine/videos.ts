import { thumbnailJob } from '../jobs/make-thumbnail.ts';
import type { AssetId } from '../contract/ids.ts';
import type { Output } from '../contract/procedures.ts';
import { findOriginal, getAsset } from '../library/asset-store.ts';
import { beginPlaying } from '../library/playing.ts';
import {
  countWithoutDecoder,
  findVideo,
  listWithoutDecoder,
  setFramesError,
  type TakerKind,
} from '../library/video-store.ts';
import { AppError } from '../platform/errors.ts';
import { cancelJobs } from '../queue/job-store.ts';
import { readSettings } from '../settings/settings.ts';
import type { EngineParts } from './parts.ts';

const atOnce = 500;

/**
 * Once somebody takes frames who was not there before, videos get their pictures, and what could not be described for want of one
 * can be described. Asks for nothing where no video waits.
 */
export async function takeUpVideos(parts: EngineParts): Promise<void> {
  if (countWithoutDecoder(parts.read) === 0) return;
  const state = await parts.frames.lookForFfmpeg(readSettings(parts.read).ffmpegPath);
  const taker: TakerKind =
    state.status === 'found' ? 'ffmpeg' : parts.frames.ownDecoder === undefined ? 'nobody' : 'own-decoder';
  const asked = state.status === 'found' ? `${state.ffmpeg.command} ${state.ffmpeg.version}` : taker;
  // It has been asked, and has no decoder for what is left.
  if (parts.videos.askedLast === asked) return;
  parts.videos.askedLast = asked;
  let isAnyTaken = false;
  for (;;) {
    const ids = listWithoutDecoder(parts.read, { limit: atOnce, taker });
    if (ids.length === 0) break;
    isAnyTaken = true;
    parts.transact((db) => {
      for (const id of ids) setFramesError(db, id, null);
      parts.queue.enqueue(
        db,
        ids.map((id) => thumbnailJob(id)),
      );
    });
  }
  if (!isAnyTaken) return;
  parts.transact((db) => {
    cancelJobs(db, { state: 'failed', code: 'no-video-decoder' }, parts.clock.now());
  });
}

/** What players go by. A MOV is an MP4 to them; they look into the file themselves whether they can play it. */
const contentTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/mp4',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  avi: 'video/x-msvideo',
};

/** See [Note: Playing] in library/playing.ts. @throws {AppError} `not-found`, `file-missing`, `root-offline`, `invalid-input` for a photo. */
export async function play({ read, libraryFolder }: EngineParts, id: AssetId): Promise<Output<'asset.play'>> {
  const { format } = getAsset(read, id);
  const contentType = contentTypes[format ?? ''];
  if (findVideo(read, id) === undefined || contentType === undefined) {
    throw new AppError('invalid-input', { reason: 'It is no video that can be played.' });
  }
  const original = findOriginal(read, id);
  if (original === undefined || !original.isPresent) throw new AppError('file-missing');
  if (original.rootState === 'offline') throw new AppError('root-offline');
  const name = await beginPlaying(libraryFolder, { path: original.absolutePath, contentType });
  return { name, contentType };
}
