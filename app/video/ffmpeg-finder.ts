import { findFfmpeg, type Ffmpeg, type FfmpegState } from './ffmpeg.ts';
import { AppError } from '../platform/errors.ts';

/** One that does not answer is not asked again for so long: each time takes seconds. */
const askAgainMs = 60_000;

/** Knows whether there is an ffmpeg here, by the command that holds now. */
export class FfmpegFinder {
  #looked:
    | { readonly command: string | null; readonly atMs: number; readonly state: Promise<FfmpegState> }
    | undefined;

  /** @param command a path that a person set; `null`: out of PATH */
  look(command: string | null): Promise<FfmpegState> {
    const looked = this.#looked;
    if (looked !== undefined && looked.command === command && performance.now() - looked.atMs < askAgainMs) {
      return looked.state;
    }
    const state = findFfmpeg(command ?? undefined);
    this.#looked = { command, atMs: performance.now(), state };
    return state;
  }

  /** @throws {AppError} `no-video-decoder` */
  async get(command: string | null): Promise<Ffmpeg> {
    const state = await this.look(command);
    if (state.status === 'found') return state.ffmpeg;
    throw new AppError('no-video-decoder', { command: state.command, reason: state.reason });
  }
}
