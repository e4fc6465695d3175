import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { colorOf, readGridOrder } from '../../app/contract/grid-order.ts';
import type { Events } from '../../app/contract/events.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { RenditionKind } from '../../app/contract/models/asset.ts';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles } from '../../app/db/open.ts';
import { renditionPath } from '../../app/library/renditions.ts';
import { makePhotos, photoOf, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';
import { withExifThumbnail } from '../helpers/exif-thumbnail.ts';
import { meanDifference } from '../helpers/photos.ts';

async function idOf(test: TestEngine, path: string): Promise<AssetId> {
  return (await test.show(path)).id;
}

function bytesOf(bench: Bench, id: AssetId, kind: RenditionKind): Promise<Buffer> {
  return readFile(renditionPath(bench.library, id, kind));
}

/** Upright and small enough to be compared. */
function small(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture).autoOrient().resize(200, 300, { fit: 'fill' }).png().toBuffer();
}

/** Resolves once this was told of the photo. */
function told(
  test: TestEngine,
  rendition: RenditionKind,
  id: AssetId,
): Promise<Events['rendition.failed']['error'] | 'made'> {
  return new Promise((resolve) => {
    test.engine.events.on('rendition.made', (event) => {
      if (event.rendition === rendition && event.assetIds.includes(id)) resolve('made');
    });
    test.engine.events.on('rendition.failed', (event) => {
      if (event.rendition === rendition && event.assetId === id) resolve(event.error);
    });
  });
}

/** Reads what is in the folder; nothing but what somebody looks at is made of it then. */
async function openForScreen(bench: Bench): Promise<TestEngine> {
  const test = await bench.open({ kind: 'built-in' });
  await test.scan(bench.photos);
  test.engine.start((lane) => lane === 'screen' || lane === 'ingest');
  return test;
}

it('makes the thumbnails that somebody looks at before all others', async () => {
  const bench = await useBench();
  await makePhotos(bench.photos, 30);
  const test = await bench.open({ kind: 'built-in' });
  await test.scan(bench.photos);
  const id = await idOf(test, join(bench.photos, 'photo-030.jpg'));
  const order: AssetId[] = [];
  test.engine.events.on('rendition.made', ({ rendition, assetIds }) => {
    if (rendition === 'thumbnail') order.push(...assetIds);
  });
  const made = told(test, 'thumbnail', id);
  const answer = await test.engine.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] });
  expect(answer).toEqual({ made: [], failed: [] });
  test.engine.start();
  expect(await made).toBe('made');
  const { byKind } = await test.engine.call('queue.list', {});
  expect(byKind.find(({ kind }) => kind === 'make-thumbnail')?.ready).toBeGreaterThan(15);
  expect((await sharp(await bytesOf(bench, id, 'thumbnail')).metadata()).format).toBe('jpeg');
  expect(await test.engine.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] })).toEqual({
    made: [id],
    failed: [],
  });
});

it('makes a preview upright and in the size of a screen, and every pixel for a closer look', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'turned.jpg');
  const lying = await sharp(await photoOf(5, 3_000, 2_000))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  await writeOld(path, lying);
  const test = await openForScreen(bench);
  const id = await idOf(test, path);
  for (const [rendition, size] of [
    ['preview', { width: 1_706, height: 2_560 }],
    ['full', { width: 2_000, height: 3_000 }],
  ] as const) {
    const made = told(test, rendition, id);
    await test.engine.call('rendition.want', { rendition, assetIds: [id] });
    expect(await made).toBe('made');
    const bytes = await bytesOf(bench, id, rendition);
    const { width, height, orientation, exif } = await sharp(bytes).metadata();
    expect({ width, height, orientation, exif }).toEqual({
      ...size,
      orientation: undefined,
      exif: undefined,
    });
    expect(await meanDifference(await small(bytes), await small(lying))).toBeLessThan(4);
  }
});

