import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { findBaseline } from '../captioning/description-store.ts';
import type { AssetId } from '../contract/ids.ts';
import { renderPhoto } from '../imaging/render.ts';
import type { TextMeasure } from '../imaging/text-amount.ts';
import { renditionPath } from '../library/renditions.ts';
import { listUnmeasured, setTextMeasure } from '../library/text-amount-store.ts';
import { AppError } from '../platform/errors.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { thumbnailLane } from './lanes.ts';
import { recognitionJobs } from './recognize-text.ts';

const payload = z.object({ after: z.number().int() });

/** Thumbnails that one job measures, 30 ms each. */
const measuredAtOnce = 20;
/** As thumbnails are made: nothing is made smaller once more. */
const thumbnailBoxPx = 512;

/** Behind everything else in its lane. The first one is written by the migration that brings an older library up to date. */
function measureTextJob(after: number): NewJob {
  return {
    kind: 'measure-text',
    lane: thumbnailLane,
    payload: { after },
    dedupeKey: `measure-text:${String(after)}`,
    priority: -2,
  };
}

/**
 * How much text there is in photos that an older release decoded: out of their thumbnails, a few at a time, to the end. Where
 * the built-in describer has described a photo with some, that is read. One whose thumbnail is gone is measured when it is
 * decoded again.
 */
export function measureText(context: JobsContext): JobHandler {
  return {
    maxAttempts: 3,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const ids = listUnmeasured(context.read, payload.parse(job.payload).after, measuredAtOnce);
      const measured: { readonly id: AssetId; readonly text: TextMeasure }[] = [];
      for (const id of ids) {
        const text = await measure(renditionPath(context.libraryFolder, id, 'thumbnail'), signal);
        if (text !== undefined) measured.push({ id, text });
        await nextTurn();
      }
      const last = ids.at(-1);
      return {
        status: 'finished',
        commit: (db) => {
          for (const { id, text } of measured) {
            setTextMeasure(db, id, text);
            if (findBaseline(db, id) !== undefined) context.enqueue(db, recognitionJobs(id, text));
          }
          if (last !== undefined && ids.length === measuredAtOnce) {
            context.enqueue(db, [measureTextJob(last)]);
          }
        },
      };
    },
  };
}

/** `undefined` when there is no picture there any more. */
async function measure(path: string, signal: AbortSignal): Promise<TextMeasure | undefined> {
  try {
    const wish = { thumbnail: { boxPx: thumbnailBoxPx }, text: true } as const;
    return (await renderPhoto(path, wish, { signal })).text;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'canceled') throw error;
    return undefined;
  }
}
