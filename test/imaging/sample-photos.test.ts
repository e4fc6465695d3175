import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { load } from 'exifreader';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectImage } from '../../app/imaging/header.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { drawSamplePhotos } from '../../app/imaging/sample-photos.ts';

let folder: string;
let paths: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-samples-'));
  paths = await drawSamplePhotos(join(folder, 'one'));
});

afterAll(() => rm(folder, { recursive: true }));

/** What can be seen of files from outside. */
function describeFiles(root: string, files: string[]) {
  return Promise.all(
    files.map(async (file) => ({
      name: relative(root, file),
      bytes: (await readFile(file)).toString('base64'),
      mtimeMs: (await stat(file)).mtimeMs,
    })),
  );
}

const path = (name: string) => join(folder, 'one', name);

describe('drawSamplePhotos', () => {
  test('draws the same files every time, down to their times', async () => {
    const again = await drawSamplePhotos(join(folder, 'two'));
    expect(await describeFiles(join(folder, 'two'), again)).toEqual(
      await describeFiles(join(folder, 'one'), paths),
    );
  });

  test('every one can be rendered, and only the copy looks like another', async () => {
    const rendered = await Promise.all(paths.map((file) => renderPhoto(file, { perceptualHash: true })));
    const hashes = new Set(rendered.map(({ perceptualHash }) => perceptualHash));
    expect(paths.length).toBeGreaterThanOrEqual(12);
    expect(hashes.size).toBe(paths.length - 1);
    expect(await readFile(path('Downloads/IMG_0431 (1).jpg'))).toEqual(
      await readFile(path('2019/Iceland/IMG_0431.jpg')),
    );
  });

  test('shows the kinds of files that people have', async () => {
    const facts = await Promise.all(paths.map((file) => inspectImage(file)));
    expect(new Set(facts.map(({ format }) => format))).toEqual(new Set(['jpeg', 'png', 'webp']));
    expect(facts.filter(({ orientation }) => orientation === 6)).toHaveLength(1);
    expect(facts.filter(({ widthPx, heightPx }) => widthPx >= 4 * heightPx)).toHaveLength(1);
    const scan = await renderPhoto(path('Scans/lighthouse.jpg'), { colors: true });
    expect(scan.colors.isMonochrome).toBe(true);
  });

  test('gives them the facts of a camera', async () => {
    const { exif, gps, xmp } = load(await readFile(path('2019/Iceland/IMG_0412.jpg')), { expanded: true });
    expect({
      camera: exif?.Model?.description,
      lens: exif?.LensModel?.description,
      takenAt: exif?.DateTimeOriginal?.description,
      offset: exif?.OffsetTimeOriginal?.description,
      exposure: exif?.ExposureTime?.description,
      latitude: gps?.Latitude?.toFixed(3),
      longitude: gps?.Longitude?.toFixed(3),
      hasXmp: xmp !== undefined,
    }).toEqual({
      camera: 'Canon EOS 6D',
      lens: 'EF24-105mm f/4L IS USM',
      takenAt: '2019:07:14 15:20:44',
      offset: '+00:00',
      exposure: '1/250',
      latitude: '63.532',
      longitude: '-19.511',
      hasXmp: true,
    });
  });
});
