import { thumbnailJob } from '../jobs/make-thumbnail.ts';
import { listWithoutDecoder, setFramesError } from '../library/video-store.ts';
import { cancelJobs } from '../queue/job-store.ts';
import { readSettings } from '../settings/settings.ts';
import type { EngineParts } from './parts.ts';

const atOnce = 500;

/**
 * Once there is an ffmpeg that was not there before, videos get their pictures, and what could not be described for want of one
 * can be described. Asks for nothing where no video waits.
 */
export async function takeUpVideos(parts: EngineParts): Promise<void> {
  if (listWithoutDecoder(parts.read, 1).length === 0) return;
  const state = await parts.ffmpeg.look(readSettings(parts.read).ffmpegPath);
  if (state.status !== 'found' || isAsBefore(parts, state.ffmpeg.command, state.ffmpeg.version)) return;
  for (;;) {
    const ids = listWithoutDecoder(parts.read, atOnce);
    if (ids.length === 0) break;
    parts.transact((db) => {
      for (const id of ids) setFramesError(db, id, null);
      parts.queue.enqueue(
        db,
        ids.map((id) => thumbnailJob(id)),
      );
    });
  }
  parts.transact((db) => {
    cancelJobs(db, { state: 'failed', code: 'no-video-decoder' }, parts.clock.now());
  });
}

/** This very ffmpeg has been asked, and has no decoder for what is left. */
function isAsBefore(parts: EngineParts, command: string, version: string): boolean {
  const asked = `${command} ${version}`;
  if (parts.videos.askedLast === asked) return true;
  parts.videos.askedLast = asked;
  return false;
}
