import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RootId } from '../../app/contract/ids.ts';
import { countPresentFiles, findMissingFiles, listKnownFiles } from '../../app/library/file-store.ts';
import { addRoot, removeRoot } from '../../app/library/roots.ts';
import { scanDirectories, scanRoot } from '../../app/library/scan.ts';
import { watchRoots, type Dirty, type LibraryWatcher, type WatchListener } from '../../app/library/watch.ts';
import { openTestLibrary, type TestLibrary } from '../helpers/library.ts';

let library: TestLibrary;
let rootId: RootId;
let watcher: LibraryWatcher;
let dirty: Dirty[];
let onDirty: () => void;
let firstReports: Dirty[];

const at = (relativePath: string): string => join(library.photos, relativePath);
const present = () => listKnownFiles(library.db, rootId, '', 10_000).map((file) => file.relativePath);

async function open(largeRootFiles?: number): Promise<void> {
  library = openTestLibrary();
  rootId = addRoot(library.context, library.photos).rootId;
  library.write('there/1.jpg', 'one');
  await scanRoot(library.context, rootId);
  dirty = [];
  onDirty = () => undefined;
  const listener: WatchListener = {
    onDirty: (report) => {
      dirty.push(report);
      onDirty();
    },
    onError: (error) => {
      throw error;
    },
  };
  watcher = watchRoots(library.context, listener, largeRootFiles === undefined ? {} : { largeRootFiles });
  await watcher.whenReady();
  firstReports = dirty.splice(0);
}

afterEach(async () => {
  await watcher.close();
  library.close();
});

const limitedProgram = new URL('../fixtures/library/limited-watch-process.ts', import.meta.url);
const dyingProgram = new URL('../fixtures/library/dying-watch-process.ts', import.meta.url);

async function nextReport(): Promise<void> {
  if (dirty.length > 0) return;
  await new Promise<void>((resolve) => {
    onDirty = resolve;
  });
}

/** Looks at whatever is reported until the library is as wished. Never does when a change is not reported. */
async function followUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await nextReport();
    for (const { directories } of dirty.splice(0)) {
      if (directories === 'all') await scanRoot(library.context, rootId);
      else await scanDirectories(library.context, rootId, directories);
    }
  }
}

