import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { photoOf, readLedger, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';
import { makeLiveMovie, makeLiveStill } from '../helpers/live-photo.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { hasExifTool } from '../metadata/samples.ts';

/** Both halves of a Live Photo are one photo, by Apple's identifier, wherever they lie and whatever they are called. */

// Movies are read by ExifTool.
const canRun = await hasExifTool();

const [first, second] = ['5A1B9E52-8E1F-4C3B-9B0A-0C1D2E3F4A5B', 'C0FFEE00-0000-4000-8000-000000000002'];

async function writeStill(
  bench: Bench,
  name: string,
  identifier: string | undefined,
  seed = 1,
): Promise<void> {
  await writeOld(join(bench.photos, name), makeLiveStill(await photoOf(seed), identifier));
}

async function writeMovie(bench: Bench, name: string, identifier: string | undefined): Promise<void> {
  await writeOld(join(bench.photos, name), makeLiveMovie(identifier));
}

async function countPhotos(engine: TestEngine): Promise<number> {
  return (await engine.engine.call('library.status', {})).photos;
}

async function ownerOf(bench: Bench, engine: TestEngine, name: string): Promise<string> {
  return (await engine.show(join(bench.photos, name))).path.slice(bench.photos.length + 1);
}

test.runIf(canRun).each([
  ['beside it under another name', 'IMG_1.JPG', 'clip.MOV'],
  ['in another folder', 'IMG_1.JPG', 'movies/IMG_1.MOV'],
  ['as an MP4', 'IMG_1.JPG', 'movies/clip.mp4'],
])('a movie %s belongs to the photo with its identifier', async (_where, still, movie) => {
  const bench = await useBench();
  await writeStill(bench, still, first);
  await writeMovie(bench, movie, first);
  await writeMovie(bench, 'holiday.mov', undefined);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();

  expect(await ownerOf(bench, engine, movie)).toBe(still);
  expect(await ownerOf(bench, engine, 'holiday.mov')).toBe('holiday.mov');
  expect(await countPhotos(engine)).toBe(2);
  expect(readLedger(bench.library)).toHaveLength(1);
  await engine.scan();
  expect(await ownerOf(bench, engine, movie)).toBe(still);
});

test.runIf(canRun)(
  'whichever half comes later joins the other, which keeps what was said of it',
  async () => {
    const bench = await useBench();
    await writeMovie(bench, 'movies/a.MOV', first);
    await writeStill(bench, 'b.JPG', second, 2);
    const engine = await bench.open();
    await engine.scan(bench.photos);
    await engine.describeRest();
    const described = await engine.show(join(bench.photos, 'b.JPG'));

    await writeStill(bench, 'stills/a.JPG', first);
    await writeMovie(bench, 'movies/b.MOV', second);
    await engine.scan();
    expect(await ownerOf(bench, engine, 'movies/a.MOV')).toBe('stills/a.JPG');
    const joined = await engine.show(join(bench.photos, 'movies/b.MOV'));
    expect(joined).toMatchObject({ id: described.id, description: described.description });
    expect(await countPhotos(engine)).toBe(2);
  },
);

test.runIf(canRun)(
  'a movie of the same name that says it is another photo’s is not joined, and goes to its own',
  async () => {
    const bench = await useBench();
    await writeStill(bench, 'IMG_1.JPG', first);
    await writeMovie(bench, 'IMG_1.MOV', second);
    await writeStill(bench, 'IMG_2.JPG', second, 2);
    await writeMovie(bench, 'IMG_2.MOV', first);
    // A new phone counts from the start again: the same name, nobody’s movie.
    await writeStill(bench, 'IMG_3.JPG', '33333333-0000-4000-8000-000000000003', 3);
    await writeMovie(bench, 'IMG_3.MOV', '44444444-0000-4000-8000-000000000004');
    const engine = await bench.open();
    await engine.scan(bench.photos);

    const owners = async () =>
      Promise.all(['IMG_1.MOV', 'IMG_2.MOV', 'IMG_3.MOV'].map(async (name) => ownerOf(bench, engine, name)));
    expect(await owners()).toEqual(['IMG_2.JPG', 'IMG_1.JPG', 'IMG_3.MOV']);
    expect(await countPhotos(engine)).toBe(4);
    await engine.scan();
    expect(await owners()).toEqual(['IMG_2.JPG', 'IMG_1.JPG', 'IMG_3.MOV']);
  },
);

test.runIf(canRun)('a movie that is replaced by another one is asked again', async () => {
  const bench = await useBench();
  await writeStill(bench, 'a.JPG', first);
  await writeMovie(bench, 'clips/b.MOV', undefined);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  expect(await countPhotos(engine)).toBe(2);
  await rm(join(bench.photos, 'clips/b.MOV'));
  await writeMovie(bench, 'clips/b.MOV', first);
  await engine.scan();
  expect(await ownerOf(bench, engine, 'clips/b.MOV')).toBe('a.JPG');
});

test.runIf(canRun)(
  'of one name without an identifier, a movie of another hour is a video of its own',
  async () => {
    const bench = await useBench();
    const exif = { IFD2: { DateTimeOriginal: '2019:05:04 12:30:05', OffsetTimeOriginal: '+02:00' } };
    for (const [index, name] of ['same', 'later'].entries()) {
      const photo = await encodePhoto({ widthPx: 320, heightPx: 240, seed: index, exif });
      await writeOld(join(bench.photos, `${name}.JPG`), photo);
    }
    const taken = Date.UTC(2019, 4, 4, 10, 30, 3);
    await writeOld(join(bench.photos, 'same.MOV'), makeLiveMovie(undefined, taken));
    await writeOld(
      join(bench.photos, 'later.MOV'),
      makeLiveMovie(undefined, taken + 8 * 3_600_000 + 400_000),
    );
    const engine = await bench.open();
    await engine.scan(bench.photos);
    const owners = () => Promise.all(['same.MOV', 'later.MOV'].map((name) => ownerOf(bench, engine, name)));
    expect(await owners()).toEqual(['same.JPG', 'later.MOV']);
    const { companions } = await engine.show(join(bench.photos, 'same.JPG'));
    expect(companions).toEqual([{ path: join(bench.photos, 'same.MOV'), role: 'motion', format: 'mov' }]);

    // The folder is looked at anew.
    await writeOld(join(bench.photos, 'later.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    await engine.scan();
    expect(await owners()).toEqual(['same.JPG', 'later.MOV']);
  },
);
