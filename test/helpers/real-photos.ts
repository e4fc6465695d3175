import { join } from 'node:path';

/** The folder of real photos, when there is one: `CUTLINE_PHOTOS`. Tests that need it say aloud that they are skipped. */
export const realPhotos = process.env['CUTLINE_PHOTOS'];

if (realPhotos === undefined) console.warn('CUTLINE_PHOTOS is not set: tests on real photos are skipped.');

/** A path inside that folder. */
export function realPhoto(relativePath: string): string {
  if (realPhotos === undefined) throw new Error('This test needs CUTLINE_PHOTOS.');
  return join(realPhotos, relativePath);
}
