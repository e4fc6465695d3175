import libheif from 'libheif-js/wasm-bundle.js';
import { AppError } from '../platform/errors.ts';
import { readHeifHeader, type HeifColor } from './heif-header.ts';
import { profileFor } from './icc-profile.ts';
import type { Part } from './renditions.ts';
import { createPlainTiff } from './plain-tiff.ts';

/**
 * HEIC by libheif, as WebAssembly: upright, 8 bits, with the colours that the file says. Blocks its thread for seconds, so
 * only the decoder process loads this file. Throws `file-damaged`.
 */
export async function decodeHeic(bytes: Uint8Array, { isPartial }: Part): Promise<Uint8Array> {
  const header = readHeifHeader(bytes);
  if (header?.isWhole === false && !isPartial) throw new AppError('file-damaged');
  const images = new libheif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
    if (image === undefined) throw new AppError('file-damaged');
    const size = { widthPx: image.get_width(), heightPx: image.get_height() };
    const tiff = createPlainTiff(
      size,
      { colors: 'rgb', hasAlpha: true, depthBits: 8 },
      toProfile(header?.color),
    );
    const target = { data: tiff.pixels, width: size.widthPx, height: size.heightPx };
    const shown = await new Promise((resolve) => {
      image.display(target, resolve);
    });
    // Tiles that are not in the file are black to it; where none is, there is nothing to see.
    if (shown === null || (header?.isWhole === false && isBlack(tiff.pixels))) {
      throw new AppError('file-damaged');
    }
    return tiff.bytes;
  } finally {
    for (const image of images) image.free();
  }
}

/** Without looking at how transparent it is. */
function isBlack(pixels: Uint8Array): boolean {
  return pixels.every((value, index) => value === 0 || index % 4 === 3);
}

function toProfile(color: HeifColor | undefined): Uint8Array | undefined {
  return color?.kind === 'nclx' ? profileFor(color.primaries, color.transfer) : color?.profile;
}