it('shows the camera’s own small picture at once: upright, and without the bars', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'with-thumbnail.jpg');
  const photo = await photoOf(9, 600, 400);
  // 3 : 2 in the middle of 4 : 3, with black above and below.
  const stamp = await sharp(photo)
    .resize(160, 107, { fit: 'fill' })
    .extend({ top: 6, bottom: 7, background: '#000' })
    .jpeg()
    .toBuffer();
  await writeOld(path, await withExifThumbnail(photo, stamp, 8));
  const test = await openForScreen(bench);
  const id = await idOf(test, path);
  const shown = told(test, 'exif-thumbnail', id);
  await test.engine.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] });
  expect(await shown).toBe('made');
  const bytes = await bytesOf(bench, id, 'exif-thumbnail');
  const { width, height, exif } = await sharp(bytes).metadata();
  expect([Math.abs(width / height - 2 / 3) < 0.02, exif]).toEqual([true, undefined]);
  const upright = await sharp(photo).rotate(270).png().toBuffer();
  expect(await meanDifference(bytes, upright)).toBeLessThan(12);

  // Ours takes its place.
  const made = told(test, 'thumbnail', id);
  test.engine.start();
  expect(await made).toBe('made');
  await expect(bytesOf(bench, id, 'exif-thumbnail')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('makes nothing that nobody looks at any more', async () => {
  const bench = await useBench();
  await makePhotos(bench.photos, 4);
  const test = await bench.open({ kind: 'built-in' });
  await test.scan(bench.photos);
  const ids = await Promise.all(
    [1, 2, 3, 4].map((index) => idOf(test, join(bench.photos, `photo-00${String(index)}.jpg`))),
  );
  const last = ids.at(-1) as AssetId; // why: there are four
  await test.engine.call('rendition.want', { rendition: 'preview', assetIds: ids.slice(0, 3) });
  await test.engine.call('rendition.want', { rendition: 'preview', assetIds: [last] });
  const made = told(test, 'preview', last);
  test.engine.start((lane) => lane === 'screen');
  expect(await made).toBe('made');
  await test.engine.whenIdle(['screen']);
  for (const id of ids.slice(0, 3)) {
    await expect(bytesOf(bench, id, 'preview')).rejects.toMatchObject({ code: 'ENOENT' });
  }
});

it('says why a picture cannot be made, and leaves no failure in the queue', async () => {
  const bench = await useBench();
  const [gone = '', whole = ''] = await makePhotos(bench.photos, 2);
  await writeOld(join(bench.photos, 'empty.jpg'), '');
  const test = await openForScreen(bench);
  const empty = await idOf(test, join(bench.photos, 'empty.jpg'));
  const goneId = await idOf(test, gone);
  await rm(gone);
  const failed = told(test, 'full', goneId);
  const answer = await test.engine.call('rendition.want', { rendition: 'full', assetIds: [empty, goneId] });
  expect(answer.failed.map(({ assetId, error }) => [assetId, error.code])).toEqual([[empty, 'file-empty']]);
  expect(await failed).toMatchObject({ code: 'file-missing' });
  const { jobs } = await test.engine.call('queue.list', {});
  expect(jobs.failed).toBe(0);
  expect((await test.show(whole)).state).toBe('ready');
});

it('shows no old preview of a file that has another picture now', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'one.jpg');
  await writeOld(path, await photoOf(1));
  const test = await openForScreen(bench);
  const id = await idOf(test, path);
  const made = told(test, 'preview', id);
  await test.engine.call('rendition.want', { rendition: 'preview', assetIds: [id] });
  await made;
  await writeOld(path, await photoOf(2, 400, 240));
  await test.scan();
  await expect(bytesOf(bench, id, 'preview')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('finds the average colours of libraries that do not have them, and thumbnails that are gone', async () => {
  const bench = await useBench();
  const red = join(bench.photos, 'red.jpg');
  const lost = join(bench.photos, 'lost.jpg');
  await writeOld(red, await plain('#c02010'));
  await writeOld(lost, await plain('#10a030'));
  const before = await bench.open({ kind: 'built-in' });
  await before.scan(bench.photos);
  before.engine.start();
  await before.engine.whenIdle(['thumbnails']);
  const lostId = await idOf(before, lost);
  await before.close();
  await rm(renditionPath(bench.library, lostId, 'thumbnail'));
  forgetColors(bench.library);

  const test = await bench.open({ kind: 'built-in' });
  test.engine.start();
  await test.engine.call('grid.prepare', {});
  await test.engine.whenIdle(['thumbnails']);
  const { name } = await test.engine.call('grid.prepare', { sort: 'name' });
  const colors = await colorsOf(bench.library, name);
  const [lostColor, redColor] = colors;
  expect(channelsOf(lostColor)).toEqual([16, 160, 48].map((value) => expect.closeTo(value, -1.2) as number));
  expect(channelsOf(redColor)).toEqual([192, 32, 16].map((value) => expect.closeTo(value, -1.2) as number));
  expect((await bytesOf(bench, lostId, 'thumbnail')).length).toBeGreaterThan(0);
});

function forgetColors(library: string): void {
  const db = new Database(join(library, libraryFiles.database));
  db.exec('UPDATE asset SET average_color = NULL');
  db.close();
}

async function colorsOf(library: string, name: string): Promise<(string | undefined)[]> {
  const bytes = await readFile(join(library, 'data', name));
  const order = readGridOrder(new Uint8Array(bytes).buffer);
  return [...(order?.colors ?? [])].map(colorOf);
}

/** Red, green and blue; 16 bits tell them to within eight. */
function channelsOf(color: string | undefined): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color?.slice(at, at + 2) ?? '', 16));
}

function plain(background: string): Promise<Buffer> {
  return sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

it('removes what a killed engine left half-written', async () => {
  const bench = await useBench();
  const test = await bench.open({ kind: 'built-in' });
  const { connection } = test;
  await test.close();
  const folder = join(bench.library, 'renditions', 'unfinished');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.1-thumbnail.jpg.0123abcd.tmp'), 'half');

  await bench.reopen(connection).close();

  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
