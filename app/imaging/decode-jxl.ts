import { readFile } from 'node:fs/promises';
import initialize, { JxlImage } from 'jxl-oxide-wasm';
import { AppError } from '../platform/errors.ts';
import type { Part } from './renditions.ts';

/**
 * JPEG XL by jxl-oxide, as WebAssembly: a PNG of its first frame, upright. Blocks its thread for seconds, so only the
 * decoder process loads this file. Throws `file-damaged`.
 */
export async function decodeJxl(bytes: Uint8Array, { isPartial }: Part): Promise<Uint8Array> {
  const program = await readFile(new URL(import.meta.resolve('jxl-oxide-wasm/module.wasm')));
  await initialize({ module_or_path: program });
  const image = new JxlImage();
  try {
    image.feedBytes(bytes);
    // A file that ends early is half a picture, or a blurred one: what was stored of it so far.
    if (!image.tryInit() || !(image.loaded || isPartial)) throw new AppError('file-damaged');
    image.forceSrgb = true;
    // Gives back its memory by itself.
    return image.render(0).encodeToPng();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('file-damaged', {}, { cause: error });
  } finally {
    image.free();
  }
}
