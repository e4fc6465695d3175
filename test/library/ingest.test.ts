import { cpSync, mkdirSync, realpathSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetId, FileId, RootId } from '../../app/contract/ids.ts';
import {
  findAssetByPath,
  findDuplicates,
  findOriginal,
  getAsset,
  listAssetsToIngest,
} from '../../app/library/asset-store.ts';
import { ingestFile } from '../../app/library/ingest.ts';
import { storeIngested, type StoredIngestion } from '../../app/library/ingest-store.ts';
import { addRoot } from '../../app/library/roots.ts';
import { scanRoot } from '../../app/library/scan.ts';
import { openTestLibrary, type TestLibrary } from '../helpers/library.ts';
import { encodePhoto, makePhoto } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

let library: TestLibrary;
let rootId: RootId;

beforeEach(() => {
  library = openTestLibrary();
  rootId = addRoot(library.context, library.photos).rootId;
});
afterEach(() => {
  library.close();
});

const at = (relativePath: string): string => join(library.photos, relativePath);
const assetAt = (relativePath: string) => findAssetByPath(library.db, rootId, relativePath)!;
const scan = () => scanRoot(library.context, rootId);

/** Reads everything that is waiting to be read. */
async function ingestAll(): Promise<StoredIngestion[]> {
  const stored: StoredIngestion[] = [];
  for (const { id } of listAssetsToIngest(library.db, 0, 1_000)) stored.push(await ingest(id));
  return stored;
}

async function ingest(assetId: AssetId): Promise<StoredIngestion> {
  const { absolutePath, fileId } = findOriginal(library.db, assetId)!;
  const result = await ingestFile({ path: absolutePath });
  return library.context.transact((db) => storeIngested(db, assetId, fileId, result));
}

const small = { widthPx: 96, heightPx: 64 };

const outcome = async (path: string) => {
  const result = await ingestFile({ path });
  return result.status === 'ingested' ? 'ingested' : `${result.status} ${result.error.code}`;
};

