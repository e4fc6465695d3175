import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawSamplePhotos } from '../imaging/sample-photos.ts';

/** A library nobody keeps, in a temporary folder. `remove` takes everything in it away again. */
export type ThrowAwayLibrary = {
  readonly folder: string;
  readonly libraryFolder: string;
  remove(): Promise<void>;
};

/** For looking at folders without leaving a trace in anybody's library. */
export async function createThrowAwayLibrary(): Promise<ThrowAwayLibrary> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-'));
  return {
    folder,
    libraryFolder: join(folder, 'library'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Draws the sample photos into a folder beside the throw-away library. Gives the folder. */
export async function addSamplePhotos({ folder }: ThrowAwayLibrary): Promise<string> {
  const photos = join(folder, 'sample photos');
  await drawSamplePhotos(photos);
  return photos;
}
