import { z } from 'zod';
import { assetId, type AssetId } from '../contract/ids.ts';
import { getAsset } from '../library/asset-store.ts';
import { findDamage } from '../library/damage-store.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { thumbnailLane } from './lanes.ts';
import { renderForGrid } from './render-picture.ts';
import { framesErrors } from './video-picture.ts';

const payload = z.object({ assetId });

/** At most one live job with this key makes a photo's thumbnail. */
export function thumbnailKey(id: AssetId): string {
  return `make-thumbnail:${String(id)}`;
}

export function thumbnailJob(id: AssetId, priority = 0): NewJob {
  return {
    kind: 'make-thumbnail',
    lane: thumbnailLane,
    payload: { assetId: id },
    dedupeKey: thumbnailKey(id),
    priority,
  };
}

/** Makes what the grid needs of a photo, unless describing it has made it already. */
export function makeThumbnail(context: JobsContext): JobHandler {
  return {
    maxAttempts: 2,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const id = payload.parse(job.payload).assetId;
      const asset = getAsset(context.read, id);
      const isReadable = asset.state === 'ready' || findDamage(context.read, id) === 'total';
      if (asset.hasThumbnail || !isReadable) return { status: 'skipped', reason: 'not needed' };
      const rendered = await renderForGrid(context, job, id, signal);
      if (rendered.status === 'rendered') return { status: 'finished' };
      // A video without a picture is no failure that somebody has to clear up: what it lacks is said with it.
      return asset.kind === 'video' &&
        rendered.result.status === 'failed' &&
        framesErrors.has(rendered.result.error.code)
        ? { status: 'finished' }
        : rendered.result;
    },
  };
}
