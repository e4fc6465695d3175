import { withdrawAllFailures } from '../jobs/failure-store.ts';
import { ingestLane } from '../jobs/lanes.ts';
import { thumbnailJob } from '../jobs/make-thumbnail.ts';
import { ingestKey, readAgain } from '../library/asset-store.ts';
import { listWithoutFrames, setFramesError } from '../library/video-store.ts';
import type { AssetId } from '../contract/ids.ts';
import type { Input, Output } from '../contract/procedures.ts';
import { listFailures as listFailuresOfRuns, retryJobs } from '../queue/failed-job-store.ts';
import { listFailures, type Failure } from '../search/failure-store.ts';
import type { EngineParts } from './parts.ts';
import { reopenRun } from './runs.ts';
import { selectedAssets } from './selection.ts';

const toldAtOnce = 200;

/**
 * Tries again what failed [Note: Failed photos]: a model is asked once more, in the run that asked in vain; a file that could not be read is
 * read once more, and can be described then; a video without frames is looked into once more.
 */
export async function retryFailed(
  parts: EngineParts,
  { runId, code, photos }: Input<'queue.retry'>,
): Promise<Output<'queue.retry'>> {
  const context = { read: parts.read, roster: () => parts.desk.roster(), nowMs: parts.clock.now() };
  const picked = photos === undefined ? undefined : await selectedAssets(context, photos);
  const failures = listFailures(parts.read, picked).filter(
    (failure) =>
      (code === undefined || failure.error.code === code) && (runId === undefined || failure.runId === runId),
  );
  const unreadable = failures.filter(({ isUnreadable }) => isUnreadable).map(({ assetId }) => assetId);
  const asked = failures.filter(({ isUnreadable }) => !isUnreadable);
  const runs = runsOf(parts, asked, { runId, isPicked: picked !== undefined });
  // What crashed or outlasted its decoder once may not do so today, or with another one.
  const videos = runId === undefined ? listWithoutFrames(parts.read, { assetIds: picked, code }) : [];
  const jobs = parts.transact((db) => {
    for (const id of videos) setFramesError(db, id, null);
    parts.queue.enqueue(
      db,
      videos.map((id) => thumbnailJob(id)),
    );
    withdrawAllFailures(db, unreadable);
    readAgain(db, unreadable);
    parts.queue.enqueue(db, unreadable.map(toIngestion));
    const retried =
      picked === undefined
        ? parts.queue.retryFailed(db, {
            ...(runId !== undefined && { runId }),
            ...(code !== undefined && { code }),
          })
        : retryJobs(
            db,
            asked.flatMap(({ jobId }) => jobId ?? []),
            parts.clock.now(),
          );
    for (const id of unreadable) parts.indexAsset(db, id);
    return retried;
  });
  for (const run of runs) reopenRun(parts, run);
  const tried = [...new Set([...failures.map(({ assetId }) => assetId), ...videos])];
  for (let start = 0; start < tried.length; start += toldAtOnce) {
    parts.events.emit('asset.changed', { assetIds: tried.slice(start, start + toldAtOnce) });
  }
  // A run counts its own jobs, also those that somebody else's description has made up for.
  return { photos: runId === undefined ? tried.length : unreadable.length + jobs };
}

function runsOf(
  parts: EngineParts,
  asked: readonly Failure[],
  { runId, isPicked }: { runId: Input<'queue.retry'>['runId']; isPicked: boolean },
): NonNullable<Failure['runId']>[] {
  const failed = isPicked ? asked : listFailuresOfRuns(parts.read, runId);
  return [...new Set(failed.flatMap((failure) => failure.runId ?? []))];
}

function toIngestion(assetId: AssetId) {
  return {
    kind: 'ingest-file',
    lane: ingestLane,
    payload: { assetId },
    dedupeKey: ingestKey(assetId),
  } as const;
}
