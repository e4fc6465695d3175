import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RootId } from '../../app/contract/ids.ts';
import { findAssetByPath } from '../../app/library/asset-store.ts';
import { listKnownFiles } from '../../app/library/file-store.ts';
import { addRoot } from '../../app/library/roots.ts';
import { getRoot, updateRoot } from '../../app/library/root-store.ts';
import { scanDirectories, scanRoot } from '../../app/library/scan.ts';
import { until } from '../helpers/fake-clock.ts';
import { openTestLibrary, type TestLibrary } from '../helpers/library.ts';

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
const assetAt = (relativePath: string, root = rootId) => findAssetByPath(library.db, root, relativePath)?.id;
const scan = () => scanRoot(library.context, rootId);
const skipped = () =>
  listKnownFiles(library.db, rootId, '', 10).flatMap(({ relativePath, reason }) =>
    reason === null ? [] : [[relativePath, reason]],
  );

const nothing = {
  found: 0,
  added: 0,
  changed: 0,
  moved: 0,
  returned: 0,
  unchanged: 0,
  missing: 0,
  ignored: 0,
};

describe('a first scan', () => {
  it('finds photos and videos as assets, and lists every other file with its reason', async () => {
    library.write('2019/IMG_1.JPG');
    library.write('2019/IMG_1.xmp');
    library.write('clip.mp4');
    library.write('raw/IMG_2.CR3');
    library.write('notes.txt');
    library.write('.IMG_3.HEIC.icloud');
    const result = await scan();
    expect(result).toMatchObject({ status: 'scanned', found: 6, added: 6, changing: [], unreadable: [] });
    const asset = (path: string) => {
      const { kind, state, format } = findAssetByPath(library.db, rootId, path)!;
      return { kind, state, format };
    };
    expect([asset('2019/IMG_1.JPG'), asset('clip.mp4'), asset('raw/IMG_2.CR3')]).toEqual([
      { kind: 'photo', state: 'found', format: 'jpeg' },
      { kind: 'video', state: 'found', format: 'mp4' },
      { kind: 'photo', state: 'found', format: 'cr3' },
    ]);
    expect(skipped()).toEqual([
      ['.IMG_3.HEIC.icloud', 'cloud-placeholder'],
      ['2019/IMG_1.xmp', 'sidecar'],
      ['notes.txt', 'not-a-photo'],
    ]);
  });

  it('passes over hidden files, other programs’ folders, and the root’s own patterns', async () => {
    library.write('a.jpg');
    library.write('.hidden/b.jpg');
    library.write('.c.jpg');
    library.write('Lightroom Previews.lrdata/d.jpg');
    library.write('My Photos.photoslibrary/e.jpg');
    library.write('2019/CaptureOne/Cache/f.jpg');
    library.write('2019/@eaDir/g.jpg');
    library.write('Thumbs.db');
    library.write('rejects/h.jpg');
    library.write('2019/draft-1.jpg');
    library.context.transact((db) => {
      updateRoot(db, rootId, { ignorePatterns: ['/rejects/', 'draft-*'] });
    });
    expect(await scan()).toMatchObject({ ...nothing, found: 1, added: 1, ignored: 9 });
  });

  it('takes any name that the system has: emoji, line breaks, 255 bytes, and characters beyond the surrogates', async () => {
    const names = [
      '🐕.jpg',
      'two\nlines.jpg',
      `${'x'.repeat(251)}.jpg`,
      '\uFFFC.jpg',
      'ﬀ.jpg',
      ' .jpg',
      "'; DROP.jpg",
      '#%?.jpg',
    ];
    for (const name of names) {
      library.write(name);
      library.write(`${name.slice(0, -4)}/${name.slice(-20)}`);
    }
    expect(await scan()).toMatchObject({ found: 16, added: 16 });
    expect(await scan()).toMatchObject({ found: 16, unchanged: 16 });
  });

  it.skipIf(process.platform !== 'linux')('accounts for names that are no UTF-8', async () => {
    writeFileSync(
      Buffer.concat([Buffer.from(`${library.photos}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]),
      'x',
    );
    library.write('good \uFFFD.jpg');
    expect(await scan()).toMatchObject({
      added: 1,
      unreadable: [{ relativePath: 'caf\uFFFDe9.jpg', code: 'file-unreadable' }],
    });
  });
});

describe('links', () => {
  it('end when they lead in a circle, and no file is reached twice', async () => {
    library.write('a/1.jpg');
    symlinkSync(library.photos, at('a/root'));
    symlinkSync(at('a'), at('b'));
    symlinkSync(join(library.photos, '..'), at('up'));
    symlinkSync(at('a/1.jpg'), at('same.jpg'));
    expect(await scan()).toMatchObject({ found: 1, added: 1, ignored: 4 });
  });

  it('are followed out of the root, once', async () => {
    const elsewhere = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-elsewhere-')));
    try {
      mkdirSync(join(elsewhere, 'inner'));
      writeFileSync(join(elsewhere, 'inner/2.jpg'), 'two');
      writeFileSync(join(elsewhere, '1.jpg'), 'one');
      symlinkSync(join(elsewhere, 'inner'), at('first'));
      symlinkSync(elsewhere, at('second'));
      symlinkSync(join(elsewhere, '1.jpg'), at('third.jpg'));
      symlinkSync(at('nowhere.jpg'), at('broken.jpg'));
      const result = await scan();
      expect(result).toMatchObject({
        added: 2,
        ignored: 2,
        unreadable: [{ relativePath: 'broken.jpg', code: 'file-missing' }],
      });
      expect(await scan()).toMatchObject({ unchanged: 2 });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe('a later scan', () => {
  it('does nothing where nothing happened', async () => {
    for (let index = 0; index < 300; index++) library.write(`${String(index % 7)}/${String(index)}.jpg`);
    await scan();
    expect(await scan()).toMatchObject({ ...nothing, found: 300, unchanged: 300 });
  });

  it('keeps the asset of a file that was renamed, moved to another folder, or whose folder was renamed', async () => {
    library.write('a/1.jpg', 'one');
    library.write('a/2.jpg', 'two 2');
    library.write('b/3.jpg', 'three 3');
    await scan();
    const before = [assetAt('a/1.jpg'), assetAt('a/2.jpg'), assetAt('b/3.jpg')];
    renameSync(at('a/1.jpg'), at('a/renamed.jpg'));
    renameSync(at('a/2.jpg'), at('2.jpg'));
    renameSync(at('b'), at('c'));
    expect(await scan()).toMatchObject({ ...nothing, found: 3, moved: 3 });
    expect([assetAt('a/renamed.jpg'), assetAt('2.jpg'), assetAt('c/3.jpg')]).toEqual(before);
  });

  it('keeps apart two files that have exchanged their names', async () => {
    library.write('a.jpg', 'first');
    library.write('b.jpg', 'other');
    utimesSync(at('a.jpg'), 1_000, 1_000);
    utimesSync(at('b.jpg'), 1_000, 1_000);
    await scan();
    const [a, b] = [assetAt('a.jpg'), assetAt('b.jpg')];
    renameSync(at('a.jpg'), at('c'));
    renameSync(at('b.jpg'), at('a.jpg'));
    renameSync(at('c'), at('b.jpg'));
    expect(await scan()).toMatchObject({ ...nothing, found: 2, moved: 2 });
    expect([assetAt('a.jpg'), assetAt('b.jpg')]).toEqual([b, a]);
  });

  it('keeps the asset through a change of case or of Unicode form', async () => {
    library.write('IMG.jpg', 'one');
    library.write('caf\u00e9.jpg', 'other');
    await scan();
    const before = [assetAt('IMG.jpg'), assetAt('caf\u00e9.jpg')];
    renameSync(at('IMG.jpg'), at('img.JPG'));
    renameSync(at('caf\u00e9.jpg'), at('cafe\u0301.jpg'));
    expect(await scan()).toMatchObject({ ...nothing, found: 2, moved: 2 });
    expect([assetAt('img.JPG'), assetAt('cafe\u0301.jpg')]).toEqual(before);
  });

  it('keeps the asset of a file that was moved onto another, and remembers the other as missing', async () => {
    library.write('a.jpg', 'first');
    library.write('b.jpg', 'second one');
    await scan();
    const [a, b] = [assetAt('a.jpg'), assetAt('b.jpg')];
    renameSync(at('b.jpg'), at('a.jpg'));
    expect(await scan()).toMatchObject({ ...nothing, found: 1, moved: 1, missing: 1 });
    expect(assetAt('a.jpg')).toBe(b);
    const missing = library.db.pluck<number>("SELECT asset_id FROM file WHERE state = 'missing'");
    expect(missing).toEqual([a]);
    library.write('elsewhere/old.jpg', 'something else');
    expect(await scan()).toMatchObject({ found: 2, added: 1, unchanged: 1, missing: 0 });
  });

  it('reads a file again whose content was replaced, under the same asset', async () => {
    library.write('a.jpg', 'first');
    await scan();
    const before = assetAt('a.jpg');
    library.write('new.tmp', 'edited by a program that saves beside and renames');
    renameSync(at('new.tmp'), at('a.jpg'));
    expect(await scan()).toMatchObject({ ...nothing, found: 1, changed: 1 });
    expect(assetAt('a.jpg')).toBe(before);
  });

  it('knows a file that was renamed, also when another one has its old name now', async () => {
    library.write('IMG_1.jpg', 'first');
    await scan();
    const before = assetAt('IMG_1.jpg');
    renameSync(at('IMG_1.jpg'), at('best of.jpg'));
    library.write('IMG_1.jpg', 'another one');
    expect(await scan()).toMatchObject({ ...nothing, found: 2, added: 1, moved: 1 });
    expect(assetAt('best of.jpg')).toBe(before);
    renameSync(at('best of.jpg'), at('z.jpg'));
    library.write('best of.jpg', 'yet another one');
    expect(await scanDirectories(library.context, rootId, [''])).toMatchObject({
      added: 1,
      moved: 1,
      unchanged: 1,
    });
    expect(assetAt('z.jpg')).toBe(before);
  });

  it('takes a hard link and a copy for files of their own', async () => {
    library.write('a.jpg');
    await scan();
    linkSync(at('a.jpg'), at('linked.jpg'));
    copyFileSync(at('a.jpg'), at('copy.jpg'));
    expect(await scan()).toMatchObject({ found: 3, added: 2, unchanged: 1 });
    expect(new Set([assetAt('a.jpg'), assetAt('linked.jpg'), assetAt('copy.jpg')]).size).toBe(3);
  });

  it('forgets nothing of a file that is gone, and finds it again when it is back', async () => {
    library.write('a/1.jpg');
    await scan();
    const before = assetAt('a/1.jpg');
    utimesSync(at('a/1.jpg'), 5_000, 5_000);
    await scan();
    renameSync(at('a'), `${library.photos}-away`);
    try {
      expect(await scan()).toMatchObject({ ...nothing, missing: 1 });
      expect(assetAt('a/1.jpg')).toBe(before);
    } finally {
      renameSync(`${library.photos}-away`, at('a'));
    }
    expect(await scan()).toMatchObject({ ...nothing, found: 1, returned: 1 });
    expect(assetAt('a/1.jpg')).toBe(before);
  });

  it('turns a file that was no photo into one when it is renamed to one', async () => {
    library.write('a.part', 'photo');
    await scan();
    renameSync(at('a.part'), at('a.jpg'));
    expect(await scan()).toMatchObject({ moved: 1 });
    expect(assetAt('a.jpg')).toBeDefined();
    expect(skipped()).toEqual([]);
  });

  it('keeps the asset of a file that was moved to another root', async () => {
    const other = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-other-')));
    try {
      const otherId = addRoot(library.context, other).rootId;
      library.write('trip/1.jpg');
      await scan();
      const before = assetAt('trip/1.jpg');
      renameSync(at('trip'), join(other, 'trip'));
      expect(await scanRoot(library.context, otherId)).toMatchObject({ ...nothing, found: 1, moved: 1 });
      expect(assetAt('trip/1.jpg', otherId)).toBe(before);
      expect(await scan()).toMatchObject(nothing);
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('keeps what it knows of a folder that cannot be read', async () => {
    library.write('locked/1.jpg');
    await scan();
    chmodSync(at('locked'), 0o000);
    try {
      expect(await scan()).toMatchObject({
        ...nothing,
        unreadable: [{ relativePath: 'locked', code: 'file-unreadable' }],
      });
    } finally {
      chmodSync(at('locked'), 0o755);
    }
    expect(await scan()).toMatchObject({ ...nothing, found: 1, unchanged: 1 });
  });
});

describe('a root that is not there', () => {
  it('goes offline and loses nothing, also where its drive leaves an empty folder', async () => {
    library.write('a.jpg');
    await scan();
    const before = assetAt('a.jpg');
    const away = `${library.photos}-away`;
    renameSync(library.photos, away);
    try {
      expect(await scan()).toMatchObject({ status: 'offline', error: { code: 'root-offline' } });
      expect(getRoot(library.db, rootId).state).toBe('offline');
      mkdirSync(library.photos);
      expect(await scan()).toMatchObject({ status: 'offline', error: { code: 'root-offline' } });
    } finally {
      rmSync(library.photos, { recursive: true, force: true });
      renameSync(away, library.photos);
    }
    expect(await scan()).toMatchObject({ ...nothing, found: 1, unchanged: 1 });
    expect(getRoot(library.db, rootId).state).toBe('online');
    expect(assetAt('a.jpg')).toBe(before);
  });

  it('goes offline where another drive has its place, says what to do, and touches nothing', async () => {
    library.write('a.jpg');
    await scan();
    const away = `${library.photos}-away`;
    renameSync(library.photos, away);
    try {
      library.write('b.jpg');
      const result = await scan();
      expect(result).toMatchObject({ status: 'offline' });
      expect(JSON.stringify(result)).toMatch(/of 1 files compared, 0 are the same.*Relink/);
      expect(listKnownFiles(library.db, rootId, '', 10).map((file) => file.relativePath)).toEqual(['a.jpg']);
    } finally {
      rmSync(library.photos, { recursive: true, force: true });
      renameSync(away, library.photos);
    }
    expect(await scan()).toMatchObject({ ...nothing, found: 1, unchanged: 1 });
  });

  it('is itself where its files were put back into a new folder', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) library.write(`${name}.jpg`);
    await scan();
    renameSync(library.photos, `${library.photos}-away`);
    try {
      for (const name of ['a', 'b', 'c', 'd']) library.write(`${name}.jpg`);
      expect(await scan()).toMatchObject({ status: 'scanned', found: 4, missing: 1 });
    } finally {
      rmSync(`${library.photos}-away`, { recursive: true, force: true });
    }
  });

  it('is believed when its own folder was emptied by hand', async () => {
    library.write('a.jpg');
    await scan();
    rmSync(at('a.jpg'));
    expect(await scan()).toMatchObject({ ...nothing, missing: 1 });
  });
});

describe('a file that is being copied', () => {
  it('is taken when it has stood still for two seconds', async () => {
    library.write('a.jpg');
    const nowSeconds = library.clock.now() / 1_000;
    utimesSync(at('a.jpg'), nowSeconds, nowSeconds);
    const scanning = scan();
    await until(() => library.clock.pending > 0);
    expect(assetAt('a.jpg')).toBeUndefined();
    await library.clock.advance(2_000);
    expect(await scanning).toMatchObject({ found: 1, added: 1, changing: [] });
  });

  it('is left for the next look while it grows', async () => {
    library.write('a.jpg', 'half');
    const nowSeconds = library.clock.now() / 1_000;
    utimesSync(at('a.jpg'), nowSeconds, nowSeconds);
    const scanning = scan();
    await until(() => library.clock.pending > 0);
    library.write('a.jpg', 'half and more');
    await library.clock.advance(2_000);
    expect(await scanning).toMatchObject({
      added: 0,
      changing: [{ relativePath: 'a.jpg', lookAgainAtMs: library.clock.now() + 2_000 }],
    });
    await library.clock.advance(60_000);
    expect(await scan()).toMatchObject({ added: 1, changing: [] });
  });
});

describe('a scan of changed folders', () => {
  it('sees the files of those folders and everything in their new subfolders, and nothing else', async () => {
    library.write('a/1.jpg');
    library.write('b/2.jpg');
    await scan();
    library.write('a/3.jpg');
    library.write('a/new/deep/4.jpg');
    library.write('b/5.jpg');
    expect(await scanDirectories(library.context, rootId, ['a'])).toMatchObject({ added: 2, unchanged: 1 });
    expect(assetAt('b/5.jpg')).toBeUndefined();
    rmSync(at('a/new'), { recursive: true });
    expect(await scanDirectories(library.context, rootId, ['a', 'a/new/deep', 'a/new'])).toMatchObject({
      found: 2,
      unchanged: 2,
      missing: 1,
    });
  });

  it('recognises moves between folders and into new ones', async () => {
    library.write('a/1.jpg', 'one');
    library.write('z/2.jpg', 'and two');
    await scan();
    const before = [assetAt('a/1.jpg'), assetAt('z/2.jpg')];
    mkdirSync(at('m'));
    renameSync(at('a/1.jpg'), at('m/1.jpg'));
    renameSync(at('z/2.jpg'), at('m/2.jpg'));
    const result = await scanDirectories(library.context, rootId, ['', 'a', 'm', 'z']);
    expect(result).toMatchObject({ added: 0, moved: 2, missing: 0 });
    expect([assetAt('m/1.jpg'), assetAt('m/2.jpg')]).toEqual(before);
  });

  it('ignores what a scan ignores', async () => {
    library.write('.cache/1.jpg');
    library.write('x.lrdata/y/1.jpg');
    const directories = ['.cache', 'x.lrdata/y'];
    expect(await scanDirectories(library.context, rootId, directories)).toMatchObject({ found: 0 });
  });
});

it('waits for another scan of the same root', async () => {
  for (let index = 0; index < 600; index++) library.write(`${String(index)}.jpg`);
  const results = await Promise.all([scan(), scanDirectories(library.context, rootId, ['']), scan()]);
  expect(results).toMatchObject([{ added: 600 }, { unchanged: 600 }, { unchanged: 600 }]);
});

it('can be canceled, keeps what it saw, and calls nothing missing', async () => {
  for (let index = 0; index < 1_500; index++) library.write(`${String(index)}.jpg`, '');
  const controller = new AbortController();
  const scanning = scanRoot(library.context, rootId, {
    signal: controller.signal,
    onProgress: () => {
      controller.abort();
    },
  });
  await expect(scanning).rejects.toMatchObject({ code: 'canceled' });
  const result = await scan();
  expect(result).toMatchObject({ found: 1_500, missing: 0 });
  expect(result).not.toMatchObject({ added: 1_500 });
  expect(readdirSync(library.photos)).toHaveLength(1_500);
});
