import type { AssetId } from '../contract/ids.ts';
import type { FileFormat } from '../imaging/formats.ts';
import type { PictureInput } from '../imaging/renditions.ts';
import { getAsset, type Original } from '../library/asset-store.ts';
import { findVideo, setFramesError, type VideoFacts } from '../library/video-store.ts';
import type { AppError } from '../platform/errors.ts';
import { readSettings } from '../settings/settings.ts';
import type { FrameSource } from '../video/frame-source.ts';
import { takePoster, type VideoFile } from '../video/take-frames.ts';
import type { JobsContext } from './context.ts';

/** What of the jobs' context frames are taken with. */
export type FramesContext = Pick<JobsContext, 'read' | 'frames'>;

type Options = { readonly signal?: AbortSignal; readonly isUrgent?: boolean };

/** Larger than any screen shows at once. */
const posterBoxPx = 2_560;

/** Errors that say something of a video's frames, and nothing of its file: it can be listed, found and played all the same. */
export const framesErrors: ReadonlySet<string> = new Set([
  'no-video-decoder',
  'no-frames',
  'decoder-timeout',
  'decoder-crashed',
]);

/**
 * What is rendered for an asset: a photo's file, or the frame that stands for a video.
 *
 * @throws {AppError} of a video, one of `framesErrors`.
 */
export async function pictureOf(
  context: FramesContext,
  assetId: AssetId,
  original: Pick<Original, 'absolutePath'>,
  options: Options = {},
): Promise<PictureInput> {
  const video = findVideoFile(context, assetId, original);
  if (video === undefined) return original.absolutePath;
  const { bytes } = await takePoster(await getFrameSource(context), video, posterBoxPx, options);
  return bytes;
}

/** `undefined` for a photo. */
export function findVideoFile(
  { read }: FramesContext,
  assetId: AssetId,
  { absolutePath }: Pick<Original, 'absolutePath'>,
): (VideoFile & { readonly facts: VideoFacts }) | undefined {
  const facts = findVideo(read, assetId);
  const { format } = getAsset(read, assetId);
  if (facts === undefined || format === null) return undefined;
  const known = format as FileFormat; // why: ingestion stores the formats of its own table
  return { path: absolutePath, format: known, durationMs: facts.durationMs, facts };
}

/** @throws {AppError} `no-video-decoder` */
export function getFrameSource({ read, frames }: FramesContext): Promise<FrameSource> {
  return frames.get(readSettings(read).ffmpegPath);
}

/** Remembers why a video has no frames, so that the window can say so; and that it has, once it has. */
export function noteFrames(
  context: Pick<JobsContext, 'read' | 'transact'>,
  assetId: AssetId,
  problem: AppError | undefined,
): void {
  const video = findVideo(context.read, assetId);
  if (video === undefined || (video.framesError === null && problem === undefined)) return;
  context.transact((db) => {
    setFramesError(db, assetId, problem?.toInfo() ?? null);
  }, 'unsynced');
}
