import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import { isSamePicture } from '../azure-emulator/fingerprint.ts';
import type { Emulator } from '../azure-emulator/server.ts';
import {
  azureSettings,
  compatibleSettings,
  makePhotos,
  photoOf,
  useBench,
  writeOld,
  type Settings,
  type TestEngine,
} from '../helpers/engine.ts';

/** The word that the emulator reads in the photo, in the caption that is stored for it. */
async function expectOwnCaptions(engine: TestEngine, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const { fingerprint } = await describePicture(await readFile(path), { upright: true });
    const word = /“(\w+)”/.exec((await engine.captionOf(path)) ?? '')?.[1];
    expect(isSamePicture(word ?? '', fingerprint), `${path}: ${word ?? 'no caption'}`).toBe(true);
  }
}

const forms: readonly [string, (emulator: Emulator) => Settings][] = [
  ['dated', (emulator) => azureSettings(emulator)],
  [
    'v1',
    (emulator) => ({
      ...azureSettings(emulator, { endpoint: `${emulator.endpoint}/openai/v1/` }),
      apiVersion: undefined,
    }),
  ],
  ['compatible', (emulator) => compatibleSettings(emulator)],
];

test.each(forms)(
  'each photo gets its own caption, and the ledger is the service’s own count (%s)',
  async (form, settingsOf) => {
    const bench = await useBench();
    const { emulator, photos } = bench;
    const paths = await makePhotos(photos, 24);
    for (const [index, [widthPx, heightPx]] of [
      [1600, 1200],
      [3000, 700],
      [500, 2100],
    ].entries()) {
      const path = join(photos, `large-${String(index)}.jpg`);
      await writeOld(path, await photoOf(100 + index, widthPx, heightPx));
      paths.push(path);
    }
    // Stored on its side, with a place and an owner that nobody may see.
    const turned = await sharp(await photoOf(200, 900, 600))
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .withExifMerge({
        IFD0: { Artist: 'Somebody' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 6/1 36/1' },
      })
      .jpeg()
      .toBuffer();
    paths.push(join(photos, 'private.jpg'));
    await writeOld(join(photos, 'private.jpg'), turned);
    const engine = await bench.open(settingsOf(emulator));
    await engine.scan(photos);

    const plan = await engine.plan();
    const run = await engine.describe();

    expect(run).toMatchObject({
      state: 'finished',
      failures: [],
      jobs: { finished: paths.length, failed: 0 },
    });
    await expectOwnCaptions(engine, paths);
    const totals = emulator.totals();
    const usage = await engine.usage();
    expect(usage).toMatchObject({
      requests: paths.length,
      inputTokens: totals.promptTokens,
      outputTokens: totals.completionTokens,
      // gpt-4.1: 2 and 8 dollars per million tokens; each request is rounded by itself.
      costMicroUsd: expect.closeTo(
        form === 'compatible' ? 0 : totals.promptTokens * 2 + totals.completionTokens * 8,
        -2,
      ) as number,
      unexplained: [],
    });
    expect(totals.peakInFlight).toBeLessThanOrEqual(8);
    expect(plan).toMatchObject({ photos: paths.length, requests: totals.answered });
    expect(plan.inputTokens).toBeGreaterThanOrEqual(totals.promptTokens);
    expect(plan.maxOutputTokens).toBeGreaterThanOrEqual(totals.completionTokens);
    expect(plan.maxCostMicroUsd).toBeGreaterThanOrEqual(usage.costMicroUsd);

    const sent = emulator.requests.flatMap(({ pictures }) => pictures);
    expect(sent).toHaveLength(paths.length);
    expect(sent.reduce((sum, { imageTokens }) => sum + imageTokens, 0)).toBe(plan.imageTokens);
    for (const picture of sent) {
      expect(picture).toMatchObject({
        detail: 'high',
        hasMetadata: false,
        isTurned: false,
        isAnimated: false,
      });
      expect(Math.max(picture.widthPx, picture.heightPx)).toBeLessThanOrEqual(2048);
      expect(Math.min(picture.widthPx, picture.heightPx)).toBeLessThanOrEqual(768);
    }
  },
);

test('a limit in tokens is kept by every picture', async () => {
  const bench = await useBench();
  for (const [index, side] of [300, 700, 1100, 1600].entries()) {
    await writeOld(join(bench.photos, `${String(side)}.jpg`), await photoOf(index, side, side));
  }
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describe({ options: { maxImageTokens: 300, detail: 'auto' } });
  const sent = bench.emulator.requests.flatMap(({ pictures }) => pictures);
  expect(sent).toHaveLength(4);
  for (const { imageTokens, detail } of sent) {
    expect(imageTokens).toBeLessThanOrEqual(300);
    expect(['low', 'high']).toContain(detail);
  }
});

test('files with the same bytes are described once and shown for all', async () => {
  const bench = await useBench();
  const [first = ''] = await makePhotos(bench.photos, 3);
  for (const name of ['copy-1.jpg', 'copy-2.jpg']) {
    await writeOld(join(bench.photos, name), await readFile(first));
  }
  const engine = await bench.open();
  await engine.scan(bench.photos);
  expect(await engine.plan()).toMatchObject({ photos: 5, requests: 3, copies: 2 });
  await engine.describe();
  await expectOwnCaptions(engine, [
    first,
    join(bench.photos, 'copy-1.jpg'),
    join(bench.photos, 'copy-2.jpg'),
  ]);
  expect(bench.emulator.totals().requests).toBe(3);

  // Another copy, later: what is known of it is taken over.
  await writeOld(join(bench.photos, 'copy-3.jpg'), await readFile(first));
  await engine.scan();
  expect(await engine.plan()).toMatchObject({ photos: 1, requests: 0, copies: 1 });
  await engine.describe();
  await expectOwnCaptions(engine, [join(bench.photos, 'copy-3.jpg')]);
  expect(bench.emulator.totals().requests).toBe(3);
});

test('a second describe sends nothing, also from another engine', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(4);
  await engine.describe();
  expect(await engine.isDone()).toBe(true);
  await engine.close();
  const again = await bench.open();
  await again.scan();
  expect(await again.isDone()).toBe(true);
  expect(bench.emulator.totals().requests).toBe(4);
});

