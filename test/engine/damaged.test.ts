import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { renditionPath } from '../../app/library/renditions.ts';
import {
  azureSettings,
  credentialFor,
  EveryLaneEngine,
  photoOf,
  readLedger,
  useBench,
  writeOld,
  type Bench,
} from '../helpers/engine.ts';
import { brokenFiles, encodePhoto } from '../helpers/photos.ts';

/** Damaged photos are shown as far as they can be read, and described when a person says so: never by themselves. */

/** Red, with enough noise in it that a cut takes the lower half. */
async function cutInHalf(): Promise<Buffer> {
  const noise = Buffer.from(
    Array.from({ length: 400 * 300 * 3 }, (_, index) => (index % 3 === 0 ? 230 : 30 + ((index * 7919) % 40))),
  );
  const bytes = await sharp(noise, { raw: { width: 400, height: 300, channels: 3 } })
    .jpeg()
    .toBuffer();
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

async function openOn(bench: Bench): Promise<EveryLaneEngine> {
  const { emulator, library } = bench;
  const engine = new EveryLaneEngine({ libraryFolder: library, credentialOf: credentialFor(emulator) });
  onTestFinished(() => engine.close({ abort: true }));
  await engine.connect(azureSettings(emulator));
  await engine.scan(bench.photos);
  await engine.whenAllIdle();
  return engine;
}

test('of a photo that was cut off the part that is there is shown, and nothing is sent', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'cut.jpg');
  await writeOld(path, await cutInHalf());
  const engine = await openOn(bench);
  const shown = await engine.show(path);
  expect(shown).toMatchObject({ state: 'unreadable', damage: 'partial', error: { code: 'file-damaged' } });

  const thumbnail = await readFile(renditionPath(bench.library, shown.id, 'thumbnail'));
  const top = await sharp(thumbnail).extract({ left: 0, top: 0, width: 400, height: 60 }).png().toBuffer();
  const { channels } = await sharp(top).stats();
  const [red = Number.NaN, green, blue] = channels.map(({ mean }) => mean);
  expect(red).toBeGreaterThan(200);
  expect(Math.max(green ?? Number.NaN, blue ?? Number.NaN)).toBeLessThan(100);
  expect(await engine.describeRest()).toBeUndefined();
  expect(readLedger(bench.library)).toEqual([]);
});

test('described all the same when a person says so, once, also after a new start and a touch', async () => {
  const bench = await useBench();
  const at = (name: string): string => join(bench.photos, name);
  const [cut, hole, gone, good] = [at('cut.jpg'), at('hole.jpg'), at('gone.jpg'), at('good.jpg')];
  await writeOld(cut, await cutInHalf());
  await writeOld(hole, await brokenFiles.withHole());
  await writeOld(gone, await brokenFiles.onlyMagic());
  await writeOld(good, await photoOf(1));
  const engine = await openOn(bench);
  await engine.describeRest();
  expect(readLedger(bench.library)).toHaveLength(1);
  const { photos } = await engine.engine.call('search.query', { query: 'is:damaged' });
  expect(photos.map((photo) => photo.path).toSorted()).toEqual([cut, hole]);

  const all = { photos: { query: '' } };
  expect(await engine.engine.call('asset.acceptDamage', all)).toEqual({ photos: 2 });
  expect(await engine.engine.call('asset.acceptDamage', all)).toEqual({ photos: 0 });
  await engine.describeRest();
  expect(readLedger(bench.library).map(({ state }) => state)).toEqual(['answered', 'answered', 'answered']);
  expect(await engine.show(cut)).toMatchObject({ state: 'ready', damage: 'accepted', error: null });
  expect(await engine.show(gone)).toMatchObject({ state: 'unreadable', damage: 'total' });
  await engine.close();

  await utimes(cut, new Date(), new Date(Date.now() - 60_000));
  const next = await openOn(bench);
  expect(await next.isDone()).toBe(true);
  expect(await next.show(cut)).toMatchObject({ state: 'ready', damage: 'accepted' });
});

test('what failed to be described because of its damage is tried again once a person says so', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'cut.jpg');
  await writeOld(path, await cutInHalf());
  // Without thumbnails: the damage is met when it is described.
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describeRest();
  expect(await engine.report()).toEqual({ 'cut.jpg': 'failed file-damaged' });
  expect((await engine.show(path)).damage).toBe('partial');
  await engine.engine.call('asset.acceptDamage', { photos: { query: 'is:damaged' } });
  await engine.describeRest();
  expect(readLedger(bench.library).map(({ state }) => state)).toEqual(['answered']);
  expect(await engine.report()).toEqual({});
});

test('a thumbnail of a damaged photo is never sent in its place, and a mended photo is a photo like any other', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'cut.jpg');
  const whole = await encodePhoto({ widthPx: 500, heightPx: 300, seed: 3 });
  await writeOld(path, whole.subarray(0, Math.floor(whole.length / 2)));
  const engine = await openOn(bench);
  await utimes(path, new Date(), new Date(Date.now() - 60_000));
  await engine.scan();
  await engine.whenAllIdle();
  expect(await engine.describeRest()).toBeUndefined();
  expect(await engine.show(path)).toMatchObject({ state: 'unreadable', damage: 'partial' });

  await writeOld(path, whole);
  await engine.scan();
  await engine.whenAllIdle();
  expect(await engine.show(path)).toMatchObject({ state: 'ready', damage: 'none', error: null });
  await engine.describeRest();
  expect(readLedger(bench.library)).toHaveLength(1);
});
