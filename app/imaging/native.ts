import { readFile } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { AppError, fileErrorCode, systemCode } from '../platform/errors.ts';
import { openPicture, toDecoderError } from './decoder.ts';
import { formatName, type FileFormat } from './formats.ts';
import type { PictureInput } from './renditions.ts';
import { readTiffFields } from './tiff-fields.ts';

/** What libvips opens by itself: its headers, its errors, its whims. */

/** A TIFF's compression that libtiff is built without here. */
const oldJpeg = 6;

/** Throws `file-missing`, `file-unreadable`, `file-damaged` or `unsupported-format`. */
export async function readNativeHeader(input: PictureInput, format: FileFormat): Promise<Metadata> {
  const picture = openPicture(await toReadable(input), { limited: false });
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
export async function explain(error: unknown, format: FileFormat, input: PictureInput): Promise<AppError> {
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
export async function toReadable(input: PictureInput): Promise<PictureInput> {
  if (typeof input !== 'string' || !input.endsWith(']')) return input;
  return readFile(input).catch((error: unknown) => {
    throw new AppError(fileErrorCode(error), { path: input }, { cause: error });
  });
}
