import { z } from 'zod';
import { fileId, type FileId } from '../contract/ids.ts';
import { findMovieFile, setMovieFacts } from '../library/live-photo-store.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { joinLivePhoto } from './join-live-photo.ts';
import { ingestLane } from './lanes.ts';
import { skippedAsMissing } from './obstacle.ts';
import { offlineReason } from './offline-store.ts';

const payload = z.object({ fileId });

export function readMovieJob(id: FileId): NewJob {
  return {
    kind: 'read-movie',
    lane: ingestLane,
    payload: { fileId: id },
    dedupeKey: `read-movie:${String(id)}`,
  };
}

/** Reads which Live Photo a movie belongs to, if any, and puts the two together. */
export function readMovie(context: JobsContext): JobHandler {
  return {
    maxAttempts: 2,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const id = payload.parse(job.payload).fileId;
      const movie = findMovieFile(context.read, id);
      if (movie === undefined || movie.isPresent === 0 || movie.rootState === 'offline') {
        return { status: 'skipped', reason: 'gone' };
      }
      const read = await context.exifTool.read(movie.absolutePath, signal);
      if (read.status === 'unavailable') return { status: 'skipped', reason: read.reason };
      const missing = read.status === 'failed' ? skippedAsMissing(context, movie.rootId) : undefined;
      // It is asked for again by the scan that finds its root online.
      if (missing?.reason === offlineReason) {
        const { commit = () => undefined } = missing;
        return { status: 'skipped', reason: offlineReason, commit };
      }
      return {
        status: 'finished',
        commit: (db) => {
          // Whatever ExifTool cannot read has no identifier, and is a movie of its own.
          const isRead = read.status === 'read';
          setMovieFacts(db, id, {
            identifier: isRead ? read.contentIdentifier : undefined,
            facts: isRead ? read.facts : {},
          });
          const { assetId } = findMovieFile(db, id) ?? movie;
          if (assetId !== null) joinLivePhoto(context, db, assetId);
        },
      };
    },
  };
}
