import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { makeRaw, type RawPhoto } from '../helpers/camera-files.ts';
import { photoOf, readLedger, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';

/** Two files of one shot, and what stands beside them: one photo, described once, found and gone together. */

async function writeRaw(path: string, seed: number, format: RawPhoto['format'] = 'cr2'): Promise<void> {
  await writeOld(path, makeRaw({ format, previews: [await photoOf(seed, 640, 480)] }));
}

async function writePair(bench: Bench, name: string, seed: number): Promise<void> {
  await writeOld(join(bench.photos, `${name}.JPG`), await photoOf(seed, 960, 720));
  await writeRaw(join(bench.photos, `${name}.CR2`), seed + 1000);
}

function xmp({
  title,
  keywords,
  rating,
}: {
  title: string;
  keywords: readonly string[];
  rating: number;
}): string {
  const items = keywords.map((keyword) => `<rdf:li>${keyword}</rdf:li>`).join('');
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="${String(rating)}">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
      <dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>
    </rdf:Description></rdf:RDF></x:xmpmeta>`;
}

async function find(engine: TestEngine, query: string): Promise<string[]> {
  const { photos } = await engine.engine.call('search.query', { query });
  return photos.map(({ path }) => path);
}

async function countPhotos(engine: TestEngine): Promise<number> {
  return (await engine.engine.call('library.status', {})).photos;
}

test('a RAW and its JPEG are described once, shown by the JPEG, and found by either format', async () => {
  const bench = await useBench();
  await writePair(bench, 'IMG_1', 1);
  await writeOld(join(bench.photos, 'other', 'IMG_1.JPG'), await photoOf(3));
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();

  expect(await countPhotos(engine)).toBe(2);
  expect(readLedger(bench.library)).toHaveLength(2);
  const jpeg = join(bench.photos, 'IMG_1.JPG');
  const raw = await engine.show(join(bench.photos, 'IMG_1.CR2'));
  expect(raw).toMatchObject({ path: jpeg, metadata: { format: 'jpeg', widthPx: 960 } });
  expect(await find(engine, 'type:raw')).toEqual([jpeg]);
  expect(await find(engine, 'type:cr2')).toEqual([jpeg]);
  expect(await find(engine, 'type:jpeg')).toHaveLength(2);
});

test('a JPEG that is smaller than the preview of its RAW is not what is shown', async () => {
  const bench = await useBench();
  await writeOld(join(bench.photos, 'a.jpg'), await photoOf(1, 320, 240));
  await writeRaw(join(bench.photos, 'a.cr2'), 2);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  expect(await engine.show(join(bench.photos, 'a.jpg'))).toMatchObject({
    path: join(bench.photos, 'a.cr2'),
    metadata: { format: 'cr2', widthPx: 640 },
  });
  await engine.scan();
  expect((await engine.show(join(bench.photos, 'a.jpg'))).path).toBe(join(bench.photos, 'a.cr2'));
});

test('half of a pair that comes later joins, and half that goes leaves the other with all that was said', async () => {
  const bench = await useBench();
  await writeRaw(join(bench.photos, 'a.cr2'), 1);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  const before = await engine.show(join(bench.photos, 'a.cr2'));

  await writeOld(join(bench.photos, 'a.jpg'), await photoOf(2, 960, 720));
  await engine.scan();
  expect(await engine.isDone()).toBe(true);
  const joined = await engine.show(join(bench.photos, 'a.jpg'));
  expect(joined).toMatchObject({ id: before.id, path: join(bench.photos, 'a.jpg') });
  expect(joined.description).toEqual(before.description);

  await rm(join(bench.photos, 'a.jpg'));
  await engine.scan();
  const left = await engine.show(join(bench.photos, 'a.cr2'));
  expect(left).toMatchObject({ id: before.id, state: 'ready', path: join(bench.photos, 'a.cr2') });
  expect(left.description).toEqual(before.description);
  expect(await engine.isDone()).toBe(true);
  expect(await countPhotos(engine)).toBe(1);
  expect(readLedger(bench.library)).toHaveLength(1);

  await rm(join(bench.photos, 'a.cr2'));
  await engine.scan();
  expect(await engine.engine.call('library.status', {})).toMatchObject({ photos: 1, missing: 1 });
});

test('renamed and moved, one by one or together, a pair is one photo with its description', async () => {
  const bench = await useBench();
  await writePair(bench, 'a', 1);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  const { id, description } = await engine.show(join(bench.photos, 'a.JPG'));
  const moves = [
    ['a.CR2', 'b.CR2'],
    ['a.JPG', 'b.JPG'],
    ['b.JPG', 'jpegs/b.JPG'],
    ['jpegs/b.JPG', 'b.JPG'],
  ] as const;
  await mkdir(join(bench.photos, 'jpegs'));
  for (const [from, to] of moves) {
    await rename(join(bench.photos, from), join(bench.photos, to));
    await engine.scan();
    expect(await engine.show(join(bench.photos, to))).toMatchObject({ id, description });
    expect(await countPhotos(engine)).toBe(1);
    expect(await engine.isDone()).toBe(true);
  }
  expect(readLedger(bench.library)).toHaveLength(1);
});

test('two photos of a library from before that are one shot become one, and nothing that is known is lost', async () => {
  const bench = await useBench();
  const [jpeg, raw] = [join(bench.photos, 'a.JPG'), join(bench.photos, 'raw', 'a.CR2')];
  await writeOld(jpeg, await photoOf(1, 960, 720));
  await writeRaw(raw, 2);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  const [one, other] = [await engine.show(jpeg), await engine.show(raw)];
  expect(one.id).not.toBe(other.id);
  const paid = readLedger(bench.library);

  await rename(raw, join(bench.photos, 'a.CR2'));
  await engine.scan();
  const merged = await engine.show(join(bench.photos, 'a.CR2'));
  expect(await countPhotos(engine)).toBe(1);
  expect(merged.history.length).toBe(one.history.length + other.history.length);
  expect([one.description?.caption, other.description?.caption]).toContainEqual(merged.description?.caption);
  expect(readLedger(bench.library).map(({ costMicroUsd }) => costMicroUsd)).toEqual(
    paid.map(({ costMicroUsd }) => costMicroUsd),
  );
  expect(await engine.isDone()).toBe(true);
  await engine.close();

  // No table holds on to the photo that went.
  const db = new Database(join(bench.library, 'library.db'), { readonly: true });
  expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
  const ids = db.pluck('SELECT DISTINCT asset_id FROM request_asset');
  expect(ids).toEqual([merged.id]);
  db.close();
});

test('sidecars belong to their photo: what they say is read, and read again when it changes or goes', async () => {
  const bench = await useBench();
  const sidecar = join(bench.photos, 'a.cr2.xmp');
  await writePair(bench, 'a', 1);
  await writeOld(sidecar, xmp({ title: 'Heron', keywords: ['bird', 'lake'], rating: 4 }));
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const show = () => engine.show(join(bench.photos, 'a.JPG'));
  expect(await show()).toMatchObject({
    metadata: { title: 'Heron', rating: 4, keywords: ['bird', 'lake'] },
    description: { title: { text: 'Heron', owner: 'file' } },
  });
  expect(await find(engine, 'lake rating:4')).toHaveLength(1);
  expect(await engine.report()).toEqual({ 'a.JPG': 'waiting' });

  await writeOld(sidecar, `${xmp({ title: 'Grey heron', keywords: ['bird', 'reed'], rating: 5 })}\n`);
  await engine.scan();
  expect(await show()).toMatchObject({ metadata: { title: 'Grey heron', rating: 5 } });
  expect(await find(engine, 'reed rating:5')).toHaveLength(1);

  await rm(sidecar);
  await engine.scan();
  const { metadata } = await show();
  expect(metadata.title).toBeUndefined();
  expect(await find(engine, 'reed')).toEqual([]);

  // Broken, it says nothing, and the photo is none the worse.
  await writeOld(sidecar, '<x:xmpmeta');
  await engine.scan();
  expect(await show()).toMatchObject({ state: 'ready', error: null });
});

test('a Live Photo is one photo, and its movie no video to be described', async () => {
  const bench = await useBench();
  await writeOld(join(bench.photos, 'IMG_2.JPG'), await photoOf(1));
  const movie = Buffer.concat([Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1'), Buffer.alloc(500)]);
  await writeOld(join(bench.photos, 'IMG_2.MOV'), movie);
  await writeOld(join(bench.photos, 'IMG_3.MOV'), movie);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  expect(await countPhotos(engine)).toBe(2);
  expect(await engine.show(join(bench.photos, 'IMG_2.MOV'))).toMatchObject({
    path: join(bench.photos, 'IMG_2.JPG'),
    metadata: { format: 'jpeg' },
  });
  expect(await engine.report()).toEqual({ 'IMG_3.MOV': 'failed file-damaged' });
});
