import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { makeRaw, type RawPhoto } from '../helpers/camera-files.ts';
import { photoOf, readLedger, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { hasExifTool } from '../metadata/samples.ts';

/** A RAW and a JPEG of one name: one photo, unless they say that another camera took them, or at another time. */

// Cutline itself reads no facts out of a CR3: ExifTool does.
const canRun = await hasExifTool();

type Taken = { readonly model: string; readonly taken: string };

const canon: Taken = { model: 'Canon EOS R6', taken: '2021:05:12 12:21:21' };
const panasonic: Taken = { model: 'DMC-FX7', taken: '2004:09:24 10:00:00' };

async function writeRaw(
  bench: Bench,
  name: string,
  by: Taken,
  seed = 1,
  format: RawPhoto['format'] = 'cr3',
): Promise<void> {
  const previews = [await photoOf(seed, 640, 480)];
  await writeOld(join(bench.photos, name), makeRaw({ format, previews, make: 'Maker', ...by }));
}

async function writeJpeg(bench: Bench, name: string, { model, taken }: Taken, seed = 2): Promise<void> {
  const exif = { IFD0: { Make: 'Maker', Model: model }, IFD2: { DateTimeOriginal: taken } };
  await writeOld(join(bench.photos, name), await encodePhoto({ widthPx: 960, heightPx: 720, seed, exif }));
}

async function nameOf(bench: Bench, engine: TestEngine, name: string): Promise<string> {
  return (await engine.show(join(bench.photos, name))).path.slice(bench.photos.length + 1);
}

async function countPhotos(engine: TestEngine): Promise<number> {
  return (await engine.engine.call('library.status', {})).photos;
}

const title = (text: string) => `<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;

test.runIf(canRun).each(['cr3', 'cr2', 'nef'] as const)(
  'a %s and a JPEG of another camera are two photos, each with its own facts, sidecar and description',
  async (format) => {
    const bench = await useBench();
    const raw = `IMG_0001.${format.toUpperCase()}`;
    await writeRaw(bench, raw, canon, 1, format);
    await writeJpeg(bench, 'IMG_0001.JPG', panasonic);
    await writeOld(join(bench.photos, 'IMG_0001.xmp'), title('Of the RAW'));
    await writeRaw(bench, `pair.${format}`, canon, 3, format);
    await writeJpeg(bench, 'pair.jpg', canon, 4);
    const engine = await bench.open();
    await engine.scan(bench.photos);
    await engine.describeRest();

    const apart = async () => {
      expect(await nameOf(bench, engine, raw)).toBe(raw);
      expect(await nameOf(bench, engine, 'IMG_0001.JPG')).toBe('IMG_0001.JPG');
      expect(await nameOf(bench, engine, `pair.${format}`)).toBe('pair.jpg');
      expect(await countPhotos(engine)).toBe(3);
    };
    await apart();
    expect(readLedger(bench.library)).toHaveLength(3);
    const ofRaw = await engine.show(join(bench.photos, raw));
    expect(ofRaw.metadata.cameraModel).toBe(canon.model);
    expect(ofRaw.metadata.title).toBe('Of the RAW');
    const ofJpeg = await engine.show(join(bench.photos, 'IMG_0001.JPG'));
    expect(ofJpeg.metadata.cameraModel).toBe(panasonic.model);
    expect(ofJpeg.metadata.title).toBeUndefined();

    // The folder is looked at anew.
    await writeOld(join(bench.photos, 'IMG_0001.JPG.xmp'), title('Of the JPEG'));
    await engine.scan();
    await apart();
    expect((await engine.show(join(bench.photos, 'IMG_0001.JPG'))).metadata.title).toBe('Of the JPEG');
    expect(await engine.isDone()).toBe(true);
  },
);

test.runIf(canRun).each([
  ['JPEG', 'RAW'],
  ['RAW', 'JPEG'],
])('a described %s keeps its description when a %s of another day comes with its name', async (first) => {
  const bench = await useBench();
  const write = {
    RAW: () => writeRaw(bench, 'a.cr3', canon),
    JPEG: () => writeJpeg(bench, 'a.jpg', { ...canon, taken: '2022:05:12 12:21:21' }),
  };
  const [known, later] = first === 'RAW' ? (['RAW', 'JPEG'] as const) : (['JPEG', 'RAW'] as const);
  const nameOfKind = { RAW: 'a.cr3', JPEG: 'a.jpg' };
  await write[known]();
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  const before = await engine.show(join(bench.photos, nameOfKind[known]));

  await write[later]();
  await engine.scan();
  const kept = await engine.show(join(bench.photos, nameOfKind[known]));
  expect(kept).toMatchObject({ id: before.id, path: before.path, description: before.description });
  const own = await engine.show(join(bench.photos, nameOfKind[later]));
  expect(own).toMatchObject({
    path: join(bench.photos, nameOfKind[later]),
    state: 'ready',
    description: null,
  });
  await engine.describeRest();
  expect(readLedger(bench.library)).toHaveLength(2);
  expect((await engine.show(join(bench.photos, nameOfKind[known]))).description).toEqual(before.description);
});

test.runIf(canRun)(
  'a pair of a library of before is parted at the next look, and nothing is lost',
  async () => {
    const bench = await useBench();
    await writeRaw(bench, 'a.cr3', canon);
    await writeJpeg(bench, 'a.jpg', panasonic);
    const first = await bench.open();
    await first.scan(bench.photos);
    const jpeg = await first.show(join(bench.photos, 'a.jpg'));
    const raw = await first.show(join(bench.photos, 'a.cr3'));
    await first.close();
    const change = (sql: string) => {
      const db = new Database(join(bench.library, 'library.db'));
      db.exec(sql);
      db.close();
    };
    // As a release before put them together, and described them.
    change(`UPDATE file SET role = 'alternate', asset_id = ${String(jpeg.id)} WHERE relative_path = 'a.cr3';
    DELETE FROM asset WHERE id = ${String(raw.id)};`);
    const second = bench.reopen(first.connection);
    await second.describeRest();
    expect(await nameOf(bench, second, 'a.cr3')).toBe('a.jpg');
    const before = await second.show(join(bench.photos, 'a.jpg'));
    expect(before.description).not.toBeNull();
    await second.close();
    // As the step to this release does.
    change(`UPDATE asset SET state = 'found' WHERE id = ${String(jpeg.id)};`);

    const engine = bench.reopen(first.connection);
    await engine.scan();
    const alone = { path: join(bench.photos, 'a.cr3'), state: 'ready', description: null };
    const parted = await engine.show(join(bench.photos, 'a.cr3'));
    expect(parted).toMatchObject(alone);
    // The folder is looked at anew.
    await writeOld(join(bench.photos, 'a.jpg.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    await engine.scan();
    expect(await engine.show(join(bench.photos, 'a.cr3'))).toMatchObject({ ...alone, id: parted.id });
    expect(await engine.show(join(bench.photos, 'a.jpg'))).toMatchObject({
      id: jpeg.id,
      description: before.description,
      metadata: { cameraModel: panasonic.model },
    });
    await engine.describeRest();
    expect((await engine.show(join(bench.photos, 'a.cr3'))).metadata.cameraModel).toBe(canon.model);
    expect(readLedger(bench.library)).toHaveLength(2);
  },
);
