import { z } from 'zod';
import { findCandidate } from '../captioning/candidate-store.ts';
import { findBaseline, insertDescription } from '../captioning/description-store.ts';
import { assetId, type AssetId } from '../contract/ids.ts';
import type { TextLine } from '../contract/places.ts';
import { fitInBox } from '../imaging/image-size.ts';
import { renderPhoto } from '../imaging/render.ts';
import { sureLines } from '../imaging/sure-text.ts';
import { someText, type TextMeasure } from '../imaging/text-amount.ts';
import { findOriginal } from '../library/asset-store.ts';
import { AppError } from '../platform/errors.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler, JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { textLane } from './lanes.ts';
import { skippedAsAway, skippedAsMissing } from './obstacle.ts';
import { partOf } from './render-picture.ts';
import { pictureOf } from './video-picture.ts';

const payload = z.object({ assetId });

/** Letters of a hundred-and-seventieth of the picture are nine pixels high there; larger takes longer and finds little more. */
const readBoxPx = 1_600;

/** A job for a photo that the built-in describer has described, if there is text to be read in it. */
export function recognitionJobs(id: AssetId, text: TextMeasure | null): NewJob[] {
  if (text === null || text.amount < someText) return [];
  return [
    {
      kind: 'recognize-text',
      lane: textLane,
      payload: { assetId: id },
      dedupeKey: `recognize-text:${String(id)}`,
    },
  ];
}

/**
 * Reads text in a photo, on this machine, and adds what is sure to what the built-in describer said. Nobody waits for it, and
 * a photo that cannot be read stays as it is.
 */
export function recognizeText(context: JobsContext): JobHandler {
  return {
    maxAttempts: 2,
    handle: async (job, { signal }) => {
      const id = payload.parse(job.payload).assetId;
      const candidate = findCandidate(context.read, id);
      const original = findOriginal(context.read, id);
      const baseline = findBaseline(context.read, id);
      if (baseline === undefined) return { status: 'skipped', reason: 'gone' };
      if (candidate === undefined || original === undefined) return skippedAsAway(context, id);
      let textLines: TextLine[];
      try {
        const { model } = await renderPhoto(
          await pictureOf(context, id, original, { signal }),
          { model: fitInBox(candidate.known, readBoxPx), ...partOf(context, id) },
          { signal, isolated: job.engineDeaths > 0 },
        );
        textLines = sureLines(await context.textReader.read(model.bytes, signal), model);
      } catch (error) {
        const isGone = error instanceof AppError && error.code === 'file-missing';
        return isGone ? skippedAsMissing(context, original.rootId) : toSkipped(context, id, error);
      }
      if (textLines.length === 0) return { status: 'finished' };
      const recognizer = context.textReader.recognizer ?? null;
      return {
        status: 'finished',
        commit: (db) => {
          // Another picture, or another describer, has taken its place meanwhile.
          if (findBaseline(db, id)?.id !== baseline.id) return;
          const { connectionId, runId, imageDataHash } = baseline;
          const recognizedText = textLines.map(({ text }) => text).join('\n');
          const fields = { recognizedText, textLines };
          const said = { assetId: id, connectionId, runId, imageDataHash, fields };
          insertDescription(
            db,
            { ...said, owner: 'model', baseline: true, modelAnswered: recognizer },
            context.clock.now(),
          );
          context.indexAsset(db, id);
        },
      };
    },
  };
}

/** The photo's description is there; that no text was read is no failure of it. */
function toSkipped(context: JobsContext, id: AssetId, error: unknown): JobResult {
  if (!(error instanceof AppError) || error.code === 'canceled') throw error;
  context.log.warn('no text was read in a photo', { asset: id, code: error.code });
  return { status: 'skipped', reason: error.code };
}
