import { z } from 'zod';
import { rebindStatements, replaceFileStatement, retireStatements } from '../captioning/description-store.ts';
import { assetId, rootId, type AssetId, type RootId } from '../contract/ids.ts';
import { findOriginal, getAsset } from '../library/asset-store.ts';
import { setOriginal } from '../library/group-store.ts';
import type { IngestResult } from '../library/ingest.ts';
import { isAnotherFileOfIt, storeIngested } from '../library/ingest-store.ts';
import { deleteRenditions } from '../library/renditions.ts';
import { setFramesError } from '../library/video-store.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler, JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { joinLivePhoto } from './join-live-photo.ts';
import { thoroughFactsLane } from './lanes.ts';
import { thumbnailJob } from './make-thumbnail.ts';
import { partStrangers } from './part-strangers.ts';
import { readShot } from './read-shot.ts';
import { statementOf } from './thorough-facts.ts';
import { whyNoDecoder } from './video-picture.ts';

const payload = z.object({ assetId });

const ingested = z.object({ rootId });

/** The root whose file a finished job has read. */
export function ingestedIn(result: JobResult): RootId | undefined {
  return result.status === 'finished' ? ingested.safeParse(result.data).data?.rootId : undefined;
}

/**
 * Reads a file once: what it is, its facts and its hashes. A photo that went missing and has the same picture is taken up
 * again, with everything that was said of it.
 */
export function ingestFileJob(context: JobsContext): JobHandler {
  return {
    maxAttempts: 3,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const id = payload.parse(job.payload).assetId;
      const found = findOriginal(context.read, id);
      if (found === undefined || !found.isPresent || found.rootState === 'offline') {
        return { status: 'skipped', reason: 'gone' };
      }
      const original = await partStrangers(context, id, found, signal);
      const { fileId, result } = await readShot(context, id, original, {
        signal,
        isolated: job.engineDeaths > 0,
      });
      await forgetPicture(context, id, result);
      const video = result.status === 'ingested' ? result.photo.video : undefined;
      // Known before anything is planned: what nobody can look into is not counted, and not tried in vain.
      const lacking = video && (await whyNoDecoder(context, video));
      return {
        status: 'finished',
        data: { rootId: original.rootId },
        commit: (db) => {
          if (fileId !== original.fileId) setOriginal(db, id, fileId);
          // What models said of another file of the same shot is said of this one.
          if (result.status === 'ingested' && isAnotherFileOfIt(db, id, fileId)) {
            rebindStatements(db, id, result.photo.imageDataHash);
          }
          const stored = storeIngested(db, id, fileId, result);
          if (stored.status !== 'ready') {
            if (stored.status === 'failed') context.indexAsset(db, stored.assetId);
            if (stored.status === 'failed' && 'photo' in result) {
              // Damaged: what can be read of it is shown.
              context.enqueue(db, laterJobs(stored.assetId, getAsset(db, stored.assetId).hasThumbnail));
            }
            return;
          }
          const asset = getAsset(db, stored.assetId);
          if (lacking !== undefined) setFramesError(db, stored.assetId, lacking.toInfo());
          if (stored.mergedFrom !== undefined) context.indexAsset(db, stored.mergedFrom);
          if (stored.picture === 'other') retireStatements(db, stored.assetId, context.clock.now());
          replaceFileStatement(db, stored.assetId, statementOf(asset.facts), context.clock.now());
          context.indexAsset(db, stored.assetId);
          context.enqueue(db, laterJobs(stored.assetId, asset.hasThumbnail));
          joinLivePhoto(context, db, stored.assetId);
        },
      };
    },
  };
}

/** What was made of another picture is not shown any more; its thumbnail stays until there is another. */
async function forgetPicture(context: JobsContext, id: AssetId, result: IngestResult): Promise<void> {
  const { imageDataHash } = getAsset(context.read, id);
  if (result.status !== 'ingested' || imageDataHash === null) return;
  if (imageDataHash === result.photo.imageDataHash) return;
  await deleteRenditions(context.libraryFolder, [id], ['exif-thumbnail', 'preview', 'full', 'scrub']);
}

/** What the photo still lacks, and nobody waits for. */
function laterJobs(id: AssetId, hasThumbnail: boolean): NewJob[] {
  const thorough: NewJob = {
    kind: 'thorough-facts',
    lane: thoroughFactsLane,
    payload: { assetId: id },
    dedupeKey: `thorough-facts:${String(id)}`,
  };
  return hasThumbnail ? [thorough] : [thumbnailJob(id), thorough];
}
