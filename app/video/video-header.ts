/** What the headers of a video say. Nothing is decoded, and of a large file only its index is read. */
export type VideoHeader = {
  /** After rotation, and with square pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly durationMs: number;
  /** Short name, such as `avc`, `hevc`, `vp9`; of one that we do not know the name in the file, such as `mp4v`; `null` without. */
  readonly codec: string | null;
  /** Frames a second; `null` where the header does not say. */
  readonly frameRate: number | null;
  /** Clockwise, as the file asks for it: already in width and height. */
  readonly rotation: 0 | 90 | 180 | 270;
  readonly hasSound: boolean;
};
