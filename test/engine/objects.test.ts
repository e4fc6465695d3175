import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { azureSettings, compatibleSettings, useBench, writeOld } from '../helpers/engine.ts';
import { drawRedCorner } from '../helpers/red-corner.ts';

test('objects have their place in the photo, also when it is stored on its side, and are found by their names', async () => {
  const bench = await useBench();
  const upright = await drawRedCorner();
  const turned = await sharp(upright)
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .jpeg({ quality: 95 })
    .toBuffer();
  await writeOld(join(bench.photos, 'upright.jpg'), upright);
  await writeOld(join(bench.photos, 'turned.jpg'), turned);
  const engine = await bench.open(azureSettings(bench.emulator));
  await engine.scan(bench.photos);

  await engine.describe({ options: { fields: ['caption', 'objects'] } });

  const found = await engine.engine.call('search.query', { query: 'object:red', limit: 10 });
  expect(found.photos).toHaveLength(2);
  for (const { id } of found.photos) {
    const { description } = await engine.engine.call('asset.get', { id });
    const red = description?.objects.find(({ label }) => label.startsWith('red'));
    expect(red?.box?.x).toBeCloseTo(0.5, 1);
    expect(red?.box?.y).toBeCloseTo(0.5, 1);
    expect(red?.box?.width).toBeCloseTo(0.5, 1);
    expect(red?.box?.height).toBeCloseTo(0.5, 1);
  }
});

test('who asks for text and objects gets text that stands somewhere, and is charged no more than was planned', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'photo.jpg');
  await writeOld(path, await drawRedCorner());
  const engine = await bench.open(azureSettings(bench.emulator));
  await engine.scan(bench.photos);
  const options = { fields: ['caption' as const, 'recognizedText' as const, 'objects' as const] };
  const plan = await engine.plan(options);

  const run = await engine.describe({ options });

  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 1 } });
  expect(run.costMicroUsd).toBeLessThanOrEqual(plan.maxCostMicroUsd ?? 0);
  const { description } = await engine.show(path);
  expect(
    (await engine.engine.call('search.query', { query: `text:${description?.recognizedText ?? '?'}` })).total,
  ).toBe(1);
  // The emulator reads one word, across the middle of the picture.
  const [line] = description?.textLines ?? [];
  expect(description?.caption?.text).toContain(`“${line?.text ?? '?'}”`);
  expect(line?.polygon.map(({ x, y }) => [x, y])).toEqual([
    [0.1, 0.4],
    [0.9, 0.4],
    [0.9, 0.6],
    [0.1, 0.6],
  ]);
});

test('a small model of one’s own is asked for names alone', async () => {
  const bench = await useBench();
  await writeOld(join(bench.photos, 'photo.jpg'), await drawRedCorner());
  const engine = await bench.open(compatibleSettings(bench.emulator));
  await engine.scan(bench.photos);

  await engine.describe({ options: { fields: ['caption', 'recognizedText', 'objects'] } });

  const found = await engine.engine.call('search.query', { query: 'object:red', limit: 10 });
  expect(found.photos).toHaveLength(1);
  const { description } = await engine.show(join(bench.photos, 'photo.jpg'));
  const red = description?.objects.find(({ label }) => label.startsWith('red'));
  expect(red).toBeDefined();
  expect(red?.box).toBeUndefined();
  expect(description?.textLines).toEqual([]);
});

test('a person corrects and rejects objects: it stays so through later runs, and is undone', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'photo.jpg');
  await writeOld(path, await drawRedCorner());
  const engine = await bench.open(azureSettings(bench.emulator));
  await engine.scan(bench.photos);
  const options = { fields: ['caption' as const, 'objects' as const] };
  await engine.describe({ options });
  const { id, description } = await engine.show(path);
  const given = description?.objects ?? [];
  const own = given
    .filter(({ label }) => !label.startsWith('green'))
    .map((object) => ({ ...object, label: 'poppy field' }));

  await engine.engine.call('description.edit', { photos: { assetIds: [id] }, objects: own });
  await engine.describe({ options: { ...options, again: 'all' } });

  expect((await engine.show(path)).description?.objects).toEqual(own);
  expect((await engine.engine.call('search.query', { query: 'object:poppy' })).photos).toHaveLength(1);
  expect((await engine.engine.call('search.query', { query: 'object:green' })).photos).toHaveLength(0);

  await engine.engine.call('edit.undo', {});
  expect((await engine.show(path)).description?.objects).toEqual(given);
});

test('objects of several photos are not changed at once: their places are in one photo', async () => {
  const bench = await useBench();
  const engine = await bench.open(azureSettings(bench.emulator));
  await expect(
    engine.engine.call('description.edit', { photos: { query: '' }, objects: [] }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
});

test.each([
  ['beside the picture', { label: 'dog', box: { x: 0.8, y: 0, width: 0.4, height: 0.2 } }],
  ['before its edge', { label: 'dog', box: { x: -0.1, y: 0, width: 0.4, height: 0.2 } }],
  ['of no size', { label: 'dog', box: { x: 0.1, y: 0.1, width: 0, height: 0.2 } }],
  ['without a name', { label: '  ' }],
])('an object %s is refused, and nothing is changed', async (_, object) => {
  const bench = await useBench();
  const path = join(bench.photos, 'photo.jpg');
  await writeOld(path, await drawRedCorner());
  const engine = await bench.open(azureSettings(bench.emulator));
  await engine.scan(bench.photos);
  const { id } = await engine.show(path);
  await expect(
    engine.engine.call('description.edit', { photos: { assetIds: [id] }, objects: [object] }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
  expect((await engine.show(path)).history).toEqual([]);
});
