import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Metadata, Sharp } from 'sharp';
import { AppError, fileErrorCode, systemCode } from '../platform/errors.ts';
import { findColors } from './colors.ts';
import { toPixelBox, type PixelBox } from './crop.ts';
import { maxInputPixels, openPicture, openPixels, toDecoderError } from './decoder.ts';
import { formatName, type FileFormat } from './formats.ts';
import { fitInBox, type PixelSize } from './image-size.ts';
import { renderIsolated } from './isolated-render.ts';
import { perceptualHash, sampleHeightPx, sampleWidthPx } from './perceptual-hash.ts';
import type { EncodedPicture, PictureInput, Rendered, RenderWish } from './renditions.ts';
import { Slots } from './slots.ts';
import { sniffFile, sniffFormat } from './sniff.ts';
import { readTiffFields } from './tiff-fields.ts';

/** Bytes in, bytes out: decodes a picture once and makes all that is wished for of it (SPEED §1). */

export type ImageFacts = PixelSize & {
  readonly format: FileFormat;
  /** Exif 1-8, as stored; `widthPx` and `heightPx` are after it. */
  readonly orientation: number;
  /** Frames of an animated GIF or WebP; 1 for everything else. */
  readonly frameCount: number;
};

/** Node's own default is 4. */
const threadPoolSize = Number.parseInt(process.env['UV_THREADPOOL_SIZE'] ?? '', 10) || 4;

/**
 * How many pictures are decoded at once; more only take memory. One thread of Node's pool stays free, so that files
 * can be read meanwhile. A program that wants more than three sets `UV_THREADPOOL_SIZE` before anything else.
 */
export const renderParallelism = Math.max(1, Math.min(availableParallelism(), threadPoolSize - 1));

/** A TIFF's compression that libtiff is built without here. */
const oldJpeg = 6;

const slots = new Slots(renderParallelism);

/** The same for models and the grid; nobody sees more in a larger file (SPEED §1 has the times). */
const jpegOptions = { quality: 85, optimiseCoding: false } as const;

/**
 * What the header of a picture says. Throws `file-missing`, `file-unreadable`, `file-empty`, `not-an-image`, `sidecar`,
 * `unsupported-format`, `file-damaged` or `image-too-large`; sound pixels are only known after rendering.
 */
export async function inspectImage(input: PictureInput): Promise<ImageFacts> {
  const format = await identify(input);
  const header = await readHeader(input, format);
  const { width: widthPx, height: heightPx } = header.autoOrient;
  if (widthPx * heightPx > maxInputPixels) {
    throw new AppError('image-too-large', { megapixels: Math.round((widthPx * heightPx) / 1e6) });
  }
  const isFilm = format === 'gif' || format === 'webp';
  return {
    format,
    widthPx,
    heightPx,
    orientation: header.orientation ?? 1,
    frameCount: isFilm ? (header.pages ?? 1) : 1,
  };
}

/**
 * Renders what is wished for, in sRGB, upright, without metadata, never enlarged; of animations the first frame. Any
 * number of calls may be made at once: `renderParallelism` of them work, the others wait. Throws what `inspectImage`
 * throws, `decoder-timeout`, and `canceled` when `signal` aborts before the decoder starts.
 *
 * `isolated` does the same in a process of its own, for files that were being decoded when an engine died
 * (DESIGN §2); it throws `decoder-crashed` when that process dies.
 */
export async function renderPhoto<const Wish extends RenderWish>(
  input: PictureInput,
  wish: Wish,
  options: { readonly signal?: AbortSignal; readonly isolated?: boolean } = {},
): Promise<Rendered<Wish>> {
  const { signal, isolated = false } = options;
  const rendered = await slots.run(
    () =>
      isolated ? renderIsolated(input, wish, signal === undefined ? {} : { signal }) : render(input, wish),
    signal,
  );
  return rendered as Rendered<Wish>; // why: render makes exactly the wished kinds, which it cannot prove kind by kind
}

async function render(input: PictureInput, wish: RenderWish): Promise<Rendered<RenderWish>> {
  const source = await inspectImage(input);
  try {
    const cut = wish.crop === undefined ? undefined : toPixelBox(source, wish.crop);
    const opened = await open(input, cut);
    return await makeRenditions(opened, cut ?? source, wish);
  } catch (error) {
    throw await explain(error, source.format, input);
  }
}

async function open(input: PictureInput, cut: PixelBox | undefined): Promise<Sharp> {
  const picture = openPicture(await readable(input));
  if (cut === undefined) return picture;
  const { leftPx: left, topPx: top, widthPx: width, heightPx: height } = cut;
  return picture.extract({ left, top, width, height });
}

