import { measureText } from './text-amount.ts';
import type { Sharp } from 'sharp';
import { AppError } from '../platform/errors.ts';
import { findColors } from './colors.ts';
import { toPixelBox, type PixelBox } from './crop.ts';
import { openPicture, openPixels } from './decoder.ts';
import { decodingOf } from './formats.ts';
import { inspectImage, type ImageFacts } from './header.ts';
import { fitInBox, type PixelSize } from './image-size.ts';
import { explain } from './native.ts';
import { openSource } from './open-source.ts';
import { perceptualHash, sampleHeightPx, sampleWidthPx } from './perceptual-hash.ts';
import type { EncodedPicture, PictureInput, Rendered, RenderWish } from './renditions.ts';

/** Decodes a picture once, in this very process, and makes all that is wished for of it (SPEED §1). */

/** The same for models and the grid; nobody sees more in a larger file (SPEED §1 has the times). */
const jpegOptions = { quality: 85, optimiseCoding: false } as const;

/** As `renderPhoto` promises, with what its header said if that was read before; for whoever is to be at risk: decoders may die, or take all memory. */
export async function renderHere(
  input: PictureInput,
  wish: RenderWish,
  known?: ImageFacts,
): Promise<Rendered<RenderWish>> {
  const facts = known ?? (await inspectImage(input));
  try {
    const { picture, size } = await openSource(input, facts, wishedSize(facts, wish), {
      isPartial: wish.isPartial === true,
    });
    const cut = wish.crop === undefined ? undefined : toPixelBox(size, wish.crop);
    return await makeRenditions(open(picture, cut, wish), cut ?? size, wish);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw await explain(
      error,
      facts.format,
      decodingOf(facts.format) === 'native' ? input : new Uint8Array(),
    );
  }
}

const sampleSize: PixelSize = { widthPx: sampleWidthPx, heightPx: sampleHeightPx };

/** How large the whole picture has to be for what is made of it, or of a part of it. */
function wishedSize(source: PixelSize, { model, thumbnail, crop }: RenderWish): PixelSize {
  const { widthPx, heightPx } = largest(model, thumbnail && fitInBox(source, thumbnail.boxPx)) ?? sampleSize;
  return crop === undefined
    ? { widthPx, heightPx }
    : { widthPx: widthPx / crop.width, heightPx: heightPx / crop.height };
}

function open(picture: PictureInput, cut: PixelBox | undefined, { isPartial }: RenderWish): Sharp {
  const opened = openPicture(picture, { isPartial: isPartial === true });
  if (cut === undefined) return opened;
  const { leftPx: left, topPx: top, widthPx: width, heightPx: height } = cut;
  return opened.extract({ left, top, width, height });
}

async function makeRenditions(
  opened: Sharp,
  source: PixelSize,
  wish: RenderWish,
): Promise<Rendered<RenderWish>> {
  const model = wish.model === undefined ? undefined : keepShape(wish.model, source);
  const thumbnail = wish.thumbnail === undefined ? undefined : fitInBox(source, wish.thumbnail.boxPx);
  const needsSample = wish.perceptualHash === true || wish.colors === true;
  const measured = wish.text === true ? thumbnail : undefined;
  const base = largest(model, thumbnail) ?? { widthPx: sampleWidthPx, heightPx: sampleHeightPx };

  // Transparency becomes white, as on paper and in every viewer: dark drawings on nothing would vanish on black.
  const decoded = resize(opened.flatten({ background: '#fff' }), base);
  if (!needsSample && measured === undefined && (model === undefined || thumbnail === undefined)) {
    const only = await encode(decoded, base, model === undefined ? wish.thumbnail?.quality : undefined);
    return { ...(model && { model: only }), ...(thumbnail && { thumbnail: only }) };
  }

  const pixels = await decoded.raw().toBuffer();
  const again = () => openPixels(pixels, base.widthPx, base.heightPx);
  const isOne = wish.thumbnail?.quality === undefined && isSameSize(model, thumbnail);
  const [modelPicture, ownThumbnail, sample, grey] = await Promise.all([
    model && encode(resize(again(), model), model),
    thumbnail && !isOne ? encode(resize(again(), thumbnail), thumbnail, wish.thumbnail?.quality) : undefined,
    needsSample
      ? resize(again(), { widthPx: sampleWidthPx, heightPx: sampleHeightPx }).raw().toBuffer()
      : undefined,
    measured && resize(again(), measured).toColourspace('b-w').raw().toBuffer(),
  ]);
  const thumbnailPicture = isOne ? modelPicture : ownThumbnail;
  return {
    ...(modelPicture && { model: modelPicture }),
    ...(thumbnailPicture && { thumbnail: thumbnailPicture }),
    ...(sample && wish.perceptualHash && { perceptualHash: perceptualHash(sample) }),
    ...(sample && wish.colors && { colors: findColors(sample) }),
    ...(grey && measured && { text: measureText({ ...measured, pixels: grey }) }),
  };
}

function isSameSize(one: PixelSize | undefined, other: PixelSize | undefined): boolean {
  return one?.widthPx === other?.widthPx && one?.heightPx === other?.heightPx;
}

function resize(picture: Sharp, { widthPx, heightPx }: PixelSize): Sharp {
  return picture.resize(widthPx, heightPx, { fit: 'fill' });
}

async function encode(
  picture: Sharp,
  size: PixelSize,
  quality: number = jpegOptions.quality,
): Promise<EncodedPicture> {
  const bytes = await picture.jpeg({ ...jpegOptions, quality }).toBuffer();
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
