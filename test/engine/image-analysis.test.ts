import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { AnalysisOptions } from '../azure-emulator/analysis.ts';
import { makePhotos, useBench, type TestEngine, visionSettings, writeOld } from '../helpers/engine.ts';
import { drawRedCorner } from '../helpers/red-corner.ts';

const grey = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#777777' } })
    .jpeg()
    .toBuffer();

const sign = [
  [
    { text: 'SEA', place: { x: 0.1, y: 0.2, width: 0.1, height: 0.05 }, confidence: 0.99 },
    { text: 'GULL', place: { x: 0.22, y: 0.2, width: 0.15, height: 0.05 }, confidence: 0.93 },
  ],
];

async function openVision(analysis: AnalysisOptions = {}) {
  const bench = await useBench({ analysis });
  const engine: TestEngine = await bench.open(visionSettings(bench.emulator));
  return { bench, engine };
}

test('Image Analysis says what is where, what is written where, and costs what the plan said', async () => {
  const { bench, engine } = await openVision({ lines: sign });
  const path = join(bench.photos, 'photo.jpg');
  await writeOld(path, await drawRedCorner());
  await engine.scan(bench.photos);
  const options = {
    fields: ['caption' as const, 'keywords' as const, 'recognizedText' as const, 'objects' as const],
  };

  const plan = await engine.plan(options);
  // Caption, dense captions and text at 1.50 USD a thousand, the other four features at 1.00.
  expect(plan).toMatchObject({
    requests: 1,
    transactions: 7,
    inputTokens: 0,
    costMicroUsd: 8_500,
    maxCostMicroUsd: 8_500,
  });
  await engine.describe({ options });

  const { description } = await engine.show(path);
  expect(description?.caption?.text).toMatch(/^A .*green/);
  expect(description?.keywords.map(({ keyword }) => keyword)).toEqual(
    expect.arrayContaining(['green', 'red']),
  );
  // The service believes in it by 0.41 only.
  expect(description?.keywords.map(({ keyword }) => keyword)).not.toContain('perhaps');
  const red = description?.objects.find(({ label }) => label === 'red area');
  expect(red?.confidence).toBe(0.9);
  expect(red?.box?.x).toBeCloseTo(0.5, 1);
  expect(red?.box?.height).toBeCloseTo(0.5, 1);
  // Somebody whom the service hardly sees is nobody.
  expect(description?.objects.filter(({ label }) => label === 'person')).toEqual([]);
  expect(description?.recognizedText).toBe('SEA GULL');
  const [line] = description?.textLines ?? [];
  expect(line?.words?.map(({ text, confidence }) => [text, confidence])).toEqual([
    ['SEA', 0.99],
    ['GULL', 0.93],
  ]);
  expect(line?.polygon[0]?.x).toBeCloseTo(0.1, 2);
  expect(line?.polygon[2]?.x).toBeCloseTo(0.37, 2);

  // The emulator's crop is the box of the smallest area: that of the red quarter, whose middle a cut photo shows.
  const { id } = await engine.show(path);
  const [listed] = await engine.engine.call('asset.list', { assetIds: [id] });
  expect(listed?.focus?.x).toBeCloseTo(0.75, 1);
  expect(listed?.focus?.y).toBeCloseTo(0.75, 1);

  const totals = await Promise.all(
    ['object:red', 'text:gull', 'by:vision'].map(
      async (query) => (await engine.engine.call('search.query', { query })).total,
    ),
  );
  expect(totals).toEqual([1, 1, 1]);
  const usage = await engine.usage();
  expect(usage).toMatchObject({ requests: 1, transactions: 7, inputTokens: 0, costMicroUsd: 8_500 });
  expect(usage.byModel[0]?.model).toBe('image-analysis-2023-10-01');
  expect(bench.emulator.totals().transactions).toBe(7);
});

