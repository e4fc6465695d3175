import { readFile } from 'node:fs/promises';
import type { AssetId } from '../contract/ids.ts';
import { averageColorOf } from '../imaging/average-color.ts';
import { listColorless, setAverageColor } from '../library/color-store.ts';
import { renditionPath } from '../library/renditions.ts';
import { systemCode } from '../platform/errors.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { thumbnailLane } from './lanes.ts';
import { thumbnailJob } from './make-thumbnail.ts';

/** Thumbnails that one job looks at. */
const lookedAtOnce = 50;

/** Behind everything else in its lane. */
export const findColorsJob: NewJob = {
  kind: 'find-colors',
  lane: thumbnailLane,
  payload: {},
  dedupeKey: 'find-colors',
  priority: -1,
};

/**
 * The average colours of photos whose thumbnails are older than these: out of the thumbnails, a few at a time, until none is
 * left. A thumbnail that is gone from the disk is made again.
 */
export function findColors(context: JobsContext): JobHandler {
  return {
    maxAttempts: 3,
    isRepeatable: 'always',
    handle: async () => {
      const found: { id: AssetId; color: number | null }[] = [];
      const ids = listColorless(context.read, lookedAtOnce);
      for (const id of ids) {
        found.push({ id, color: await colorOf(renditionPath(context.libraryFolder, id, 'thumbnail')) });
      }
      return {
        status: 'finished',
        commit: (db) => {
          for (const { id, color } of found) setAverageColor(db, id, color);
          const gone = found.filter(({ color }) => color === null);
          context.enqueue(
            db,
            gone.map(({ id }) => thumbnailJob(id)),
          );
          if (ids.length === lookedAtOnce) context.enqueue(db, [findColorsJob]);
        },
      };
    },
  };
}

/** `null` when there is no picture there. */
async function colorOf(path: string): Promise<number | null> {
  let picture: Uint8Array;
  try {
    picture = await readFile(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return null;
  }
  // We wrote it; if it cannot be read, it was damaged since.
  return averageColorOf(picture).catch(() => null);
}
