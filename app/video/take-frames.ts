import type { FileFormat } from '../imaging/formats.ts';
import { renderPhoto } from '../imaging/render.ts';
import { Slots } from '../imaging/slots.ts';
import { AppError } from '../platform/errors.ts';
import { chooseFrames, evenTimes, isBlack, type FrameLook } from './choose-frames.ts';
import type { Frame, FrameOptions, FrameSource, FrameWish } from './frame-source.ts';

/** A video to take frames out of. */
export type VideoFile = { readonly path: string; readonly format: FileFormat; readonly durationMs: number };

/** A part of a video, its end not included. */
export type TimeRange = { readonly startMs: number; readonly endMs: number };

/** For all frames of one video; what there is by then is what there is. */
const longestMs = 120_000;

/** Looked at for each frame that is wanted, since some are black or look like others. */
const looksPerFrame = 1.5;

/**
 * Up to `most` frames that stand for a video, in order of time. Key frames at even distances; where a video has too few of them,
 * the frames at those very times. With a range, of that part alone.
 *
 * @throws {AppError} what the source throws when there is no frame at all, `no-frames`.
 */
export async function takeRepresentativeFrames(
  source: FrameSource,
  video: VideoFile,
  wish: { readonly most: number; readonly boxPx: number; readonly range?: TimeRange | undefined },
  options: FrameOptions = {},
): Promise<Frame[]> {
  const { startMs, endMs } = wish.range ?? { startMs: 0, endMs: video.durationMs };
  const times = evenTimes(endMs - startMs, Math.ceil(wish.most * looksPerFrame)).map((ms) => startMs + ms);
  const taker = new Taker(source, video, wish.boxPx, options);
  const keyed = await taker.takeAll(times, 'key-frame');
  const seen = new Set<number>();
  const again = times.filter((_, index) => {
    const timeMs = keyed[index]?.timeMs;
    // The key frame before the first time may stand before the range.
    if (timeMs === undefined || timeMs < startMs || seen.has(timeMs)) return true;
    seen.add(timeMs);
    return false;
  });
  const exact = await taker.takeAll(again, 'exact');
  const taken = [...keyed, ...exact].filter((frame) => frame !== undefined && frame.timeMs >= startMs);
  const frames = new Map(taken.flatMap((frame) => (frame ? [[frame.timeMs, frame]] : [])));
  const looks = await Promise.all([...frames.values()].map((frame) => lookAt(frame, options.signal)));
  const chosen = chooseFrames(looks, wish.most);
  if (chosen.length === 0) throw taker.problem();
  return chosen.map(({ bytes, timeMs }) => ({ bytes, timeMs }));
}

/** Where a picture that stands for the video is looked for, in parts of its length. */
const posterPlaces = [0.1, 0.3, 0.6];

/** The first frame that is not black, a little after the beginning. @throws {AppError} as above */
export async function takePoster(
  source: FrameSource,
  video: VideoFile,
  boxPx: number,
  options: FrameOptions = {},
): Promise<Frame> {
  const taker = new Taker(source, video, boxPx, options);
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
  source: FrameSource,
  video: VideoFile,
  wish: { readonly count: number; readonly boxPx: number },
  options: FrameOptions = {},
): Promise<Frame[]> {
  const taker = new Taker(source, video, wish.boxPx, options);
  const times = evenTimes(video.durationMs, wish.count);
  // Of a short video with few key frames each would be the same.
  const seek = video.durationMs <= shortMs ? 'exact' : 'key-frame';
  const taken = await taker.takeAll(times, seek);
  const first = taken.find((frame) => frame !== undefined);
  if (first === undefined) throw taker.problem();
  let last = first;
  return taken.map((frame) => (last = frame ?? last));
}

const shortMs = 60_000;

/** As many as there are processes of ffmpeg at a time. */
const atOnce = 2;

/** Takes frames, and remembers why there is none. */
class Taker {
  readonly #source: FrameSource;
  readonly #wish: Omit<FrameWish, 'atMs' | 'seek'>;
  readonly #options: FrameOptions;
  readonly #endsAt = performance.now() + longestMs;
  #problem: AppError | undefined;

  constructor(source: FrameSource, { path, format }: VideoFile, boxPx: number, options: FrameOptions) {
    this.#source = source;
    this.#wish = { path, format, boxPx };
    this.#options = options;
  }

  /** In the order of the times. A few at once: a file that hangs is asked no further, and not once for each of its frames. */
  takeAll(times: readonly number[], seek: FrameWish['seek']): Promise<(Frame | undefined)[]> {
    const slots = new Slots(atOnce);
    return Promise.all(times.map((atMs) => slots.run(() => this.take(atMs, seek), this.#options.signal)));
  }

  async take(atMs: number, seek: FrameWish['seek']): Promise<Frame | undefined> {
    if (performance.now() > this.#endsAt || this.#isHopeless()) return undefined;
    try {
      return await this.#source.take({ ...this.#wish, atMs, seek }, this.#options);
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
