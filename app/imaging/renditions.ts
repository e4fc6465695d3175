import type { Box } from '../contract/places.ts';
import type { PixelSize } from './image-size.ts';
import type { TextMeasure } from './text-amount.ts';

/** What can be made of a picture in one go, and what comes out. */

/** A path, or the file's bytes when they were read anyway. */
export type PictureInput = string | Uint8Array;

/** Whether what can be read of a damaged picture is enough. */
export type Part = { readonly isPartial: boolean };

export type RenderWish = {
  /** Everything is made of this part of the oriented picture, cut out at its full resolution. @default all of it */
  readonly crop?: Box;
  /** The picture for the model, at a size from `planImageSize`. */
  readonly model?: PixelSize;
  /** A picture for the screen, within a square box. */
  readonly thumbnail?: {
    readonly boxPx: number;
    /** Of the JPEG, 1–100. @default that of the model's picture */
    readonly quality?: number;
  };
  readonly perceptualHash?: true;
  readonly colors?: true;
  /** By the thumbnail, and only together with it. */
  readonly text?: true;
  /** Of a damaged picture what can be read of it, the rest grey. @default an error */
  readonly isPartial?: true;
};

/** Baseline JPEG, sRGB, upright, without any metadata. */
export type EncodedPicture = PixelSize & { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' };

export type PictureColors = {
  /** Plain words for the main colours, most first; at most three. */
  readonly names: readonly string[];
  /** No pixel has a hue. */
  readonly isMonochrome: boolean;
  /** The mean of all pixels, 0xRRGGBB. */
  readonly average: number;
};

type Renditions = {
  readonly model: EncodedPicture;
  readonly thumbnail: EncodedPicture;
  /** dHash of 64 bits, as 16 hexadecimal digits. */
  readonly perceptualHash: string;
  readonly colors: PictureColors;
  readonly text: TextMeasure;
};

/** What was wished for, and nothing else. */
export type Rendered<Wish extends RenderWish> = {
  readonly [Kind in keyof Wish]: Kind extends keyof Renditions ? Renditions[Kind] : never;
};
