import { z } from 'zod';
import type { ErrorCode, ErrorInfo } from '../contract/errors.ts';
import { assetId, type AssetId } from '../contract/ids.ts';
import { scrubFrames } from '../contract/models/asset.ts';
import { renderPhoto } from '../imaging/render.ts';
import { joinStrip } from '../imaging/strip.ts';
import { findOriginal, getAsset, type Original } from '../library/asset-store.ts';
import { renditionPath, writeRendition } from '../library/renditions.ts';
import { AppError } from '../platform/errors.ts';
import { takeStrip } from '../video/take-frames.ts';
import type { Job, NewJob } from '../queue/job.ts';
import type { JobHandler, JobResult } from '../queue/job-handler.ts';
import { readSettings } from '../settings/settings.ts';
import type { JobsContext } from './context.ts';
import { screenLane } from './lanes.ts';
import { findVideoFile, framesErrors, noteFrames, pictureOf, takeFrom } from './video-picture.ts';

/** Renditions that are only made when somebody wants to see them. */
const wantedKind = z.enum(['preview', 'full', 'scrub']);
export type WantedKind = z.infer<typeof wantedKind>;

export const makeRenditionPayload = z.object({ assetId, rendition: wantedKind });

/**
 * A preview fills a large screen. `full` is every pixel, but for what no JPEG decoder of a browser takes. On a screen at
 * 100 % people see what a lower quality leaves out.
 */
const wishes: Readonly<
  Record<Exclude<WantedKind, 'scrub'>, { readonly boxPx: number; readonly quality: number }>
> = {
  preview: { boxPx: 2_560, quality: 85 },
  full: { boxPx: 16_383, quality: 92 },
};

/** What says nothing about the photo. */
const passedOn = new Set<ErrorCode>(['canceled', 'disk-full', 'internal']);

const outcome = z.object({ error: z.custom<ErrorInfo>() });

/** Why a finished job made nothing. */
export function whyNotMade(result: JobResult): ErrorInfo | undefined {
  return result.status === 'finished' ? outcome.safeParse(result.data).data?.error : undefined;
}

/** Makes a large rendition of a photo that somebody looks at. What cannot be made is told, and is nobody's failed job. */
export function makeRendition(context: JobsContext): JobHandler {
  return {
    maxAttempts: 1,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const { assetId: id, rendition } = makeRenditionPayload.parse(job.payload);
      const original = findOriginal(context.read, id);
      if (original === undefined || !original.isPresent) {
        return notMade({ code: 'file-missing', details: {} });
      }
      try {
        const bytes =
          rendition === 'scrub'
            ? await renderStrip(context, id, original, signal)
            : await renderLarge(context, job, { id, rendition, original }, signal);
        await writeRendition(renditionPath(context.libraryFolder, id, rendition), bytes);
        noteFrames(context, id, undefined);
        await context.previews.add(bytes.length, readSettings(context.read).previewCacheBytes);
        return { status: 'finished' };
      } catch (error) {
        if (!(error instanceof AppError) || passedOn.has(error.code)) throw error;
        if (framesErrors.has(error.code)) noteFrames(context, id, error);
        return notMade(error.toInfo());
      }
    },
  };
}

async function renderLarge(
  context: JobsContext,
  job: Job,
  wish: {
    readonly id: AssetId;
    readonly rendition: keyof typeof wishes;
    readonly original: Original;
  },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { id, rendition, original } = wish;
  const picture = await pictureOf(context, id, original, { signal, isUrgent: true });
  const { thumbnail } = await renderPhoto(
    picture,
    // Whoever looks at it wants to see what is there.
    { thumbnail: wishes[rendition], isPartial: true },
    { signal, isolated: job.engineDeaths > 0, isUrgent: true },
  );
  return thumbnail.bytes;
}

/** As wide as a cell of the grid on a usual screen. */
const stripBoxPx = 320;

async function renderStrip(
  context: JobsContext,
  id: AssetId,
  original: Original,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const video = findVideoFile(context, id, original);
  if (video === undefined) throw new AppError('no-frames', { reason: 'It is no video.' });
  const { widthPx, heightPx } = getAsset(context.read, id);
  const wish = { count: scrubFrames, boxPx: stripBoxPx };
  const frames = await takeFrom(context, video, (source) =>
    takeStrip(source, video, wish, { signal, isUrgent: true }),
  );
  const size = { widthPx: widthPx ?? stripBoxPx, heightPx: heightPx ?? stripBoxPx }; // why: read with the video's length
  return joinStrip(
    frames.map(({ bytes }) => bytes),
    size,
    stripBoxPx,
  );
}

function notMade(error: ErrorInfo): JobResult {
  return { status: 'finished', data: { error } };
}

const keyPrefix = 'make-rendition:';

/** The dedupe key of its job: one rendition of a photo is made once, whoever wishes for it. */
export function renditionKey(id: AssetId, rendition: WantedKind): string {
  return `${keyPrefix}${rendition}:${String(id)}`;
}

export function renditionJob(id: AssetId, rendition: WantedKind, priority: number): NewJob {
  return {
    kind: 'make-rendition',
    lane: screenLane,
    payload: { assetId: id, rendition },
    dedupeKey: renditionKey(id, rendition),
    priority,
  };
}
