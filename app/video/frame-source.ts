import type { FileFormat } from '../imaging/formats.ts';

/** One frame of a video as a JPEG: upright, with square pixels. */
export type Frame = {
  readonly bytes: Uint8Array;
  /** Where it stands in the video. */
  readonly timeMs: number;
};

export type FrameWish = {
  readonly path: string;
  readonly format: FileFormat;
  readonly atMs: number;
  /** Both sides fit into so many pixels; never enlarged. */
  readonly boxPx: number;
  /** The key frame at or before the time, which takes no decoding of others; or just this one. */
  readonly seek: 'key-frame' | 'exact';
};

export type FrameOptions = { readonly signal?: AbortSignal; readonly isUrgent?: boolean };

/** Who takes frames out of videos: a person's ffmpeg, or a page of the desktop that decodes as its browser does. */
export interface FrameSource {
  /**
   * `undefined` when the video has no frame there.
   *
   * @throws {AppError} `no-video-decoder`, `no-frames`, `decoder-timeout`, `decoder-crashed`, `canceled`
   */
  take(wish: FrameWish, options?: FrameOptions): Promise<Frame | undefined>;
}
