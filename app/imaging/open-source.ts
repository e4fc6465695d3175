import { AppError } from '../platform/errors.ts';
import { rawSaysAdobeRgb, withAdobeRgb } from './adobe-rgb.ts';
import { decodingOf } from './formats.ts';
import type { ImageFacts } from './header.ts';
import type { PixelSize } from './image-size.ts';
import { findLargeThumbnail } from './multi-picture.ts';
import { toReadable } from './native.ts';
import { choosePreview, findRawPreviews, withOrientation } from './raw-preview.ts';
import { readWhole } from './read-input.ts';
import type { Part, PictureInput } from './renditions.ts';
import { turn } from './turn.ts';

/** What libvips is to open for a picture, and how large that is when it is upright. */
export type OpenedSource = { readonly picture: PictureInput; readonly size: PixelSize };

/**
 * The picture itself where libvips can decode it, else what a heavy decoder made of it or the JPEG that stands for it:
 * the one that is just as large as what is wished for.
 */
export async function openSource(
  input: PictureInput,
  facts: ImageFacts,
  wished: PixelSize,
  part: Part,
): Promise<OpenedSource> {
  switch (decodingOf(facts.format)) {
    case 'heavy':
      return decodeHeavy(await readWhole(input), facts, part);
    case 'preview': {
      const bytes = await readWhole(input);
      const { previews, orientation } = findRawPreviews(bytes, facts.format);
      const preview = choosePreview(previews, wished);
      if (preview === undefined) throw new AppError('no-preview');
      const jpeg = withOrientation(bytes.subarray(preview.start, preview.end), orientation);
      const isAdobeRgb = rawSaysAdobeRgb(bytes, facts.format);
      return { picture: isAdobeRgb ? withAdobeRgb(jpeg) : jpeg, size: turn(preview, orientation) };
    }
    default: {
      // Where all of it is wished for, no smaller one will do.
      const isLarger = wished.widthPx < facts.widthPx && wished.heightPx < facts.heightPx;
      const isFile = facts.format === 'jpeg' && typeof input === 'string';
      const smaller = isFile && isLarger ? await findLargeThumbnail(input, facts, wished) : undefined;
      if (facts.isAdobeRgb === true) {
        return { picture: withAdobeRgb(smaller ?? (await readWhole(input))), size: facts };
      }
      return { picture: smaller ?? (await toReadable(input)), size: facts };
    }
  }
}

/** Loaded when they are needed: most programs that render never meet such a file. */
async function decodeHeavy(bytes: Uint8Array, facts: ImageFacts, part: Part): Promise<OpenedSource> {
  try {
    switch (facts.format) {
      case 'psd':
        return await decodePsd(bytes, facts, part);
      case 'jxl':
        return { picture: await (await import('./decode-jxl.ts')).decodeJxl(bytes, part), size: facts };
      default:
        return { picture: await (await import('./decode-heic.ts')).decodeHeic(bytes, part), size: facts };
    }
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('file-damaged', {}, { cause: error });
    throw error;
  }
}

/** Its layers come first: of a document that was cut off in them, only the thumbnail that Photoshop put in front is there. */
async function decodePsd(bytes: Uint8Array, facts: ImageFacts, part: Part): Promise<OpenedSource> {
  const psd = await import('./psd.ts');
  try {
    return { picture: psd.decodePsd(bytes, part), size: facts };
  } catch (error) {
    const isDamage =
      error instanceof RangeError || (error instanceof AppError && error.code === 'file-damaged');
    const thumbnail = part.isPartial && isDamage ? psd.findPsdThumbnail(bytes) : undefined;
    if (thumbnail === undefined) throw error;
    return { picture: thumbnail.jpeg, size: thumbnail };
  }
}
