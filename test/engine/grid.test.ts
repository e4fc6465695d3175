import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { aspectOf, gridFlags, readGridOrder, type GridOrder } from '../../app/contract/grid-order.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Arguments } from '../../app/contract/procedures.ts';
import { resourcePath } from '../../app/library/resources.ts';
import { AppError } from '../../app/platform/errors.ts';
import { usualOptions, photoOf, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';

type Prepared = { readonly name: string; readonly order: GridOrder; readonly names: (string | undefined)[] };

/** The order as a page reads it, with the names of the files. */
async function prepared(
  bench: Bench,
  { engine }: TestEngine,
  input: Arguments<'grid.prepare'> = {},
): Promise<Prepared> {
  const { name, count } = await engine.call('grid.prepare', input);
  const path = resourcePath(bench.library, name);
  const bytes = await readFile(path ?? '');
  const order = readGridOrder(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  if (order === undefined) throw new Error('this is no order');
  expect(order.count).toBe(count);
  const paths = new Map<number, string>();
  for (let start = 0; start < count; start += 500) {
    const assetIds = [...order.ids.subarray(start, start + 500)] as AssetId[]; // why: ids of the order
    for (const { id, path: file } of await engine.call('asset.list', { assetIds })) {
      paths.set(id, basename(file));
    }
  }
  return { name, order, names: [...order.ids].map((id) => paths.get(id)) };
}

it('gives all photos in order, with what the grid shows of each', async () => {
  const bench = await useBench();
  const wide = join(bench.photos, 'wide.jpg');
  const upright = join(bench.photos, 'upright.jpg');
  await writeOld(wide, await photoOf(1, 300, 200));
  await writeOld(upright, await photoOf(2, 200, 300));
  await writeOld(join(bench.photos, 'empty.jpg'), '');
  const test = await bench.open({ kind: 'built-in' });
  await test.scan(bench.photos);
  const { order, names } = await prepared(bench, test, { sort: 'name' });
  expect(names).toEqual(['empty.jpg', 'upright.jpg', 'wide.jpg']);
  expect([...order.aspects].map(aspectOf)).toEqual([
    undefined,
    expect.closeTo(2 / 3, 3) as number,
    expect.closeTo(3 / 2, 3) as number,
  ]);
  expect([...order.flags].map((flags) => (flags & gridFlags.problem) !== 0)).toEqual([true, false, false]);
  await test.describe({ options: usualOptions });
  const after = await prepared(bench, test, { query: 'is:baseline', sort: 'name' });
  expect(after.names).toEqual(['upright.jpg', 'wide.jpg']);
  expect([...after.order.flags].every((flags) => (flags & gridFlags.baseline) !== 0)).toBe(true);
});

it('tells the page when there is something new, and makes nothing anew when there is not', async () => {
  const bench = await useBench();
  const test = await bench.openWith(2);
  const first = await prepared(bench, test);
  expect((await prepared(bench, test)).name).toBe(first.name);
  const changed = new Promise<void>((resolve) => {
    test.engine.events.on('grid.changed', () => {
      resolve();
    });
  });
  await writeOld(join(bench.photos, 'late.jpg'), await photoOf(77));
  await test.scan();
  await changed;
  const second = await prepared(bench, test, { sort: 'name' });
  expect(second.names).toEqual(['late.jpg', 'photo-001.jpg', 'photo-002.jpg']);
});

it('keeps the order of the one before while it is fetched, and not for ever', async () => {
  const bench = await useBench();
  const test = await bench.openWith(1);
  const folder = join(bench.library, 'data');
  await prepared(bench, test);
  await writeFile(join(folder, 'of-somebody-else'), 'kept');
  for (let rating = 0; rating < 12; rating += 1) {
    await test.engine.call('grid.prepare', { query: `iso:>${String(rating)}` });
  }
  const names = await readdir(folder);
  expect(names.filter((name) => name.startsWith('grid-')).length).toBeLessThanOrEqual(8);
  expect(names).toContain('of-somebody-else');
});

it('takes away what an engine before left', async () => {
  const bench = await useBench();
  const first = await bench.openWith(1);
  const { name } = await prepared(bench, first);
  await first.close();
  const second = await bench.open();
  await prepared(bench, second);
  expect(await readdir(join(bench.library, 'data'))).not.toContain(name);
});

it('says what it did not understand of a query', async () => {
  const bench = await useBench();
  const test = await bench.openWith(1);
  const { notes } = await test.engine.call('grid.prepare', { query: 'is:purple' });
  expect(notes).toHaveLength(1);
});

it('shows what a model described last first', async () => {
  const bench = await useBench();
  const test = await bench.openWith(3);
  for (const query of ['name:photo-002', 'name:photo-001']) {
    await test.describe({ query });
  }
  const { names } = await prepared(bench, test, { query: 'is:described', sort: 'described' });
  expect(names).toEqual(['photo-001.jpg', 'photo-002.jpg']);
  // What nobody described stands behind.
  expect((await prepared(bench, test, { sort: 'described' })).names).toEqual([...names, 'photo-003.jpg']);
});

it('finds by the beginning of a word that is still being typed, as a search does', async () => {
  const bench = await useBench();
  const test = await bench.openWith(2);
  const query = 'pho';
  for (const asYouType of [true, false]) {
    const { total } = await test.engine.call('search.query', { query, asYouType });
    expect((await prepared(bench, test, { query, asYouType })).order.count).toBe(total);
    expect(total).toBe(asYouType ? 2 : 0);
  }
});

it('gives the first photos at once while the library is being read, and all of them when asked again', async () => {
  const bench = await useBench();
  const first = await bench.openWith(3);
  const whole = await prepared(bench, first, {});
  await first.close();
  const test = await bench.open({ kind: 'built-in' });
  const [soon, all] = await Promise.all([prepared(bench, test, { soon: true }), prepared(bench, test, {})]);
  // So few are all of them, and look as they do later.
  expect(soon.names).toEqual(whole.names);
  expect([...soon.order.flags]).toEqual([...all.order.flags]);
  expect([...soon.order.minutes]).toEqual([...all.order.minutes]);
  expect(all.names).toEqual(whole.names);
  expect(await test.engine.call('grid.prepare', { soon: true })).toMatchObject({ isWhole: true, found: 3 });
});

it('begins with what a query finds, not with the newest photos', async () => {
  const bench = await useBench();
  await (await bench.openWith(2)).close();
  const test = await bench.open({ kind: 'built-in' });
  for (const [query, count] of [
    ['rating:5', 0],
    ['photo-001', 1],
  ] as const) {
    expect(await test.engine.call('grid.prepare', { soon: true, query })).toMatchObject({
      count,
      found: count,
      isWhole: true,
    });
  }
});

it('makes no order that nobody waits for any more, and the next one all the same', async () => {
  const bench = await useBench();
  const test = await bench.openWith(2);
  const letters = ['ph', 'pho', 'phot'].map((query) => {
    const typing = new AbortController();
    const answer = test.engine.call('grid.prepare', { query, asYouType: true }, { signal: typing.signal });
    typing.abort(new AppError('canceled'));
    return answer;
  });
  const last = prepared(bench, test, { query: 'photo', asYouType: true });
  for (const letter of letters) await expect(letter).rejects.toMatchObject({ code: 'canceled' });
  expect((await last).names).toHaveLength(2);
  const files = (await readdir(join(bench.library, 'data'))).filter((name) => name.startsWith('grid-'));
  expect(files).toEqual([(await last).name]);
});
