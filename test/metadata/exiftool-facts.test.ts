import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { Facts } from '../../app/contract/models/asset.ts';
import { createExifToolReader } from '../../app/metadata/exiftool-facts.ts';
import { readHeadFacts } from '../../app/metadata/head-facts.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';
import {
  findPerl,
  formatOf,
  hasExifTool,
  iimDataset,
  iimSegment,
  inTemporaryFolder,
  insertSegments,
  makePicture,
  runExifTool,
} from './samples.ts';

const canRun = await hasExifTool();

describe.runIf(canRun)('createExifToolReader', () => {
  const reader = createExifToolReader({ maxProcesses: 1 });
  afterAll(reader.close);

  /** What is said of where a photo was taken that has a position. */
  async function placeAt(latitude: number, longitude: number) {
    return inTemporaryFolder(async (folder) => {
      const path = join(folder, 'picture.jpg');
      await writeFile(path, await makePicture('jpeg'));
      await runExifTool([
        `-EXIF:GPSLatitude=${String(Math.abs(latitude))}`,
        `-EXIF:GPSLatitudeRef=${latitude < 0 ? 'S' : 'N'}`,
        `-EXIF:GPSLongitude=${String(Math.abs(longitude))}`,
        `-EXIF:GPSLongitudeRef=${longitude < 0 ? 'W' : 'E'}`,
        path,
      ]);
      const read = await reader.read(path);
      return read.status === 'read' ? read.facts.place : undefined;
    });
  }

  // Canadian, Mexican, Canadian, of the United States, and in a town that is claimed by two: none of it can be told by towns.
  test.each([
    ['Windsor', 42.317, -83.039, 'Detroit'],
    ['Ciudad Juárez', 31.738, -106.487, 'El Paso'],
    ['Niagara Falls', 43.079, -79.078, 'Niagara Falls'],
    ['San Ysidro', 32.552, -117.043, 'Tijuana'],
  ])(
    'names no country in %s, where a town of another one is as near',
    async (_, latitude, longitude, city) => {
      const place = await placeAt(latitude, longitude);
      expect(place).toEqual({ city, distanceKm: place?.distanceKm, isNear: true });
    },
  );

  test.each([
    ['Basel', 47.5596, 7.5886, 'Switzerland'],
    ['Konstanz', 47.6603, 9.1758, 'Germany'],
    ['Vienna', 48.2082, 16.3719, 'Austria'],
    ['Detroit', 42.3314, -83.0458, 'United States'],
  ])('names the country in the middle of %s', async (_, latitude, longitude, country) => {
    expect((await placeAt(latitude, longitude))?.country).toBe(country);
  });

  test('gives the same facts as the first pass for what ExifTool itself wrote', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'picture.jpg');
      await writeFile(path, await makePicture('jpeg'));
      await runExifTool([
        '-EXIF:Make=Canon',
        '-EXIF:Model=Canon EOS R6',
        '-EXIF:DateTimeOriginal=2019:07:14 20:31:05',
        '-EXIF:OffsetTimeOriginal=-03:00',
        '-EXIF:SubSecTimeOriginal=25',
        '-EXIF:FNumber=2.8',
        '-EXIF:GPSLatitude=33.86',
        '-EXIF:GPSLatitudeRef=S',
        '-EXIF:GPSLongitude=151.2',
        '-EXIF:GPSLongitudeRef=E',
        '-EXIF:Orientation#=8',
        '-XMP-dc:Title=2008',
        '-XMP-dc:Description=Größe, und 鷺',
        '-XMP-dc:Subject=Paris, France',
        '-XMP-dc:Subject=bird',
        '-XMP-lr:HierarchicalSubject=animal|bird',
        '-XMP-xmp:Rating=4',
        '-XMP-xmp:Label=Red',
        '-XMP-dc:Creator=Ada',
        '-XMP-iptcCore:AltTextAccessibility=A heron',
        path,
      ]);
      const head = readHeadFacts(await readFile(path), 'jpeg');
      expect(head.facts).toMatchObject({
        title: '2008',
        keywords: ['Paris, France', 'bird'],
        rating: 4,
      });
      expect(await reader.read(path)).toEqual({
        status: 'read',
        // The first pass has no index of places.
        facts: {
          ...head.facts,
          place: {
            city: 'The Rocks',
            district: 'Sydney',
            region: 'New South Wales',
            country: 'Australia',
            distanceKm: 0.77,
            isNear: false,
          },
          timeZone: 'Australia/Sydney',
        },
        orientation: head.orientation,
        problems: [],
      });
    });
  });

  test('reads undeclared IPTC texts as the first pass does', async () => {
    await inTemporaryFolder(async (folder) => {
      for (const [name, encoding] of [['utf8.jpg', 'utf8'] as const, ['latin1.jpg', 'latin1'] as const]) {
        const path = join(folder, name);
        const keywords = ['Größe', 'Straße'].map((keyword) =>
          iimDataset(2, 25, Buffer.from(keyword, encoding)),
        );
        await writeFile(path, insertSegments(await makePicture('jpeg'), [iimSegment(keywords)]));
        expect(await reader.read(path)).toMatchObject({ facts: { keywords: ['Größe', 'Straße'] } });
      }
    });
  });

  test('skips a name with a line break, which ExifTool would take for two orders', async () => {
    await inTemporaryFolder(async (folder) => {
      expect(await reader.read(join(folder, 'a\n-execute\n.jpg'))).toEqual({
        status: 'skipped',
        reason: 'file-name',
      });
    });
  });

  test('takes names that look like orders for names', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, '-delete_original #1 ü.jpg');
      await writeFile(path, await makePicture('jpeg'));
      expect(await reader.read(path)).toMatchObject({ status: 'read' });
    });
  });

  test('says that a file is missing or nothing it knows, and goes on with the next', async () => {
    await inTemporaryFolder(async (folder) => {
      expect(await reader.read(join(folder, 'missing.jpg'))).toMatchObject({
        status: 'failed',
        reason: 'unreadable',
      });
      const empty = join(folder, 'empty.jpg');
      await writeFile(empty, '');
      expect(await reader.read(empty)).toMatchObject({ status: 'failed', reason: 'unreadable' });
      const good = join(folder, 'good.jpg');
      await writeFile(good, await makePicture('jpeg'));
      expect(await reader.read(good)).toMatchObject({ status: 'read' });
    });
  });

  test('stops waiting when it is cancelled', async () => {
    await expect(reader.read('/anything.jpg', AbortSignal.abort())).rejects.toMatchObject({
      code: 'canceled',
    });
  });

  test('is unavailable once it is closed', async () => {
    const closed = createExifToolReader({ maxProcesses: 1 });
    await closed.close();
    expect(await closed.read('/anything.jpg')).toEqual({ status: 'unavailable', reason: 'closed' });
  });

  test.runIf(realPhotos !== undefined)(
    'agrees with the first pass on every real JPEG, AVIF, WebP, TIFF and HEIC',
    async () => {
      const differences: unknown[] = [];
      for (const path of await listPhotos(['jpeg', 'formats'])) {
        if (!readable.has(formatOf(path))) continue;
        const head = readHeadFacts(await readFile(path), formatOf(path));
        const thorough = await reader.read(path);
        if (thorough.status !== 'read') throw new Error(`${path}: ${thorough.status}`);
        const [ofHead, ofThorough] = [comparable(head), comparable(thorough)];
        if (!isDeepStrictEqual(ofHead, ofThorough)) differences.push({ path, ofHead, ofThorough });
      }
      expect(differences).toEqual([]);
    },
  );
});

