import { open, type FileHandle } from 'node:fs/promises';
import { renderPhoto } from '../imaging/render.ts';
import { AppError } from '../platform/errors.ts';
import { listAviFrames, type AviFrame } from './avi-frames.ts';
import { readAviHead } from './avi-header.ts';
import type { Frame, FrameOptions, FrameSource, FrameWish } from './frame-source.ts';
import { headerReader } from './header-reader.ts';
import { mostFrameBytes, tooLarge, type FoundFrame } from './read-header.ts';
import type { VideoHeader } from './video-header.ts';

/**
 * Motion JPEG, which cameras wrote for twenty years: each frame is a JPEG, and whoever decodes photos decodes it. So these videos
 * have pictures without any other program.
 */

/** Whether the frames of such a video need nobody else. */
export function hasJpegFrames({ codec, rotation }: Pick<VideoHeader, 'codec' | 'rotation'>): boolean {
  // No camera that turns its videos writes these.
  return codec === 'mjpeg' && rotation === 0;
}

/** Whoever wanted the frame looks at it, and makes it smaller once more. */
const quality = 92;

/** For one task: it remembers where the frames are of the AVI that it was asked for last. */
export function framesOfJpegs(): FrameSource {
  let known: { readonly path: string; readonly list: Promise<AviList> } | undefined;
  const findInAvi = async (wish: FrameWish, { signal }: FrameOptions): Promise<FoundFrame | undefined> => {
    if (known?.path !== wish.path) known = { path: wish.path, list: listFrames(wish.path, signal) };
    return findByList(wish, await known.list);
  };
  return {
    take: async (wish, options = {}) => {
      try {
        const found = await (wish.format === 'avi' ? findInAvi(wish, options) : findByMediabunny(wish));
        return found === undefined ? undefined : await decode(found, wish.boxPx, options);
      } catch (error) {
        if (options.signal?.aborted === true) throw new AppError('canceled');
        if (error instanceof AppError && kept.has(error.code)) throw error;
        // Whatever a parser or a decoder throws at numbers that lie says that of the file.
        throw new AppError('no-frames', { reason: 'It is damaged, or cannot be read.' }, { cause: error });
      }
    },
  };
}

const kept: ReadonlySet<string> = new Set(['no-frames', 'canceled', 'internal']);

async function decode(
  { bytes: jpeg, timeMs }: FoundFrame,
  boxPx: number,
  options: FrameOptions,
): Promise<Frame> {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) {
    throw new AppError('no-frames', { reason: 'Its frames are not what its header says.' });
  }
  const { thumbnail } = await renderPhoto(jpeg, { thumbnail: { boxPx, quality } }, options);
  return { bytes: thumbnail.bytes, timeMs };
}

type AviList = { readonly rate: number; readonly frames: readonly AviFrame[] };

async function listFrames(path: string, signal: AbortSignal | undefined): Promise<AviList> {
  const head = await readAviHead(path);
  const rate = head.header.frameRate ?? 0;
  return withFile(path, async (file) => ({ rate, frames: await listAviFrames(file, head, signal) }));
}

async function findByList(
  { path, atMs, seek }: FrameWish,
  { rate, frames }: AviList,
): Promise<FoundFrame | undefined> {
  // Half a millisecond more: the time of a frame that was told in whole ones is still the time of that frame.
  const wanted = Math.floor(((atMs + 0.5) / 1000) * rate);
  if (wanted >= frames.length && seek === 'exact') return undefined;
  let index = Math.min(wanted, frames.length - 1);
  while (index > 0 && frames[index]?.sizeBytes === 0) index -= 1;
  const frame = frames[index];
  if (frame === undefined || frame.sizeBytes === 0) return undefined;
  if (frame.sizeBytes > mostFrameBytes) throw new AppError('no-frames', { reason: tooLarge });
  const bytes = new Uint8Array(frame.sizeBytes);
  const { bytesRead } = await withFile(path, (file) => file.read(bytes, 0, bytes.length, frame.at));
  return { bytes: bytes.subarray(0, bytesRead), timeMs: Math.round((index / rate) * 1000) };
}

async function findByMediabunny({ path, atMs }: FrameWish): Promise<FoundFrame | undefined> {
  const { frame } = await headerReader.ask({ path, ask: 'frame', atMs });
  return frame;
}

async function withFile<Result>(path: string, use: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
