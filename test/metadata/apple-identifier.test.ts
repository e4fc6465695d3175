import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, integer, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAppleIdentifier } from '../../app/metadata/apple-identifier.ts';
import { createExifToolReader } from '../../app/metadata/exiftool-facts.ts';
import { readHeadFacts } from '../../app/metadata/head-facts.ts';
import { makeLiveMovie, makeLiveStill } from '../helpers/live-photo.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';
import { hasExifTool, inTemporaryFolder, makePicture, runExifTool } from './samples.ts';

const [before, after] = ['5A1B9E52-8E1F-4C3B-9B0A-0C1D2E3F4A5B', 'C0FFEE00-0000-4000-8000-000000000002'];

describe.runIf(await hasExifTool())('identifiers of Live Photos', () => {
  test('are read from a photo as ExifTool writes them', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'still.jpg');
      await writeFile(path, makeLiveStill(await makePicture('jpeg'), before));
      await runExifTool([`-Apple:ContentIdentifier=${after}`, path]);
      expect(readHeadFacts(await readFile(path), 'jpeg').contentIdentifier).toBe(after);
    });
  });

  test('are read from a movie as ExifTool writes them', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'movie.mov');
      await writeFile(path, makeLiveMovie(undefined));
      await runExifTool([`-Keys:ContentIdentifier=${after}`, path]);
      const reader = createExifToolReader({ maxProcesses: 1 });
      expect(await reader.read(path)).toMatchObject({ status: 'read', contentIdentifier: after });
      await writeFile(path, makeLiveMovie(before));
      expect(await reader.read(path)).toMatchObject({ status: 'read', contentIdentifier: before });
      await writeFile(path, makeLiveMovie(undefined));
      expect(await reader.read(path)).not.toHaveProperty('contentIdentifier');
      await reader.close();
    });
  });
});

test('a photo of Apple’s that is no Live Photo has no identifier', async () => {
  const still = makeLiveStill(await makePicture('jpeg'), undefined);
  expect(readHeadFacts(still, 'jpeg').contentIdentifier).toBeUndefined();
});

test.runIf(realPhotos !== undefined)('neither has a real one', async () => {
  const photo = await readFile(realPhoto('jpeg/Apple_iPhone_6.jpg'));
  expect(readHeadFacts(photo, 'jpeg')).toMatchObject({ facts: { cameraMake: 'Apple' } });
  expect(readHeadFacts(photo, 'jpeg').contentIdentifier).toBeUndefined();
});

test('a maker note that is cut short or scrambled gives the identifier or nothing', async () => {
  const still = makeLiveStill(await makePicture('jpeg'), before);
  const exif = still.subarray(12, 400);
  expect(findAppleIdentifier(exif)).toBe(before);
  assert(
    property(integer({ min: 0, max: exif.length }), uint8Array({ maxLength: 40 }), (at, noise) => {
      expect([before, undefined]).toContain(findAppleIdentifier(exif.subarray(0, at)));
      const scrambled = Buffer.from(exif);
      scrambled.set(noise.subarray(0, exif.length - at), at);
      const found = findAppleIdentifier(scrambled);
      expect(found ?? before).toMatch(/^[0-9A-Za-z-]{8,64}$/u);
    }),
  );
});
