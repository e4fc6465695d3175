import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles } from '../../app/db/open.ts';
import { useBench, usualOptions, type Bench, type TestEngine } from '../helpers/engine.ts';

const keywordsOf = (shown: Output<'asset.get'>): string[] =>
  shown.description?.keywords.map(({ keyword }) => keyword) ?? [];

async function useDescribed(
  photos: number,
): Promise<{ bench: Bench; test: TestEngine; ids: AssetId[]; path: (index: number) => string }> {
  const bench = await useBench();
  const test = await bench.openWith(photos);
  await test.describe();
  const path = (index: number) => join(bench.photos, `photo-${String(index).padStart(3, '0')}.jpg`);
  const ids: AssetId[] = [];
  for (let index = 1; index <= photos; index += 1) ids.push((await test.show(path(index))).id);
  return { bench, test, ids, path };
}

it('is the person’s from then on, whatever a model says later', async () => {
  const { test, ids, path } = await useDescribed(1);
  const { engine } = test;
  const before = await test.show(path(1));
  await engine.call('description.edit', {
    photos: { assetIds: ids },
    caption: 'Anna at the sea.',
    keywords: { add: ['Anna'] },
  });
  await test.describe({ options: { ...usualOptions, again: 'all' } });
  const after = await test.show(path(1));
  expect(after.description?.caption).toEqual({ text: 'Anna at the sea.', owner: 'person' });
  expect(after.description?.title).toEqual(before.description?.title);
  expect(keywordsOf(after)).toEqual([...keywordsOf(before), 'Anna']);
  expect(after.description?.reviewState).toBe('edited');

  await engine.call('description.edit', { photos: { assetIds: ids }, caption: null });
  expect((await test.show(path(1))).description?.caption).toEqual(before.description?.caption);
  const { total } = await engine.call('search.query', { query: 'keyword:Anna' });
  expect(total).toBe(1);
});

it('is undone and done again step by step, also after a restart', async () => {
  const { bench, test, ids, path } = await useDescribed(2);
  const { connection } = test;
  const first = await test.show(path(1));
  await test.engine.call('description.edit', { photos: { assetIds: ids }, title: 'One' });
  await test.engine.call('description.edit', { photos: { assetIds: ids.slice(0, 1) }, title: 'Two' });
  const { undo } = await test.engine.call('edit.list', {});
  expect(undo).toMatchObject({ kind: 'description', photos: 1, label: { fields: ['title'] } });
  await test.close();

  const next = bench.reopen(connection);
  const titles = async (): Promise<(string | undefined)[]> => [
    (await next.show(path(1))).description?.title?.text,
    (await next.show(path(2))).description?.title?.text,
  ];
  const original = first.description?.title?.text;
  expect(await titles()).toEqual(['Two', 'One']);
  await next.engine.call('edit.undo', {});
  expect(await titles()).toEqual(['One', 'One']);
  expect((await next.engine.call('edit.undo', {})).edit).toMatchObject({ photos: 2 });
  expect((await titles())[0]).toBe(original);
  expect((await next.show(path(1))).description?.reviewState).toBe('draft');
  expect(await next.engine.call('edit.undo', {})).toEqual({ edit: null });
  await next.engine.call('edit.redo', {});
  await next.engine.call('edit.redo', {});
  expect(await titles()).toEqual(['Two', 'One']);
  expect((await next.show(path(1))).description?.reviewState).toBe('edited');
});

it('cannot be done again once something else was done', async () => {
  const { test, ids } = await useDescribed(1);
  const { engine } = test;
  const edit = (title: string) => engine.call('description.edit', { photos: { assetIds: ids }, title });
  await edit('One');
  await engine.call('edit.undo', {});
  await edit('Other');
  expect((await engine.call('edit.list', {})).redo).toBeNull();
  expect(await engine.call('edit.redo', {})).toEqual({ edit: null });
});

it('leaves no step behind that changes nothing', async () => {
  const { test, ids } = await useDescribed(1);
  const edit = { photos: { assetIds: ids }, keywords: { add: ['Anna'] } };
  expect(await test.engine.call('description.edit', edit)).toMatchObject({ photos: 1 });
  expect(await test.engine.call('description.edit', edit)).toEqual({ editId: null, photos: 0 });
});

it('changes all that a query finds but some, as one step, and says how far it is', async () => {
  const { test, ids, path } = await useDescribed(120);
  const parts: number[] = [];
  const { photos } = await test.engine.call(
    'description.edit',
    { photos: { query: '', except: ids.slice(0, 1) }, keywords: { add: ['holiday'] } },
    { onPart: ({ done, total }) => parts.push(done / total) },
  );
  expect(photos).toBe(119);
  expect(parts.at(-1)).toBe(1);
  expect(parts.length).toBeGreaterThan(1);
  expect(keywordsOf(await test.show(path(1)))).not.toContain('holiday');
  expect((await test.engine.call('search.query', { query: 'keyword:holiday' })).total).toBe(119);
  await test.engine.call('edit.undo', {});
  expect((await test.engine.call('search.query', { query: 'keyword:holiday' })).total).toBe(0);
});