describe.each([
  { size: 'usual', largeRootFiles: 1_000_000 },
  { size: 'very large', largeRootFiles: 0 },
])('a watched root of $size size', ({ largeRootFiles }) => {
  beforeEach(() => open(largeRootFiles));

  it('is read once when its watch begins, as something may have happened since it was scanned', () => {
    expect(firstReports).toEqual([{ rootId, directories: 'all' }]);
  });

  it('hears of a file that is copied in, and names its folder', async () => {
    library.write('there/2.jpg');
    await nextReport();
    expect(dirty[0]).toEqual({ rootId, directories: ['there'] });
    await followUntil(() => present().includes('there/2.jpg'));
  });

  it('hears of a file that is renamed, deleted, or written anew', async () => {
    library.write('there/2.jpg', 'number two');
    await followUntil(() => present().length === 2);
    renameSync(at('there/1.jpg'), at('there/renamed.jpg'));
    await followUntil(() => present().includes('there/renamed.jpg'));
    expect(present()).toEqual(['there/2.jpg', 'there/renamed.jpg']);
    rmSync(at('there/renamed.jpg'));
    await followUntil(() => findMissingFiles(library.db, rootId, 'there/renamed.jpg').length === 1);
    const sizeOf = () => listKnownFiles(library.db, rootId, '', 1)[0]?.sizeBytes;
    library.write('there/2.jpg', 'with another content');
    await followUntil(() => sizeOf() !== 'number two'.length);
    expect(sizeOf()).toBe('with another content'.length);
  });

  it('sees every file of a tree that is moved in, and of one that is copied in', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'cutline-tree-'));
    const paths = Array.from(
      { length: 60 },
      (_, index) => `${String(index % 4)}/${String(index % 3)}/${String(index)}.jpg`,
    );
    for (const path of paths) {
      mkdirSync(join(elsewhere, 'tree', path, '..'), { recursive: true });
      writeFileSync(join(elsewhere, 'tree', path), path);
    }
    cpSync(join(elsewhere, 'tree'), at('copied'), { recursive: true });
    renameSync(join(elsewhere, 'tree'), at('moved'));
    rmSync(elsewhere, { recursive: true });
    const expected = [
      'there/1.jpg',
      ...paths.flatMap((path) => [`copied/${path}`, `moved/${path}`]),
    ].toSorted();
    await followUntil(() => present().length >= expected.length);
    expect(present()).toEqual(expected);
  });

  it('sees every file of a burst', async () => {
    for (let index = 0; index < 2_000; index++) {
      library.write(`burst/${String(index % 20)}/${String(index)}.jpg`, '');
    }
    await followUntil(() => countPresentFiles(library.db, rootId) > 2_000);
    expect(countPresentFiles(library.db, rootId)).toBe(2_001);
  });

  it('hears of a folder that is named like the one that it is in, and of a renamed one', async () => {
    mkdirSync(at('there/there'));
    await nextReport();
    dirty = [];
    library.write('there/there/2.jpg', 'in the inner folder');
    await followUntil(() => present().includes('there/there/2.jpg'));
    renameSync(at('there/there'), at('renamed'));
    await followUntil(() => present().includes('renamed/2.jpg'));
    library.write('renamed/3.jpg');
    await followUntil(() => present().includes('renamed/3.jpg'));
    expect(present()).toEqual(['renamed/2.jpg', 'renamed/3.jpg', 'there/1.jpg']);
  });

  it('takes no notice of what is ignored', async () => {
    library.write('.hidden/1.jpg');
    library.write('Catalog Previews.lrdata/2.jpg');
    library.write('seen/3.jpg');
    await followUntil(() => present().includes('seen/3.jpg'));
    expect(present()).toEqual(['seen/3.jpg', 'there/1.jpg']);
  });

  it('is told when the folder itself vanishes, and is watched again when it is back', async () => {
    const away = `${library.photos}-away`;
    renameSync(library.photos, away);
    await nextReport();
    expect(dirty[0]).toEqual({ rootId, directories: 'all' });
    expect(await scanRoot(library.context, rootId)).toMatchObject({ status: 'offline' });
    dirty = [];
    renameSync(away, library.photos);
    await library.clock.advance(5_000);
    await watcher.whenReady();
    library.write('back/4.jpg');
    await followUntil(() => present().includes('back/4.jpg'));
    expect(present()).toEqual(['back/4.jpg', 'there/1.jpg']);
  });
});

describe('a watcher', () => {
  beforeEach(() => open());

  it('reads everything again after a sleep, and once in a while', async () => {
    await library.clock.advance(5_000);
    expect(dirty).toEqual([]);
    library.clock.sleep(3 * 3_600_000);
    await library.clock.advance(5_000);
    expect(dirty).toEqual([{ rootId, directories: 'all' }]);
    dirty = [];
    for (let minutes = 0; minutes < 61; minutes++) await library.clock.advance(60_000);
    expect(dirty).toEqual([{ rootId, directories: 'all' }]);
  });

  it('begins to watch a root that is added later, and stops when it is removed', async () => {
    const other = mkdtempSync(join(tmpdir(), 'cutline-later-'));
    const later = addRoot(library.context, other).rootId;
    await library.clock.advance(5_000);
    await watcher.whenReady();
    expect(dirty).toEqual([{ rootId: later, directories: 'all' }]);
    await removeRoot(library.context, later);
    await library.clock.advance(5_000);
    rmSync(other, { recursive: true });
  });
});

describe('a watching process', () => {
  beforeEach(() => open());

  it('that meets the system’s limit is reported, and its root is scanned on a schedule', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const limited = watchRoots(
      library.context,
      { onDirty: (report) => dirty.push(report), onError: resolve },
      { program: limitedProgram },
    );
    expect(await promise).toMatchObject({ code: 'watch-limit', details: { path: library.photos } });
    await limited.whenReady();
    dirty = [];
    await library.clock.advance(5 * 60_000);
    expect(dirty).toEqual([{ rootId, directories: 'all' }]);
    await limited.close();
  });

  it('that dies is started again, and everything is read then', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const context = { ...library.context, log: { ...library.context.log, warn: resolve } };
    const dying = watchRoots(
      context,
      { onDirty: (report) => dirty.push(report), onError: resolve },
      { program: dyingProgram },
    );
    await dying.whenReady();
    await promise;
    dirty = [];
    await library.clock.advance(1_000);
    await dying.whenReady();
    expect(dirty).toEqual([{ rootId, directories: 'all' }]);
    await dying.close();
  });
});