describe.runIf(canRun && process.platform === 'linux')('its processes', () => {
  test('end when the reader is closed', async () => {
    await inTemporaryFolder(async (folder) => {
      const perl = await linkPerl(folder);
      const reader = createExifToolReader({ maxProcesses: 2, perl });
      await reader.read(import.meta.filename);
      expect(await listProcesses(perl)).toHaveLength(1);
      await reader.close();
      expect(await listProcesses(perl)).toEqual([]);
    });
  });

  test('end when our own process is killed', async () => {
    await inTemporaryFolder(async (folder) => {
      const perl = await linkPerl(folder);
      const script = `
        import { createExifToolReader } from ${JSON.stringify(join(import.meta.dirname, '../../app/metadata/exiftool-facts.ts'))};
        const reader = createExifToolReader({ maxProcesses: 1, perl: ${JSON.stringify(perl)} });
        await reader.read('/');
        console.log('ready');
        setInterval(() => {}, 1000);`;
      const engine = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(engine.stdout, 'data');
      expect(await listProcesses(perl)).toHaveLength(1);
      engine.kill('SIGKILL');
      await once(engine, 'exit');
      await expect.poll(async () => listProcesses(perl)).toEqual([]);
    });
  });
});

describe('without Perl', () => {
  test.skipIf(process.platform === 'win32')('is unavailable, and says why', async () => {
    const reader = createExifToolReader({ maxProcesses: 1, perl: 'no-such-perl' });
    const result = await reader.read('/anything.jpg');
    expect(result.status === 'unavailable' && result.reason).toContain('no-such-perl');
    await reader.close();
  });
});

describe.runIf(realPhotos !== undefined)('readHeadFacts on broken files', () => {
  test('gives an answer for each, quickly', async () => {
    for (const path of await listPhotos(['broken'])) {
      const bytes = await readFile(path);
      for (const format of ['jpeg', 'tiff', 'png', 'webp', 'gif', 'avif']) {
        expect(readHeadFacts(bytes, format).facts).toBeTypeOf('object');
      }
    }
  }, 5000);
});

/** Perl under a name of its own, so that its processes can be told from all others. */
async function linkPerl(folder: string): Promise<string> {
  const perl = join(folder, 'perl');
  await symlink((await findPerl()) ?? '', perl);
  return perl;
}

/** The ids of the running processes that were started by this name. */
async function listProcesses(command: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const commands = await Promise.allSettled(ids.map(async (id) => readFile(`/proc/${id}/cmdline`, 'utf8')));
  return ids.filter((_, index) => {
    const result = commands[index];
    return result?.status === 'fulfilled' && result.value.startsWith(`${command}\0`);
  });
}

const readable = new Set(['jpeg', 'webp', 'avif', 'tiff', 'heic', 'heif']);

async function listPhotos(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(realPhoto(folder));
      return names.map((name) => realPhoto(join(folder, name)));
    }),
  );
  return lists.flat();
}

/** What both readers must agree on; ExifTool alone knows maker notes, so lenses and exposures may differ, and places. */
function comparable({ facts, orientation }: { facts: Facts; orientation?: number }): object {
  const ofMakerNotes = { lens: undefined, apertureF: undefined, exposureSeconds: undefined, iso: undefined };
  const ofPlaceIndex = { place: undefined, timeZone: undefined };
  return { ...facts, ...ofMakerNotes, ...ofPlaceIndex, orientation };
}
