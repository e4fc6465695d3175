import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { useTemporaryFolder } from '../helpers/database.ts';
import { EveryLaneEngine, makePhotos } from '../helpers/engine.ts';

function open(libraryFolder = useTemporaryFolder()): EveryLaneEngine {
  const engine = new EveryLaneEngine({ libraryFolder });
  onTestFinished(() => engine.close({ abort: true }));
  return engine;
}

test('a saved search keeps its name once, whatever its case, and can be renamed and removed', async () => {
  const { engine } = open();
  const first = await engine.call('savedSearch.save', { name: 'Dogs', query: 'dog' });
  await engine.call('savedSearch.save', { name: 'Beaches', query: 'beach', sort: 'oldest' });
  await engine.call('savedSearch.save', { name: 'dogs', query: 'dog -cat' });
  expect(await engine.call('savedSearch.list', {})).toMatchObject([
    { name: 'Beaches', query: 'beach', sort: 'oldest' },
    { id: first.id, name: 'dogs', query: 'dog -cat', sort: null },
  ]);
  await expect(engine.call('savedSearch.rename', { id: first.id, name: 'beaches' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await engine.call('savedSearch.rename', { id: first.id, name: 'Hounds' });
  expect((await engine.call('savedSearch.list', {})).map(({ name }) => name)).toEqual(['Beaches', 'Hounds']);
  await engine.call('savedSearch.remove', { id: first.id });
  expect((await engine.call('savedSearch.list', {})).map(({ name }) => name)).toEqual(['Beaches']);
});

test('folders of this machine are listed as people order them, hidden ones only when asked for', async () => {
  const { engine } = open();
  const folder = useTemporaryFolder();
  for (const name of ['Trip 10', 'trip 2', '.hidden', 'Äpfel']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'photo.jpg'), '');
  const listed = await engine.call('folder.list', { path: folder });
  expect(listed.folders.map(({ name }) => name)).toEqual(['Äpfel', 'trip 2', 'Trip 10']);
  expect(listed.parent).toBe(join(folder, '..'));
  const hidden = await engine.call('folder.list', { path: folder, showsHidden: true });
  expect(hidden.folders.map(({ name }) => name)).toContain('.hidden');
  const gone = await engine.call('folder.list', { path: join(folder, 'gone') });
  expect(gone).toMatchObject({
    parent: folder,
    folders: [],
    error: { details: { path: join(folder, 'gone') } },
  });
});

test('the sample photos are a folder beside the library, counted in it and in the whole', async () => {
  const library = join(useTemporaryFolder(), 'library');
  const opened = open(library);
  const { engine } = opened;
  const { rootId, path } = await engine.call('root.sample', {});
  expect(path.startsWith(library)).toBe(true);
  expect(path.startsWith(join(library, '/'))).toBe(false);
  expect((await engine.call('root.sample', {})).rootId).toBe(rootId);
  await opened.scan();
  await opened.whenAllIdle();
  const [summary] = await engine.call('root.summary', {});
  const { photos } = await engine.call('library.status', {});
  expect(photos).toBeGreaterThan(10);
  expect(summary).toMatchObject({ rootId, photos, described: 0, unread: 0, missing: 0, scanningFiles: null });
  expect(await engine.call('library.summary', {})).toMatchObject({
    photos,
    described: 0,
    unread: 0,
    waiting: { files: 0, thumbnails: 0, photos: 0 },
    pace: null,
    scanning: [],
    runningRuns: 0,
  });
});

test('what the sidebar counts as described is what it leads to: a caption in the file counts, too', async () => {
  const folder = useTemporaryFolder();
  await makePhotos(folder, 3);
  await writeFile(join(folder, 'photo-002.xmp'), captionedSidecar);
  const opened = open();
  const { engine } = opened;
  await opened.scan(folder);
  await opened.whenAllIdle();
  const { photos, said, described } = await engine.call('library.summary', {});
  expect([photos, said, described]).toEqual([3, 1, 0]);
  expect((await engine.call('search.query', { query: 'is:described' })).total).toBe(said);
  expect((await engine.call('search.query', { query: 'is:undescribed' })).total).toBe(photos - said);
});

const captionedSidecar = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>
<rdf:li xml:lang="x-default">A harbour.</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`;

test('what the status bar shows follows a run: what waits, that it is held, and that it is done', async () => {
  const folder = useTemporaryFolder();
  await makePhotos(folder, 6);
  const opened = open();
  await opened.connect({ kind: 'built-in' });
  await opened.scan(folder);
  await opened.whenAllIdle();
  const run = await opened.begin();
  await opened.engine.call('run.pause', { id: run.id });
  expect(await opened.engine.call('library.summary', {})).toMatchObject({ runningRuns: 0, pausedRuns: 1 });
  await opened.engine.call('run.resume', { id: run.id });
  await opened.settle(run.id);
  const { baseline, waiting, pausedRuns } = await opened.engine.call('library.summary', {});
  expect({ baseline, waiting: waiting.photos, pausedRuns }).toEqual({
    baseline: 6,
    waiting: 0,
    pausedRuns: 0,
  });
});

test('a keyword is completed by its beginning or that of a later word, whatever its case', async () => {
  const opened = open(join(useTemporaryFolder(), 'library'));
  await opened.connect({ kind: 'built-in' });
  await opened.engine.call('root.sample', {});
  await opened.scan();
  await opened.describe();
  const all = await opened.engine.call('keyword.complete', { text: '', limit: 100 });
  expect(all.map(({ keyword }) => keyword)).toContain('Iceland');
  expect(all.map(({ photos }) => photos)).toEqual(all.map(({ photos }) => photos).toSorted((a, b) => b - a));
  for (const { keyword, photos } of all) {
    const typed = keyword.slice(0, 3).toUpperCase();
    expect(await opened.engine.call('keyword.complete', { text: typed, limit: 100 })).toContainEqual({
      keyword,
      photos,
    });
  }
  expect(await opened.engine.call('keyword.complete', { text: 'zzzz' })).toEqual([]);
});