it('comes to its end when its engine died on the way', async () => {
  const { bench, test, ids, path } = await useDescribed(3);
  await test.engine.call('description.edit', { photos: { assetIds: ids }, title: 'Mine' });
  const { connection } = test;
  await test.close();
  // As an engine leaves it that has begun to undo, and died before the first photo.
  const db = new Database(join(bench.library, libraryFiles.database));
  db.exec("UPDATE edit SET state = 'undone'");
  db.close();
  const next = bench.reopen(connection);
  expect((await next.show(path(2))).description?.title?.owner).toBe('model');
  await next.engine.call('edit.redo', {});
  expect((await next.show(path(2))).description?.title).toEqual({ text: 'Mine', owner: 'person' });
});

it('keeps what a person thought of a text for as long as it is that text', async () => {
  const { test, ids, path } = await useDescribed(2);
  const { engine } = test;
  const stateOf = async (index: number) => (await test.show(path(index))).description?.reviewState;
  expect((await engine.call('search.query', { query: 'review:draft is:described' })).total).toBe(2);
  expect(await engine.call('asset.review', { photos: { query: '' }, state: 'accepted' })).toMatchObject({
    photos: 2,
  });
  expect(await stateOf(1)).toBe('accepted');
  expect((await engine.call('search.query', { query: 'review:accepted' })).total).toBe(2);
  await engine.call('description.edit', { photos: { assetIds: ids.slice(0, 1) }, title: 'Mine' });
  expect([await stateOf(1), await stateOf(2)]).toEqual(['edited', 'accepted']);
  await engine.call('edit.undo', {});
  expect(await stateOf(1)).toBe('accepted');
  await engine.call('edit.undo', {});
  expect([await stateOf(1), await stateOf(2)]).toEqual(['draft', 'draft']);
  await engine.call('asset.review', { photos: { assetIds: ids.slice(1) }, state: 'rejected' });
  expect(await stateOf(2)).toBe('rejected');
});

it('describes no photo that was excluded, plans none, and still shows and finds it', async () => {
  const bench = await useBench();
  const test = await bench.openWith(3);
  const path = join(bench.photos, 'photo-002.jpg');
  const { id } = await test.show(path);
  await test.engine.call('asset.exclude', { photos: { assetIds: [id] }, isExcluded: true });
  expect((await test.plan()).photos).toBe(2);
  await test.describe();
  expect(await test.show(path)).toMatchObject({ description: null, isExcluded: true });
  expect(await test.report()).toEqual({ 'photo-002.jpg': 'skipped excluded' });
  expect(bench.emulator.totals().requests).toBe(2);
  const found = await test.engine.call('search.query', { query: 'is:excluded' });
  expect(found.photos.map((photo) => photo.id)).toEqual([id]);
  await test.engine.call('edit.undo', {});
  expect((await test.plan()).photos).toBe(1);
});

it('takes a photo out of a run that was begun before', async () => {
  const bench = await useBench();
  const test = await bench.openWith(2);
  const { id } = await test.show(join(bench.photos, 'photo-002.jpg'));
  await test.engine.call('description.start', {
    connectionId: test.connection.id,
    budgetMicroUsd: null,
    options: usualOptions,
  });
  await test.engine.call('queue.pause', {});
  await test.engine.call('asset.exclude', { photos: { assetIds: [id] }, isExcluded: true });
  await test.engine.call('queue.resume', {});
  test.start();
  await test.engine.whenIdle([`connection:${String(test.connection.id)}`]);
  expect((await test.show(join(bench.photos, 'photo-002.jpg'))).description).toBeNull();
});

it('describes the photos that a person picked, and no others', async () => {
  const bench = await useBench();
  const test = await bench.openWith(4);
  const ids: AssetId[] = [];
  for (const index of [1, 2, 3]) {
    ids.push((await test.show(join(bench.photos, `photo-00${String(index)}.jpg`))).id);
  }
  const plan = await test.engine.call('description.plan', {
    connectionId: test.connection.id,
    options: usualOptions,
    assetIds: ids,
    except: ids.slice(0, 1),
  });
  expect(plan.photos).toBe(2);
  await test.describe({ assetIds: ids, except: ids.slice(0, 1) });
  expect(Object.keys(await test.report()).toSorted()).toEqual(['photo-001.jpg', 'photo-004.jpg']);
  await test.describe({ query: '', except: ids.slice(0, 1) });
  expect(Object.keys(await test.report())).toEqual(['photo-001.jpg']);
});
