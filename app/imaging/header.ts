import { AppError } from '../platform/errors.ts';
import { saysAdobeRgb } from './adobe-rgb.ts';
import { maxHeavyPixels, maxInputPixels } from './decoder.ts';
import { decodingOf, formatName, type FileFormat } from './formats.ts';
import { heldBytes } from './held-bytes.ts';
import { readHeifHeader } from './heif-header.ts';
import type { PixelSize } from './image-size.ts';
import { readJxlHeader } from './jxl-header.ts';
import { readNativeHeader } from './native.ts';
import { readPsdHeader } from './psd.ts';
import { findRawPreviews } from './raw-preview.ts';
import { readWhole } from './read-input.ts';
import type { PictureInput } from './renditions.ts';
import { sniffFile, sniffFormat } from './sniff.ts';
import { turn } from './turn.ts';

/** What a picture is, without decoding it. */

export type ImageFacts = PixelSize & {
  readonly format: FileFormat;
  /** Exif 1-8, as stored; `widthPx` and `heightPx` are after it. */
  readonly orientation: number;
  /** Frames of an animated GIF or WebP; 1 for everything else. */
  readonly frameCount: number;
  /** Its colours are Adobe RGB's by its Exif block alone: there is no profile in it. */
  readonly isAdobeRgb?: true;
};

export type ImageHeader = ImageFacts & {
  /** What this process would hold at once while it decodes it, beside what is made of it; 0 for what is read line by line. */
  readonly heldBytes: number;
};

/**
 * What the header of a picture says; of a RAW, what the largest of its previews is. Throws `file-missing`,
 * `file-unreadable`, `file-empty`, `not-an-image`, `sidecar`, `unsupported-format`, `file-damaged`, `no-preview` or
 * `image-too-large`; sound pixels are only known after rendering.
 *
 * @param fileName of bytes: some RAW formats are told from a TIFF by it.
 */
export async function inspectImage(input: PictureInput, fileName = ''): Promise<ImageHeader> {
  return inspectAs(input, await identify(input, fileName));
}

/** The same of a picture whose format is known already. */
export async function inspectAs(input: PictureInput, format: FileFormat): Promise<ImageHeader> {
  const facts = await readHeader(input, format);
  const isHeavy = decodingOf(format) === 'heavy' || format === 'avif';
  const maxPixels = isHeavy ? maxHeavyPixels : maxInputPixels;
  if (facts.widthPx * facts.heightPx > maxPixels) {
    throw new AppError('image-too-large', {
      megapixels: Math.round((facts.widthPx * facts.heightPx) / 1e6),
      limitMegapixels: Math.floor(maxPixels / 1e6),
    });
  }
  return facts;
}

async function readHeader(input: PictureInput, format: FileFormat): Promise<ImageHeader> {
  switch (decodingOf(format)) {
    case 'heavy':
      return {
        format,
        ...readHeavySize(await readWhole(input), format),
        orientation: 1,
        frameCount: 1,
        heldBytes: 0,
      };
    case 'preview': {
      const bytes = await readWhole(input);
      const { previews, orientation } = findRawPreviews(bytes, format);
      const { widthPx, heightPx } = turn(previews[0] ?? { widthPx: 0, heightPx: 0 }, orientation);
      return { format, widthPx, heightPx, orientation, frameCount: 1, heldBytes: bytes.length };
    }
    default: {
      const header = await readNativeHeader(input, format);
      const { width: widthPx, height: heightPx } = header.autoOrient;
      const isFilm = format === 'gif' || format === 'webp';
      const frameCount = isFilm ? (header.pages ?? 1) : 1;
      const isAdobeRgb =
        format === 'jpeg' &&
        header.icc === undefined &&
        header.exif !== undefined &&
        // Behind `Exif\0\0`.
        saysAdobeRgb(header.exif.subarray(6));
      return {
        format,
        widthPx,
        heightPx,
        orientation: header.orientation ?? 1,
        frameCount,
        heldBytes: heldBytes(format, header),
        ...(isAdobeRgb && { isAdobeRgb }),
      };
    }
  }
}

/** Decoders that turn a picture themselves. */
function readHeavySize(bytes: Uint8Array, format: FileFormat): PixelSize {
  try {
    if (format === 'psd') {
      const { widthPx, heightPx } = readPsdHeader(bytes);
      return { widthPx, heightPx };
    }
    if (format === 'jxl') return readJxlHeader(bytes);
    const header = readHeifHeader(bytes);
    if (header === undefined) throw new AppError('file-damaged');
    if (header.codec !== 'hvc1') {
      throw new AppError('unsupported-format', { format: `This kind of ${formatName(format)}` });
    }
    return { widthPx: header.widthPx, heightPx: header.heightPx };
  } catch (error) {
    // A DataView refuses to read outside its bytes: that is how we learn that a number in the file lies.
    if (error instanceof RangeError) throw new AppError('file-damaged', {}, { cause: error });
    throw error;
  }
}

/** Refuses by content what must not reach the decoder, which takes a RAW for the small TIFF that it contains. */
export async function identify(input: PictureInput, fileName = ''): Promise<FileFormat> {
  if (typeof input !== 'string' && input.length === 0) throw new AppError('file-empty');
  const { format, supported } =
    typeof input === 'string' ? await sniffFile(input) : sniffFormat(input, fileName);
  if (supported && decodingOf(format) !== 'frames') return format;
  if (format === 'unknown') throw new AppError('not-an-image');
  if (format === 'xmp') throw new AppError('sidecar');
  throw new AppError('unsupported-format', { format: formatName(format) });
}
