import { makePhoto, type PhotoOptions } from '../helpers/photos.ts';

/** A photo of a stamp's size: the command line does the same with it as with a large one, only sooner. */
export async function makeSmallPhoto(path: string, options: PhotoOptions = {}): Promise<void> {
  await makePhoto(path, { widthPx: 120, heightPx: 80, ...options });
}
