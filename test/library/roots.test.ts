import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAssetByPath } from '../../app/library/asset-store.ts';
import { renditionPath, writeRendition } from '../../app/library/renditions.ts';
import { addRoot, findLibraryFolder, relinkRoot, removeRoot } from '../../app/library/roots.ts';
import { getRoot, listRoots, setRootScanned, updateRoot } from '../../app/library/root-store.ts';
import { scanRoot } from '../../app/library/scan.ts';
import { openTestLibrary, type TestLibrary } from '../helpers/library.ts';

let library: TestLibrary;
let elsewhere: string;

beforeEach(() => {
  library = openTestLibrary();
  elsewhere = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-elsewhere-')));
});
afterEach(() => {
  library.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

const at = (relativePath: string): string => join(library.photos, relativePath);
const add = (path: string) => addRoot(library.context, path);
const codeOf = (code: string) => expect.objectContaining({ code }) as Error;

describe('adding a folder', () => {
  it('adds it once, whatever way leads to it', () => {
    const first = add(library.photos);
    symlinkSync(library.photos, join(elsewhere, 'link'));
    expect(first).toMatchObject({ prefix: '', isNew: true });
    expect(add(join(elsewhere, 'link'))).toEqual({ ...first, isNew: false });
    expect(add(`${library.photos}/`)).toEqual({ ...first, isNew: false });
    expect(listRoots(library.db).map((root) => root.path)).toEqual([library.photos]);
  });

  it('takes a folder inside a root for that root, and says which part of it', () => {
    const { rootId } = add(library.photos);
    mkdirSync(at('2019/may'), { recursive: true });
    expect(add(at('2019/may'))).toEqual({ rootId, prefix: '2019/may', isNew: false });
    expect(findLibraryFolder(library.db, at('2019'))).toEqual({ rootId, prefix: '2019' });
    expect(findLibraryFolder(library.db, at('not there'))).toEqual({ rootId, prefix: 'not there' });
    expect(findLibraryFolder(library.db, elsewhere)).toBeUndefined();
    // Also what is gone, by whatever way it was reached.
    symlinkSync(library.photos, join(elsewhere, 'link'));
    expect(findLibraryFolder(library.db, join(elsewhere, 'link/gone/a.jpg'))).toEqual({
      rootId,
      prefix: 'gone/a.jpg',
    });
  });

  it('does not take a folder for inside another whose name it only begins with', () => {
    mkdirSync(join(elsewhere, 'a'));
    mkdirSync(join(elsewhere, 'a b'));
    const ids = ['a', 'a b'].map((name) => add(join(elsewhere, name)).rootId);
    expect(new Set(ids).size).toBe(2);
  });

  it('takes a folder around a root for the new root, and keeps what is known of the inner files', async () => {
    library.write('2019/a.jpg', 'a');
    library.write('b.jpg', 'b');
    const inner = add(at('2019'));
    await scanRoot(library.context, inner.rootId);
    const { id } = findAssetByPath(library.db, inner.rootId, 'a.jpg')!;
    const outer = add(library.photos);
    expect(outer).toMatchObject({ prefix: '', isNew: true });
    expect(await scanRoot(library.context, outer.rootId)).toMatchObject({ added: 1, moved: 0, missing: 0 });
    expect(findAssetByPath(library.db, outer.rootId, '2019/a.jpg')).toMatchObject({ id });
    expect(listRoots(library.db).map((root) => root.path)).toEqual([library.photos]);
  });

  it('refuses a folder around a root with settings of its own, and names that', () => {
    mkdirSync(at('family'));
    const { rootId } = add(at('family'));
    updateRoot(library.db, rootId, { ignorePatterns: ['*.tif'] });
    expect(() => add(library.photos)).toThrow(codeOf('conflict'));
    expect(listRoots(library.db).map((root) => root.path)).toEqual([at('family')]);
  });

  it('takes a folder that was renamed together with everything in it for the root that it was', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c/d.jpg']) library.write(`trip/${name}`, name);
    const { rootId } = add(at('trip'));
    await scanRoot(library.context, rootId);
    const { id } = findAssetByPath(library.db, rootId, 'a.jpg')!;
    renameSync(at('trip'), at('journey'));
    mkdirSync(at('journey/day 1'));
    renameSync(at('journey/a.jpg'), at('journey/day 1/one.jpg'));
    renameSync(at('journey/b.jpg'), at('journey/day 1/two.jpg'));
    renameSync(at('journey/c'), at('journey/day 2'));
    expect(add(at('journey'))).toMatchObject({ rootId });
    expect(await scanRoot(library.context, rootId)).toMatchObject({ moved: 3, added: 0, missing: 0 });
    expect(findAssetByPath(library.db, rootId, 'day 1/one.jpg')).toMatchObject({ id });
  });

  it('takes a renamed folder for the root that it was', async () => {
    library.write('trip/a.jpg', 'a');
    const { rootId } = add(at('trip'));
    await scanRoot(library.context, rootId);
    renameSync(at('trip'), join(elsewhere, 'journey'));
    expect(add(join(elsewhere, 'journey'))).toEqual({ rootId, prefix: '', isNew: false });
    expect(await scanRoot(library.context, rootId)).toMatchObject({
      status: 'scanned',
      unchanged: 1,
      added: 0,
      missing: 0,
    });
  });

  it('does not take a new folder for a deleted one whose inode the system gave to it', async () => {
    library.write('trip/a.jpg', 'a');
    const { rootId } = add(at('trip'));
    await scanRoot(library.context, rootId);
    rmSync(at('trip'), { recursive: true });
    library.write('work/b.jpg', 'b');
    const { dev, ino } = statSync(at('work'));
    setRootScanned(library.db, rootId, { device: dev, inode: ino }, 0);
    expect(add(at('work'))).toMatchObject({ isNew: true });
    expect(getRoot(library.db, rootId).path).toBe(at('trip'));
  });

  it('says what is wrong with a path', () => {
    library.write('photo.jpg');
    expect(() => add(at('nowhere'))).toThrow(codeOf('not-found'));
    expect(() => add(at('photo.jpg'))).toThrow(codeOf('invalid-input'));
    expect(() => add(at('photo.jpg/inside'))).toThrow(codeOf('not-found'));
    expect(() => add(library.context.libraryFolder)).toThrow(codeOf('invalid-input'));
  });
});

it('removing a root removes its photos and their thumbnails, and no original', async () => {
  const { rootId } = add(library.photos);
  library.write('a.jpg');
  await scanRoot(library.context, rootId);
  const { id } = findAssetByPath(library.db, rootId, 'a.jpg')!;
  const thumbnail = renditionPath(library.context.libraryFolder, id, 'thumbnail');
  await writeRendition(thumbnail, Buffer.from('pixels'));
  expect(existsSync(thumbnail)).toBe(true);
  expect(await removeRoot(library.context, rootId)).toBe(1);
  expect([existsSync(thumbnail), existsSync(at('a.jpg'))]).toEqual([false, true]);
  expect(listRoots(library.db)).toEqual([]);
  expect(library.db.pluck('SELECT (SELECT count(*) FROM asset) + (SELECT count(*) FROM file)')).toEqual([0]);
  await expect(removeRoot(library.context, rootId)).rejects.toMatchObject({ code: 'not-found' });
});

it('removing a root waits for a scan of it, which puts nothing back', async () => {
  const { rootId } = add(library.photos);
  for (let index = 0; index < 600; index++) library.write(`${String(index)}.jpg`);
  const scanning = scanRoot(library.context, rootId);
  expect(await removeRoot(library.context, rootId)).toBe(600);
  expect(await scanning).toMatchObject({ added: 600 });
  expect(library.db.pluck('SELECT (SELECT count(*) FROM asset) + (SELECT count(*) FROM file)')).toEqual([0]);
});

describe('relinking a root', () => {
  it('keeps everything that is known of its files', async () => {
    const { rootId } = add(library.photos);
    for (let index = 0; index < 10; index++) library.write(`${String(index)}.jpg`);
    await scanRoot(library.context, rootId);
    const before = findAssetByPath(library.db, rootId, '3.jpg')?.id;
    const moved = join(elsewhere, 'moved');
    renameSync(library.photos, moved);
    expect(await scanRoot(library.context, rootId)).toMatchObject({ status: 'offline' });
    relinkRoot(library.context, rootId, moved);
    expect(getRoot(library.db, rootId)).toMatchObject({ path: moved, state: 'online' });
    expect(await scanRoot(library.context, rootId)).toMatchObject({ unchanged: 10, added: 0, missing: 0 });
    expect(findAssetByPath(library.db, rootId, '3.jpg')?.id).toBe(before);
  });

  it('is refused where other files are, and changes nothing then', async () => {
    const { rootId } = add(library.photos);
    for (let index = 0; index < 10; index++) library.write(`${String(index)}.jpg`);
    await scanRoot(library.context, rootId);
    for (let index = 0; index < 5; index++) {
      writeFileSync(join(elsewhere, `${String(index)}.jpg`), 'something else');
    }
    expect(() => {
      relinkRoot(library.context, rootId, elsewhere);
    }).toThrow(codeOf('conflict'));
    expect(getRoot(library.db, rootId).path).toBe(library.photos);
  });
});
