import sharp, { type Sharp } from 'sharp';
import type { ErrorCode, ErrorDetails } from '../contract/errors.ts';
import { AppError } from '../platform/errors.ts';
import { formatName, type FileFormat } from './formats.ts';
import type { PictureInput } from './renditions.ts';

/** How Cutline opens pictures with sharp, and what sharp's errors mean. */

// One thread per picture and several pictures at once is the fastest way (SPEED §1); the cache only takes memory.
sharp.concurrency(1);
sharp.cache(false);

/** Pictures with more pixels are refused as `image-too-large`: 16 383 × 16 383, about 268 megapixels. */
export const maxInputPixels = 0x3f_ff ** 2;

/** The same for formats whose decoders keep all pixels in memory, several times: HEIC, AVIF, JPEG XL, PSD. */
export const maxHeavyPixels = 100_000_000;

/** Pictures with more pixels are decoded in the decoder process, one at a time, however they are packed. */
export const largePixels = 80_000_000;

/**
 * So are those that are held whole while they are decoded, and take more than this: a few of them at once would fill the
 * memory that an engine may use. A RAW is read whole for its preview.
 */
export const mostHeldBytes = 128 * 1024 ** 2;

/**
 * A decoder process that takes more is ended: `decoder-crashed`. A hundred megapixels of HEIC take 1.5 GB. A small machine may
 * set fewer megabytes by `CUTLINE_DECODER_MB`: then its largest photos are marked, and it does not run out of memory.
 */
export const decoderMemoryBytes = (Number(process.env['CUTLINE_DECODER_MB']) || 2048) * 1024 ** 2;

/** Longest time for one picture, after which it is given up as `decoder-timeout`. */
export const renderTimeoutMs = 120_000;

/**
 * The first frame of a picture, turned upright. A picture that ends early or has broken data is an error, unless half a
 * picture is wanted: `isPartial`. `limited: false` is for reading headers, where the size is what we want to know.
 */
export function openPicture(input: PictureInput, { limited = true, isPartial = false } = {}): Sharp {
  return sharp(input, {
    autoOrient: true,
    failOn: isPartial ? 'none' : 'warning',
    limitInputPixels: limited ? maxInputPixels : false,
  }).timeout({ seconds: renderTimeoutMs / 1000 });
}

/** Pixels that were decoded before: three bytes each, red, green and blue. */
export function openPixels(data: Uint8Array, widthPx: number, heightPx: number): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

type Trouble = {
  readonly text: RegExp;
  readonly code: ErrorCode;
  readonly details?: (format: FileFormat) => ErrorDetails;
};

/** libvips tells its troubles only by text. */
const troubles: readonly Trouble[] = [
  { text: /exceeds pixel limit/, code: 'image-too-large' },
  { text: /^timeout: /, code: 'decoder-timeout', details: () => ({ limitMs: renderTimeoutMs }) },
  { text: /input file is missing/i, code: 'file-missing' },
  { text: /permission denied|input\/output error/i, code: 'file-unreadable' },
  {
    // The picture may be sound: a kind of compression that this decoder was built without.
    text: /not configured|not been built|no decoding plugin|unsupported (compression|codec|tiff)/i,
    code: 'unsupported-format',
    details: (format) => ({ format: `This kind of ${formatName(format)}` }),
  },
  // Says nothing about the file.
  {
    text: /out of memory|unable to allocate/i,
    code: 'internal',
    details: () => ({ reason: 'Not enough memory.' }),
  },
];

/** An error of sharp as what it means for the file. What is not known otherwise is damage. */
export function toDecoderError(error: unknown, format: FileFormat): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const trouble = troubles.find((candidate) => candidate.text.test(text));
  return new AppError(trouble?.code ?? 'file-damaged', trouble?.details?.(format), { cause: error });
}