const xmp = (rating: number) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="${String(rating)}"/></rdf:RDF></x:xmpmeta>`;

it('reads what a photo is: format by content, size as seen, facts', async () => {
  await makePhoto(at('really-a-png.jpg'), { ...small, format: 'png' });
  await makePhoto(at('turned.jpg'), {
    ...small,
    orientation: 6,
    exif: { IFD0: { Make: 'Nikon', Model: 'D40' }, IFD2: { DateTimeOriginal: '2019:05:04 12:30:00' } },
  });
  await scan();
  await ingestAll();
  expect(assetAt('really-a-png.jpg')).toMatchObject({ state: 'ready', format: 'png', ...small });
  const captureLocalMs = Date.UTC(2019, 4, 4, 12, 30);
  expect(assetAt('turned.jpg')).toMatchObject({
    state: 'ready',
    ...small,
    sortMs: captureLocalMs,
    facts: { captureLocalMs, cameraModel: expect.stringContaining('D40') as string },
  });
  expect(listAssetsToIngest(library.db, 0, 10)).toEqual([]);
});

describe('a file with something wrong', () => {
  it('is named, and stops nothing', async () => {
    const jpeg2000 = Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1');
    library.write('empty.jpg', '');
    library.write('text.jpg', 'Not a picture at all.');
    library.write('scan.jpg', jpeg2000);
    library.write('cut.jpg', (await encodePhoto(small)).subarray(0, 40));
    library.write('sidecar.jpg', '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>');
    await makePhoto(at('good.jpg'), small);
    const names = ['empty', 'text', 'scan', 'cut', 'sidecar', 'good', 'gone'];
    expect(await Promise.all(names.map(async (name) => outcome(at(`${name}.jpg`))))).toEqual([
      'failed file-empty',
      'failed not-an-image',
      'failed unsupported-format',
      'failed file-damaged',
      'failed sidecar',
      'ingested',
      'deferred file-missing',
    ]);
    await scan();
    await ingestAll();
    expect(['empty', 'scan', 'good'].map((name) => assetAt(`${name}.jpg`).state)).toEqual([
      'unreadable',
      'unsupported',
      'ready',
    ]);
    expect(assetAt('scan.jpg')).toMatchObject({
      format: 'jp2',
      error: { code: 'unsupported-format', details: { format: 'JPEG 2000' } },
    });
  });

  it('is read again when it has been replaced by a good one', async () => {
    library.write('a.jpg', 'nothing');
    await scan();
    await ingestAll();
    const { id } = assetAt('a.jpg');
    await makePhoto(at('a.jpg'), small);
    await scan();
    await ingestAll();
    expect(getAsset(library.db, id)).toMatchObject({ state: 'ready', error: null });
  });

  it('that killed an engine has to survive a decoder of its own', async () => {
    await makePhoto(at('good.jpg'), small);
    expect(await ingestFile({ path: at('good.jpg') }, { isolated: true })).toMatchObject({
      status: 'ingested',
    });
    truncateSync(at('good.jpg'), 700);
    expect(await ingestFile({ path: at('good.jpg') }, { isolated: true })).toMatchObject({
      status: 'failed',
      error: { code: 'file-damaged' },
    });
  });

  it.skipIf(realPhotos === undefined)('among real ones never throws', async () => {
    const path = realPhoto('broken');
    cpSync(path, at('broken'), { recursive: true });
    await scan();
    const stored = await ingestAll();
    expect(stored.length).toBeGreaterThan(5);
    expect(listAssetsToIngest(library.db, 0, 10)).toEqual([]);
  });
});

describe('the same picture', () => {
  it('keeps its asset when it moves to another drive, which changes its inode and time', async () => {
    await makePhoto(at('a/1.jpg'), small);
    await scan();
    await ingestAll();
    const { id } = assetAt('a/1.jpg');
    const other = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-other-')));
    try {
      const otherId = addRoot(library.context, other).rootId;
      cpSync(at('a'), join(other, 'b'), { recursive: true });
      rmSync(at('a'), { recursive: true });
      await scan();
      await scanRoot(library.context, otherId);
      const newId = findAssetByPath(library.db, otherId, 'b/1.jpg')!.id;
      expect(await ingestAll()).toEqual([
        { status: 'ready', assetId: id, mergedFrom: newId, picture: 'same' },
      ]);
      expect(findAssetByPath(library.db, otherId, 'b/1.jpg')?.id).toBe(id);
      expect(() => getAsset(library.db, newId)).toThrow(expect.objectContaining({ code: 'not-found' }));
      expect(await scan()).toMatchObject({ missing: 0 });
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it('keeps its asset when it was moved and its metadata were edited on the way', async () => {
    await makePhoto(at('a.jpg'), { ...small, xmp: xmp(2) });
    await scan();
    await ingestAll();
    const { id } = assetAt('a.jpg');
    rmSync(at('a.jpg'));
    await makePhoto(at('b/c.jpg'), { ...small, xmp: xmp(5) });
    await scan();
    expect(await ingestAll()).toMatchObject([{ assetId: id, picture: 'same' }]);
    expect(assetAt('b/c.jpg')).toMatchObject({ id, facts: { rating: 5 } });
    await makePhoto(at('b/c.jpg'), { ...small, xmp: xmp(4) });
    await scan();
    expect(await ingestAll()).toEqual([
      { status: 'ready', assetId: id, mergedFrom: undefined, picture: 'same' },
    ]);
  });

  it('in a copy is an asset of its own that knows its duplicates', async () => {
    await makePhoto(at('a.jpg'), small);
    cpSync(at('a.jpg'), at('copy.jpg'));
    await makePhoto(at('other.jpg'), { ...small, seed: 2 });
    await scan();
    await ingestAll();
    const [original, copy, other] = ['a.jpg', 'copy.jpg', 'other.jpg'].map((path) => assetAt(path).id);
    expect(original).not.toBe(copy);
    expect([original, copy, other].map((id) => findDuplicates(library.db, id!))).toEqual([
      [copy],
      [original],
      [],
    ]);
  });

  it('is not taken from a drive that is only unplugged', async () => {
    await makePhoto(at('a.jpg'), small);
    await scan();
    await ingestAll();
    const { id } = assetAt('a.jpg');
    const away = `${library.photos}-away`;
    renameSync(library.photos, away);
    try {
      await scan();
      const copy = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-copy-')));
      cpSync(away, copy, { recursive: true });
      const copyId = addRoot(library.context, copy).rootId;
      await scanRoot(library.context, copyId);
      await ingestAll();
      expect(findAssetByPath(library.db, copyId, 'a.jpg')?.id).not.toBe(id);
      rmSync(copy, { recursive: true });
    } finally {
      renameSync(away, library.photos);
    }
  });

  it('is another one when its content was replaced, under the same asset', async () => {
    await makePhoto(at('a.jpg'), small);
    await scan();
    await ingestAll();
    const { id } = assetAt('a.jpg');
    await makePhoto(at('a.jpg'), { ...small, seed: 7 });
    await scan();
    expect(await ingestAll()).toEqual([
      { status: 'ready', assetId: id, mergedFrom: undefined, picture: 'other' },
    ]);
  });
});

it('does not mind that an asset was removed while its file was read', async () => {
  await makePhoto(at('a.jpg'), small);
  const result = await ingestFile({ path: at('a.jpg') });
  expect(storeIngested(library.db, 1 as AssetId, 1 as FileId, result)).toEqual({ status: 'gone' });
});

it('says that a folder in place of a file cannot be read', async () => {
  mkdirSync(at('a.jpg'));
  writeFileSync(at('a.jpg/x'), '');
  expect(await ingestFile({ path: at('a.jpg') })).toMatchObject({
    status: 'failed',
    error: { code: 'file-unreadable' },
  });
});
