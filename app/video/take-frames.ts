import type { FileFormat } from '../imaging/formats.ts';
import { renderPhoto } from '../imaging/render.ts';
import { AppError } from '../platform/errors.ts';
import { chooseFrames, evenTimes, isBlack, type FrameLook } from './choose-frames.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { takeFrame, type Frame, type FrameWish } from './take-frame.ts';

/** A video to take frames out of. */
export type VideoFile = { readonly path: string; readonly format: FileFormat; readonly durationMs: number };

export type FramesOptions = { readonly signal?: AbortSignal; readonly isUrgent?: boolean };

/** For all frames of one video; what there is by then is what there is. */
const longestMs = 120_000;

/** Looked at for each frame that is wanted, since some are black or look like others. */
const looksPerFrame = 1.5;

/**
 * Up to `most` frames that stand for a video, in order of time. Key frames at even distances; where a video has too few of them,
 * the frames at those very times.
 *
 * @throws {AppError} what `takeFrame` throws when there is no frame at all, `no-frames`.
 */
export async function takeRepresentativeFrames(
  ffmpeg: Ffmpeg,
  video: VideoFile,
  wish: { readonly most: number; readonly boxPx: number },
  options: FramesOptions = {},
): Promise<Frame[]> {
  const times = evenTimes(video.durationMs, Math.ceil(wish.most * looksPerFrame));
  const taker = new Taker(ffmpeg, video, wish.boxPx, options);
  const keyed = await Promise.all(times.map((atMs) => taker.take(atMs, 'key-frame')));
  const seen = new Set<number>();
  const again = times.filter((_, index) => {
    const timeMs = keyed[index]?.timeMs;
    if (timeMs === undefined || seen.has(timeMs)) return true;
    seen.add(timeMs);
    return false;
  });
  const exact = await Promise.all(again.map((atMs) => taker.take(atMs, 'exact')));
  const frames = new Map([...keyed, ...exact].flatMap((frame) => (frame ? [[frame.timeMs, frame]] : [])));
  const looks = await Promise.all([...frames.values()].map((frame) => lookAt(frame, options.signal)));
  const chosen = chooseFrames(looks, wish.most);
  if (chosen.length === 0) throw taker.problem();
  return chosen.map(({ bytes, timeMs }) => ({ bytes, timeMs }));
}

/** Where a picture that stands for the video is looked for, in parts of its length. */
const posterPlaces = [0.1, 0.3, 0.6];

/** The first frame that is not black, a little after the beginning. @throws {AppError} as above */
export async function takePoster(
  ffmpeg: Ffmpeg,
  video: VideoFile,
  boxPx: number,
  options: FramesOptions = {},
): Promise<Frame> {
  const taker = new Taker(ffmpeg, video, boxPx, options);
  let dark: Frame | undefined;
  for (const place of posterPlaces) {
    const frame = await taker.take(Math.floor(video.durationMs * place), 'key-frame');
    if (frame === undefined) continue;
    if (!isBlack(await lookAt(frame, options.signal))) return frame;
    dark ??= frame;
  }
  if (dark === undefined) throw taker.problem();
  return dark;
}

/** Frames at even distances for a strip to scrub through, as many as asked for; a place without one shows the one before. */
export async function takeStrip(
  ffmpeg: Ffmpeg,
  video: VideoFile,
  wish: { readonly count: number; readonly boxPx: number },
  options: FramesOptions = {},
): Promise<Frame[]> {
  const taker = new Taker(ffmpeg, video, wish.boxPx, options);
  const times = evenTimes(video.durationMs, wish.count);
  // Of a short video with few key frames each would be the same.
  const seek = video.durationMs <= shortMs ? 'exact' : 'key-frame';
  const taken = await Promise.all(times.map((atMs) => taker.take(atMs, seek)));
  const first = taken.find((frame) => frame !== undefined);
  if (first === undefined) throw taker.problem();
  let last = first;
  return taken.map((frame) => (last = frame ?? last));
}

const shortMs = 60_000;

/** Takes frames one by one, and remembers why there is none. */
class Taker {
  readonly #ffmpeg: Ffmpeg;
  readonly #wish: Omit<FrameWish, 'atMs' | 'seek'>;
  readonly #options: FramesOptions;
  readonly #endsAt = performance.now() + longestMs;
  #problem: AppError | undefined;

  constructor(ffmpeg: Ffmpeg, { path, format }: VideoFile, boxPx: number, options: FramesOptions) {
    this.#ffmpeg = ffmpeg;
    this.#wish = { path, format, boxPx };
    this.#options = options;
  }

  async take(atMs: number, seek: FrameWish['seek']): Promise<Frame | undefined> {
    if (performance.now() > this.#endsAt || this.#isHopeless()) return undefined;
    try {
      return await takeFrame(this.#ffmpeg, { ...this.#wish, atMs, seek }, this.#options);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'canceled' || error.code === 'internal') throw error;
      this.#problem ??= error;
      return undefined;
    }
  }

  problem(): AppError {
    return this.#problem ?? new AppError('no-frames', { reason: 'It came to its end without one.' });
  }

  /** Whatever is asked for next would end in the same way. */
  #isHopeless(): boolean {
    return ['no-video-decoder', 'decoder-timeout', 'decoder-crashed'].includes(this.#problem?.code ?? '');
  }
}

async function lookAt(frame: Frame, signal: AbortSignal | undefined): Promise<Frame & FrameLook> {
  const { perceptualHash, colors } = await renderPhoto(
    frame.bytes,
    { perceptualHash: true, colors: true },
    signal === undefined ? {} : { signal },
  );
  return { ...frame, perceptualHash, averageColor: colors.average };
}
