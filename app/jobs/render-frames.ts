import type { Candidate } from '../captioning/candidate-store.ts';
import type { PlannedSize } from '../imaging/image-size.ts';
import { renderPhoto } from '../imaging/render.ts';
import { findOriginal } from '../library/asset-store.ts';
import { AppError } from '../platform/errors.ts';
import type { Picture } from '../providers/provider.ts';
import type { FrameOptions } from '../video/frame-source.ts';
import { takeRepresentativeFrames, type TimeRange } from '../video/take-frames.ts';
import type { JobsContext } from './context.ts';
import { skippedAsMissing } from './obstacle.ts';
import type { RenderResult } from './render-picture.ts';
import {
  findVideoFile,
  framesErrors,
  noteFrames,
  takeFrom,
  type FramesContext,
  type VideoToLookInto,
} from './video-picture.ts';

/** Frames that stand for a video, at the size that was planned, each with its time before it (AZURE §6, Replacement). */
export async function renderFrames(
  context: JobsContext,
  { assetId }: Pick<Candidate, 'assetId'>,
  size: FramesSize,
  signal: AbortSignal,
): Promise<RenderResult<readonly Picture[]>> {
  const original = findOriginal(context.read, assetId);
  const video = original?.isPresent === true ? findVideoFile(context, assetId, original) : undefined;
  if (original === undefined || video === undefined) {
    return { status: 'not-rendered', result: { status: 'skipped', reason: 'gone' } };
  }
  try {
    const pictures = await takePictures(context, video, size, { signal });
    noteFrames(context, assetId, undefined);
    return { status: 'rendered', value: pictures };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'file-missing') {
      return { status: 'not-rendered', result: skippedAsMissing(context, original.rootId) };
    }
    if (!framesErrors.has(error.code)) throw error;
    context.log.warn('no frame could be taken out of a video', { asset: assetId, code: error.code });
    noteFrames(context, assetId, error);
    return { status: 'not-rendered', result: { status: 'failed', error: error.toInfo() } };
  }
}

export type FramesSize = Pick<PlannedSize, 'widthPx' | 'heightPx' | 'detail'> & {
  readonly most: number;
  /** @default the whole video */
  readonly range?: TimeRange | undefined;
};

/** @throws {AppError} what `takeFrom` throws */
export async function takePictures(
  context: FramesContext,
  video: VideoToLookInto,
  { most, range, widthPx, heightPx, detail }: FramesSize,
  options: FrameOptions,
): Promise<Picture[]> {
  const boxPx = Math.max(widthPx, heightPx);
  const frames = await takeFrom(context, video, (source) =>
    takeRepresentativeFrames(source, video, { most, boxPx, range }, options),
  );
  return Promise.all(
    frames.map(async ({ bytes, timeMs }): Promise<Picture> => {
      const { model } = await renderPhoto(bytes, { model: { widthPx, heightPx } }, options);
      return { ...model, detail, label: labelOf(timeMs) };
    }),
  );
}

/** To a tenth of a second: nobody can say more of a frame. */
function labelOf(timeMs: number): string {
  return `Frame at time ${(timeMs / 1000).toFixed(1)} seconds:`;
}
