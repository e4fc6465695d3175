import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renditionPath } from '../../app/library/renditions.ts';
import { photoOf, useBench, writeOld } from '../helpers/engine.ts';

test('a path that gets another picture loses what a model said of the old one, and is searched by it no more', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(1);
  await engine.describe();
  const path = join(bench.photos, 'photo-001.jpg');
  const before = await engine.show(path);
  expect(before.description?.caption?.owner).toBe('model');
  const found = await engine.engine.call('search.query', { query: 'picture' });
  expect(found.total).toBe(1);
  const thumbnail = renditionPath(bench.library, before.id, 'thumbnail');
  const { mtimeMs } = await stat(thumbnail);

  await writeOld(path, await photoOf(99, 400, 300));
  const later = new Date(Date.now() - 3_600_000);
  await utimes(path, later, later);
  await engine.scan();

  const after = await engine.show(path);
  expect(after).toMatchObject({ id: before.id, description: null });
  expect(after.history).toMatchObject([{ owner: 'model', live: false }]);
  expect((await engine.engine.call('search.query', { query: 'picture' })).total).toBe(0);
  // The thumbnail is made of the new picture.
  await engine.describe();
  expect((await stat(thumbnail)).mtimeMs).toBeGreaterThan(mtimeMs);
});