test('in a region without captions the rest is asked for, and the refusal is paid by nobody and met once', async () => {
  const { bench, engine } = await openVision({ hasCaptions: false });
  await engine.engine.call('connection.set', { connectionId: engine.connection.id, concurrency: 1 });
  await makePhotos(bench.photos, 3);
  await engine.scan(bench.photos);

  const run = await engine.describe({ options: { fields: ['caption', 'keywords'] } });

  expect(run.state).toBe('finished');
  expect((await engine.usage()).costMicroUsd).toBe(3_000);
  expect(bench.emulator.requests.map(({ httpStatus }) => httpStatus)).toEqual([400, 200, 200, 200]);
  // The next plan knows it.
  await makePhotos(bench.photos, 1, 50);
  await engine.scan();
  expect(await engine.plan({ fields: ['caption', 'keywords'] })).toMatchObject({
    transactions: 1,
    costMicroUsd: 1_000,
  });
  await expect(engine.plan({ fields: ['caption'] })).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a budget holds to the transaction', async () => {
  const { bench, engine } = await openVision();
  await makePhotos(bench.photos, 4);
  await engine.scan(bench.photos);
  const run = await engine.describe({ options: { fields: ['keywords'] }, budgetMicroUsd: 2_500 });
  expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' } });
  expect(bench.emulator.totals().transactions).toBe(2);
});

test('a picture that the service would refuse is not sent; a panorama is sent high enough', async () => {
  const { bench, engine } = await openVision();
  await writeOld(join(bench.photos, 'strip.jpg'), await grey(600, 50));
  await writeOld(join(bench.photos, 'panorama.jpg'), await grey(9_000, 200));
  await engine.scan(bench.photos);

  await engine.describe({ options: { fields: ['keywords'], detail: 'low' } });

  expect(await engine.report()).toEqual({ 'strip.jpg': 'failed provider-image-refused' });
  expect(bench.emulator.requests).toHaveLength(1);
  expect(bench.emulator.requests[0]?.pictures[0]?.heightPx).toBeGreaterThan(50);
  expect((await engine.usage()).costMicroUsd).toBe(1_000);
});

test('limits, wrong keys and answers that are none end as those of a model do', async () => {
  const { bench, engine } = await openVision();
  await makePhotos(bench.photos, 1);
  await engine.scan(bench.photos);
  bench.emulator.faults.next(
    { name: 'rate-limited-ms', retryAfterMs: 5 },
    'server-error',
    'html-200',
    'cut-body',
  );
  const run = await engine.describe({ options: { fields: ['keywords'] } });
  expect(run.state).toBe('finished');
  // Each of the two broken answers may have been charged: they are booked as if they were.
  expect((await engine.usage()).costMicroUsd).toBe(3_000);

  await makePhotos(bench.photos, 1, 9);
  await engine.scan();
  bench.emulator.changeKey('another-key-than-before');
  await engine.describe({ options: { fields: ['keywords'] } });
  expect(await engine.pause()).toMatchObject({
    pausedBy: 'blocked',
    error: { code: 'provider-unauthorized' },
  });
});

test('it is tested by one tiny picture of one transaction, and answers no questions', async () => {
  const { bench, engine } = await openVision();
  const [path = ''] = await makePhotos(bench.photos, 1);
  await engine.scan(bench.photos);
  const tested = await engine.engine.call('connection.test', { connectionId: engine.connection.id });
  expect(tested).toMatchObject({ isUsable: true, costMicroUsd: 1_000, model: 'image-analysis-2023-10-01' });
  expect(tested.checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  const { id } = await engine.show(path);
  await expect(
    engine.engine.call('thread.plan', {
      assetIds: [id],
      question: 'What?',
      connectionId: engine.connection.id,
    }),
  ).rejects.toMatchObject({ code: 'no-questions' });
});

test('a check-up does not say that it answers: nothing was sent', async () => {
  const { bench, engine } = await openVision();
  const { findings } = await engine.engine.call('library.doctor', { online: true, ports: [9] });
  expect(findings.map(({ code }) => code)).toContain('connection-ready');
  expect(findings.map(({ code }) => code)).not.toContain('connection-answers');
  expect(bench.emulator.requests).toEqual([]);
});

test('a price of the wrong kind is refused, for a budget would not hold', async () => {
  const { engine } = await openVision();
  const { id: connectionId } = engine.connection;
  const perToken = { inputMicroUsdPerMillion: 1, outputMicroUsdPerMillion: 1, source: 'own' };
  await expect(
    engine.engine.call('connection.set', { connectionId, ownPrice: perToken }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
});

test('the key is nowhere in the library', async () => {
  const { bench, engine } = await openVision();
  await makePhotos(bench.photos, 1);
  await engine.scan(bench.photos);
  await engine.describe({ options: { fields: ['keywords'] } });
  await engine.close();
  const database = await readFile(join(bench.library, 'library.db'));
  expect(database.includes(bench.emulator.key)).toBe(false);
});
