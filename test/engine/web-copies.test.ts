import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { useBench } from '../helpers/engine.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

test.skipIf(realPhotos === undefined)(
  'a real photo and its copy for the web are no burst; the next frame is',
  async () => {
    const bench = await useBench();
    const at = (name: string) => join(bench.photos, name);
    const original = realPhoto('jpeg/Apple_iPhone_6.jpg');
    await copyFile(original, at('IMG_2101.jpg'));
    await sharp(original).resize(1280).keepExif().jpeg({ quality: 80 }).toFile(at('IMG_2101-web.jpg'));
    const engine = await bench.open();
    await engine.connect({ kind: 'built-in' });
    const bursts = async () => {
      const { photos } = await engine.engine.call('search.query', { query: 'is:burst' });
      return photos.map(({ path }) => basename(path)).toSorted();
    };
    await engine.scan(bench.photos);
    await engine.describe();
    expect(await bursts()).toEqual([]);

    await sharp(original)
      .withExifMerge({ IFD2: { DateTimeOriginal: '2014:09:16 14:05:13' } })
      .jpeg({ quality: 95 })
      .toFile(at('IMG_2102.jpg'));
    await engine.scan();
    await engine.describe();
    expect(await bursts()).toEqual(['IMG_2101.jpg', 'IMG_2102.jpg']);
  },
);
