import { AppError } from '../platform/errors.ts';
import { findFfmpeg, type FfmpegState } from './ffmpeg.ts';
import type { FrameSource } from './frame-source.ts';
import { framesOfJpegs, hasJpegFrames } from './jpeg-frames.ts';
import { framesByFfmpeg } from './take-frame.ts';
import type { VideoHeader } from './video-header.ts';

/** One that does not answer is not asked again for so long: each time takes seconds. */
const askAgainMs = 60_000;

/**
 * Knows who takes frames here: the ffmpeg of the command that holds now; else, of Motion JPEG, we ourselves; else the desktop's own
 * decoder, where there is one.
 */
export class FrameSources {
  /** What a browser decodes, without anything that must be installed. `undefined` outside the desktop. */
  readonly ownDecoder: FrameSource | undefined;
  #looked:
    | { readonly command: string | null; readonly atMs: number; readonly state: Promise<FfmpegState> }
    | undefined;

  constructor(ownDecoder: FrameSource | undefined) {
    this.ownDecoder = ownDecoder;
  }

  /** @param command a path that a person set; `null`: out of PATH */
  lookForFfmpeg(command: string | null): Promise<FfmpegState> {
    const looked = this.#looked;
    if (looked !== undefined && looked.command === command && performance.now() - looked.atMs < askAgainMs) {
      return looked.state;
    }
    const state = findFfmpeg(command ?? undefined);
    this.#looked = { command, atMs: performance.now(), state };
    return state;
  }

  /**
   * For frames of this video.
   *
   * @throws {AppError} `no-video-decoder`
   */
  async get(command: string | null, video: Pick<VideoHeader, 'codec' | 'rotation'>): Promise<FrameSource> {
    const state = await this.lookForFfmpeg(command);
    if (state.status === 'found') return framesByFfmpeg(state.ffmpeg);
    if (hasJpegFrames(video)) return framesOfJpegs();
    if (this.ownDecoder !== undefined) return this.ownDecoder;
    throw new AppError('no-video-decoder', { command: state.command, reason: state.reason });
  }
}