test('new metadata in a file sends nothing; a new picture in it is described again', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(2);
  await engine.describe();
  const [first = '', second = ''] = [1, 2].map((number) =>
    join(bench.photos, `photo-00${String(number)}.jpg`),
  );

  await writeOld(first, addComment(await readFile(first)));
  await engine.scan();
  expect(await engine.isDone()).toBe(true);

  await writeOld(second, await photoOf(99, 400, 300));
  const later = new Date(Date.now() - 3_600_000);
  await utimes(second, later, later);
  await engine.scan();
  const run = await engine.describe();
  expect(run.jobs.finished).toBe(1);
  await expectOwnCaptions(engine, [first, second]);
  expect(bench.emulator.totals().requests).toBe(3);
});

/** A JPEG comment, as a metadata editor leaves one: other bytes, the same picture. */
function addComment(jpeg: Buffer): Buffer {
  const comment = Buffer.from('seen');
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}

test('a model takes the place of the baseline, and the built-in describer never takes the place of a model', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(3);
  const model = engine.connection;
  const builtIn = await engine.connect({ kind: 'built-in' });
  await engine.describe();
  const path = join(bench.photos, 'photo-001.jpg');
  expect((await engine.show(path)).description).toMatchObject({ baseline: true });
  expect(await engine.isDone()).toBe(true);

  engine.connection = model;
  await engine.describe();
  expect((await engine.show(path)).description).toMatchObject({
    baseline: false,
    caption: { owner: 'model' },
  });
  await expectOwnCaptions(engine, [path]);

  engine.connection = builtIn;
  expect(await engine.isDone()).toBe(true);
});
