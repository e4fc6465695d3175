import { access, constants } from 'node:fs/promises';
import type { AssetId } from '../contract/ids.ts';
import type { FileFormat } from '../imaging/formats.ts';
import type { PictureInput } from '../imaging/renditions.ts';
import { getAsset, type Original } from '../library/asset-store.ts';
import { findVideo, setFramesError, type VideoFacts } from '../library/video-store.ts';
import { AppError, fileErrorCode } from '../platform/errors.ts';
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
 * @throws {AppError} of a video, what `takeFrom` throws.
 */
export async function pictureOf(
  context: FramesContext,
  assetId: AssetId,
  original: Pick<Original, 'absolutePath'>,
  options: Options = {},
): Promise<PictureInput> {
  const video = findVideoFile(context, assetId, original);
  if (video === undefined) return original.absolutePath;
  const { bytes } = await takeFrom(context, video, (source) =>
    takePoster(source, video, posterBoxPx, options),
  );
  return bytes;
}

export type VideoToLookInto = VideoFile & { readonly facts: VideoFacts };

/** `undefined` for a photo. */
export function findVideoFile(
  { read }: FramesContext,
  assetId: AssetId,
  { absolutePath }: Pick<Original, 'absolutePath'>,
): VideoToLookInto | undefined {
  const facts = findVideo(read, assetId);
  const { format } = getAsset(read, assetId);
  if (facts === undefined || format === null) return undefined;
  const known = format as FileFormat; // why: ingestion stores the formats of its own table
  return { path: absolutePath, format: known, durationMs: facts.durationMs, facts };
}

/**
 * Takes frames out of a video, by whoever takes them here.
 *
 * @throws {AppError} one of `framesErrors`; `file-missing` or `file-unreadable` when that is the reason: who takes frames does not
 *   tell it from a file that is broken.
 */
export async function takeFrom<Taken>(
  { read, frames }: FramesContext,
  { path, facts }: VideoToLookInto,
  take: (source: FrameSource) => Promise<Taken>,
): Promise<Taken> {
  try {
    return await take(await frames.get(readSettings(read).ffmpegPath, facts));
  } catch (error) {
    if (error instanceof AppError && framesErrors.has(error.code)) await assertThere(path);
    throw error;
  }
}

/** Why nobody here takes frames out of such a video; `undefined`: somebody does, as far as we know. */
export async function whyNoDecoder(
  { read, frames }: FramesContext,
  facts: Pick<VideoFacts, 'codec' | 'rotation'>,
): Promise<AppError | undefined> {
  try {
    await frames.get(readSettings(read).ffmpegPath, facts);
    return undefined;
  } catch (error) {
    if (error instanceof AppError && error.code === 'no-video-decoder') return error;
    throw error;
  }
}

async function assertThere(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new AppError(fileErrorCode(error), { path }, { cause: error });
  }
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