async function makeRenditions(
  opened: Sharp,
  source: PixelSize,
  wish: RenderWish,
): Promise<Rendered<RenderWish>> {
  const model = wish.model === undefined ? undefined : keepShape(wish.model, source);
  const thumbnail = wish.thumbnail === undefined ? undefined : fitInBox(source, wish.thumbnail.boxPx);
  const needsSample = wish.perceptualHash === true || wish.colors === true;
  const base = largest(model, thumbnail) ?? { widthPx: sampleWidthPx, heightPx: sampleHeightPx };

  // Transparency becomes white, as on paper and in every viewer: dark drawings on nothing would vanish on black.
  const decoded = resize(opened.flatten({ background: '#fff' }), base);
  if (!needsSample && (model === undefined || thumbnail === undefined)) {
    const only = await encode(decoded, base);
    return { ...(model && { model: only }), ...(thumbnail && { thumbnail: only }) };
  }

  const pixels = await decoded.raw().toBuffer();
  const again = () => openPixels(pixels, base.widthPx, base.heightPx);
  const [modelPicture, thumbnailPicture, sample] = await Promise.all([
    model && encode(resize(again(), model), model),
    thumbnail && encode(resize(again(), thumbnail), thumbnail),
    needsSample
      ? resize(again(), { widthPx: sampleWidthPx, heightPx: sampleHeightPx }).raw().toBuffer()
      : undefined,
  ]);
  return {
    ...(modelPicture && { model: modelPicture }),
    ...(thumbnailPicture && { thumbnail: thumbnailPicture }),
    ...(sample && wish.perceptualHash && { perceptualHash: perceptualHash(sample) }),
    ...(sample && wish.colors && { colors: findColors(sample) }),
  };
}

function resize(picture: Sharp, { widthPx, heightPx }: PixelSize): Sharp {
  return picture.resize(widthPx, heightPx, { fit: 'fill' });
}

async function encode(picture: Sharp, size: PixelSize): Promise<EncodedPicture> {
  const bytes = await picture.jpeg(jpegOptions).toBuffer();
  return { bytes, widthPx: size.widthPx, heightPx: size.heightPx, mediaType: 'image/jpeg' };
}

function largest(one: PixelSize | undefined, other: PixelSize | undefined): PixelSize | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.widthPx >= other.widthPx ? one : other;
}

/**
 * The wished size if it has the picture's shape; else the largest within it that has. The wish may be older than the
 * file, and a picture must not come out bent or enlarged.
 */
function keepShape(wish: PixelSize, source: PixelSize): PixelSize {
  const widthError = Math.abs(wish.widthPx - (source.widthPx * wish.heightPx) / source.heightPx);
  const heightError = Math.abs(wish.heightPx - (source.heightPx * wish.widthPx) / source.widthPx);
  const isSmaller = wish.widthPx <= source.widthPx && wish.heightPx <= source.heightPx;
  if (isSmaller && Math.min(widthError, heightError) <= 1.5) return wish;
  const factor = Math.min(wish.widthPx / source.widthPx, wish.heightPx / source.heightPx);
  return fitInBox(source, factor * Math.max(source.widthPx, source.heightPx));
}

/** Refuses by content what must not reach the decoder, which takes a RAW for the small TIFF that it contains. */
async function identify(input: PictureInput): Promise<FileFormat> {
  if (typeof input !== 'string' && input.length === 0) throw new AppError('file-empty');
  const { format, supported } = typeof input === 'string' ? await sniffFile(input) : sniffFormat(input);
  if (supported) return format;
  if (format === 'unknown') throw new AppError('not-an-image');
  if (format === 'xmp') throw new AppError('sidecar');
  throw new AppError('unsupported-format', { format: formatName(format) });
}

async function readHeader(input: PictureInput, format: FileFormat): Promise<Metadata> {
  const picture = openPicture(await readable(input), { limited: false });
  try {
    return await picture.metadata();
  } catch (error) {
    throw await explain(error, format, input);
  }
}

/**
 * What an error of the decoder means. libvips keeps its words in one place for all that is decoded at once, so they may be
 * another file's: whether a TIFF is of a kind that cannot be read is looked up in the file.
 */
async function explain(error: unknown, format: FileFormat, input: PictureInput): Promise<AppError> {
  const known = toDecoderError(error, format);
  const mayBeKind = known.code === 'file-damaged' || known.code === 'unsupported-format';
  if (format !== 'tiff' || !mayBeKind) return known;
  try {
    const bytes = typeof input === 'string' ? await readFile(input) : input;
    if (readTiffFields(bytes).compression !== oldJpeg) return known;
  } catch (readError) {
    // It could be opened a moment ago; what is known already is what there is to say.
    if (systemCode(readError) === undefined) throw readError;
    return known;
  }
  return new AppError(
    'unsupported-format',
    { format: `This kind of ${formatName(format)}` },
    { cause: error },
  );
}

/** libvips takes a bracket at the end of a path for options of its own; such a file is read by us. */
async function readable(input: PictureInput): Promise<PictureInput> {
  if (typeof input !== 'string' || !input.endsWith(']')) return input;
  return readFile(input).catch((error: unknown) => {
    throw new AppError(fileErrorCode(error), { path: input }, { cause: error });
  });
}
