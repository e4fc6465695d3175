import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Privacy } from '../../app/contract/models/root.ts';
import { askOf } from '../helpers/asking.ts';
import { compatibleSettings, makePhotos, useBench, type TestEngine } from '../helpers/engine.ts';

/** A root with two photos, two more in `family`, and two in `family/public`. */
async function openWithFolders() {
  const bench = await useBench();
  const [family, inner] = [join(bench.photos, 'family'), join(bench.photos, 'family', 'public')];
  await mkdir(inner, { recursive: true });
  await makePhotos(bench.photos, 2, 1);
  await makePhotos(family, 2, 11);
  await makePhotos(inner, 2, 21);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const setPrivacy = (path: string, privacy: Privacy) =>
    engine.engine.call('folder.setPrivacy', { path, privacy });
  return { bench, engine, family, inner, setPrivacy };
}

const kept = (engine: TestEngine) => engine.engine.call('folder.listPrivacies', {});

test('the innermost folder decides where its photos may go', async () => {
  const { bench, engine, family, inner, setPrivacy } = await openWithFolders();
  await setPrivacy(family, 'local-only');
  await setPrivacy(inner, 'may-be-sent');

  // Azure is somebody else's machine, wherever the emulator runs.
  expect((await engine.describe()).jobs).toMatchObject({ finished: 4 });
  expect(Object.values(await engine.report())).toEqual(['skipped privacy', 'skipped privacy']);
  expect(bench.emulator.pictures.size).toBe(4);
  await engine.connect(compatibleSettings(bench.emulator));
  expect((await engine.describe()).jobs).toMatchObject({ finished: 6 });
});

test('a question about a photo of such a folder is not sent', async () => {
  const { bench, engine, family, setPrivacy } = await openWithFolders();
  const { id } = await engine.show(join(family, 'photo-011.jpg'));
  await setPrivacy(family, 'built-in-only');
  const asked = askOf(engine, { assetIds: [id], question: 'Who is this?' });
  await expect(asked).rejects.toMatchObject({ code: 'privacy' });
  expect(bench.emulator.totals().requests).toBe(0);
});

test('keywords that stand in such a folder go along with no other photo', async () => {
  const { bench, engine, family, setPrivacy } = await openWithFolders();
  for (const [folder, name, seed] of [
    [bench.photos, 'Heather', 1],
    [family, 'Grandmother Elsa', 11],
  ] as const) {
    const files = [seed, seed + 1].map((number) => `photo-${String(number).padStart(3, '0')}.jpg`);
    const shown = await Promise.all(files.map((file) => engine.show(join(folder, file))));
    await engine.engine.call('description.edit', {
      photos: { assetIds: shown.map(({ id }) => id) },
      keywords: { add: [name] },
    });
  }
  await setPrivacy(family, 'local-only');
  expect((await engine.describe()).jobs).toMatchObject({ finished: 2 });
  const sent = JSON.stringify(bench.emulator.requests);
  expect(sent).toContain('Heather');
  expect(sent).not.toContain('Elsa');
});

test('a folder that is renamed takes it along, and so does one of which a part stays behind', async () => {
  const { bench, engine, family, setPrivacy } = await openWithFolders();
  await setPrivacy(family, 'built-in-only');
  await rename(family, join(bench.photos, 'Elsa and Karl'));
  await engine.scan();
  expect(await kept(engine)).toMatchObject([{ relativePath: 'Elsa and Karl', privacy: 'built-in-only' }]);
  expect((await engine.describe()).jobs).toMatchObject({ finished: 2 });

  // One photo taken out by a person is where that person put it; the folder keeps its word.
  const name = 'photo-011.jpg';
  await mkdir(join(bench.photos, 'for all'));
  await rename(join(bench.photos, 'Elsa and Karl', name), join(bench.photos, 'for all', name));
  await engine.scan();
  expect(await kept(engine)).toMatchObject([{ relativePath: 'Elsa and Karl' }]);
  expect((await engine.describe()).jobs).toMatchObject({ finished: 1 });
});

test('what is as around a folder is not kept for it, and an unknown folder is named', async () => {
  const { bench, engine, family, setPrivacy } = await openWithFolders();
  await setPrivacy(family, 'local-only');
  await setPrivacy(family, 'may-be-sent');
  expect(await kept(engine)).toEqual([]);
  await setPrivacy(bench.photos, 'local-only');
  expect((await engine.engine.call('root.list', {}))[0]?.privacy).toBe('local-only');
  await expect(setPrivacy(join(bench.photos, 'famly'), 'built-in-only')).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a folder with a privacy of its own keeps it when the one around it is added', async () => {
  const bench = await useBench();
  const family = join(bench.photos, 'family');
  await mkdir(family);
  await makePhotos(family, 1, 11);
  await makePhotos(bench.photos, 1, 1);
  const engine = await bench.open();
  await engine.scan(family);
  await engine.engine.call('folder.setPrivacy', { path: family, privacy: 'built-in-only' });
  await engine.scan(bench.photos);
  expect(await kept(engine)).toMatchObject([{ relativePath: 'family', privacy: 'built-in-only' }]);
  expect((await engine.describe()).jobs).toMatchObject({ finished: 1 });
});
