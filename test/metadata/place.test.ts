import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatWhere } from '../../app/contract/place-name.ts';
import { createExifToolReader, type ThoroughFacts } from '../../app/metadata/exiftool-facts.ts';
import { mergeFacts } from '../../app/metadata/facts.ts';
import { toPlaceFacts } from '../../app/metadata/place.ts';
import { hasExifTool, inTemporaryFolder, makePicture, runExifTool } from './samples.ts';

const canRun = await hasExifTool();

describe.runIf(canRun)('the place of a position', () => {
  const reader = createExifToolReader({ maxProcesses: 1 });
  afterAll(reader.close);

  const readAt = (latitude: number, longitude: number, more: string[] = []): Promise<ThoroughFacts> =>
    inTemporaryFolder(async (folder) => {
      const path = join(folder, 'picture.jpg');
      await writeFile(path, await makePicture('jpeg'));
      await runExifTool([
        `-EXIF:GPSLatitude=${String(Math.abs(latitude))}`,
        `-EXIF:GPSLatitudeRef=${latitude < 0 ? 'S' : 'N'}`,
        `-EXIF:GPSLongitude=${String(Math.abs(longitude))}`,
        `-EXIF:GPSLongitudeRef=${longitude < 0 ? 'W' : 'E'}`,
        ...more,
        path,
      ]);
      return reader.read(path);
    });

  // Where these are: any atlas.
  it.each([
    ['the Piazza del Campo', 43.3188, 11.3308, 'Siena', 'Tuscany', 'Italy', 'Europe/Rome'],
    ['the lake of Misurina', 46.5825, 12.2536, "Cortina d'Ampezzo", 'Veneto', 'Italy', 'Europe/Rome'],
    [
      'City Hall, Manhattan',
      40.7128,
      -74.006,
      'New York City',
      'New York',
      'United States',
      'America/New_York',
    ],
    [
      'the opera of Sydney',
      -33.8568,
      151.2153,
      'The Rocks',
      'New South Wales',
      'Australia',
      'Australia/Sydney',
    ],
  ])(
    '%s has the names that a person would look for',
    async (_name, latitude, longitude, city, region, country, timeZone) => {
      const read = await readAt(latitude, longitude);
      expect(read).toMatchObject({ facts: { place: { city, region, country }, timeZone } });
    },
  );

  // Distances by the towns' own coordinates in an atlas, on a sphere.
  it.each([
    ['a ferry amid the Channel', 51.05, 1.6, /^16 km from Sangatte$/],
    ['a ferry between Rostock and Gedser', 54.35, 12.0, /^20 km from .*Graal-Müritz$/],
    ['the plateau of the Cairngorms', 57.08, -3.66, /^16 km from Aviemore, .*Scotland, United Kingdom$/],
    ['the shoulder of the Matterhorn', 45.976, 7.658, /^near Zermatt/],
    ['the ferry to Staten Island', 40.67, -74.04, /^New York City, New York, United States$/],
  ])('%s is called by how far its town is', async (_name, latitude, longitude, where) => {
    const read = await readAt(latitude, longitude);
    if (read.status !== 'read' || read.facts.place === undefined) throw new Error('no place');
    expect(formatWhere(read.facts.place)).toMatch(where);
  });

  it.each([
    ['null island', 0, 0],
    ['next to null island', 0.0001, 0.0001],
    ['the middle of the Atlantic', 35, -40],
    ['the highlands of Iceland, a hundred kilometres from a town', 64.8, -18.5],
    ['a latitude that there is not', 95, 11],
  ])('%s has none', async (_name, latitude, longitude) => {
    const read = await readAt(latitude, longitude);
    expect(read.status).toBe('read');
    if (read.status !== 'read') return;
    expect(read.facts.place).toBeUndefined();
    expect(read.facts.timeZone).toBeUndefined();
  });

  it('gives a capture time without an offset that of its zone then, and never in the place of the camera’s own', async () => {
    const summer = '-EXIF:DateTimeOriginal=2019:07:14 20:31:05';
    const derived = await readAt(43.3188, 11.3308, [summer]);
    const own = await readAt(43.3188, 11.3308, [summer, '-EXIF:OffsetTimeOriginal=+05:00']);
    if (derived.status !== 'read' || own.status !== 'read') throw new Error('not read');
    const merged = mergeFacts({}, derived.facts);
    expect(merged.derivedOffsetMinutes).toBe(120);
    expect(merged.captureOffsetMinutes).toBeUndefined();
    const mergedOwn = mergeFacts({}, own.facts);
    expect(mergedOwn.captureOffsetMinutes).toBe(300);
    expect(mergedOwn.derivedOffsetMinutes).toBeUndefined();
  });

  it('goes when the file says another position, or none', async () => {
    const siena = await readAt(43.3188, 11.3308);
    const sea = await readAt(35, -40);
    if (siena.status !== 'read' || sea.status !== 'read') throw new Error('not read');
    const merged = mergeFacts(mergeFacts({}, siena.facts), sea.facts);
    expect(merged).toMatchObject({ latitude: 35, longitude: -40 });
    expect(merged.place).toBeUndefined();
  });
});

it('is near a village four kilometres away, and in a city ten kilometres from its centre', () => {
  const tags = {
    city: 'X',
    district: undefined,
    region: 'Y',
    country: 'Z',
    countryCode: 'ZZ',
    timeZone: 'Europe/Rome',
  };
  const at = (population: number, distance: string) =>
    toPlaceFacts({ ...tags, population, distance }).place?.isNear;
  expect(at(300, '4.00 km')).toBe(true);
  expect(at(300, '1.50 km')).toBe(false);
  expect(at(3_000_000, '10.00 km')).toBe(false);
  expect(at(3_000_000, '20.00 km')).toBe(true);
});
