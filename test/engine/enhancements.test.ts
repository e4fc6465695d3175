import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../helpers/failure.ts';
import { azureSettings, readLedger, useBench, visionSettings, writeOld } from '../helpers/engine.ts';
import { drawRedCorner } from '../helpers/red-corner.ts';

const fields = { fields: ['caption' as const, 'keywords' as const, 'objects' as const] };

/** A deployment of vision-preview and the Vision resource that it has its enhancements done by. */
async function setUp(deployment = 'gpt-4-vision', visionKey?: string) {
  const bench = await useBench();
  const { emulator } = bench;
  const engine = await bench.open(
    azureSettings(emulator, { deployment, modelId: 'gpt-4-vision-preview', concurrency: 1 }),
    {
      credentialOf: ({ kind }) => ({
        kind: 'api-key',
        secret: kind === 'azure-vision' ? (visionKey ?? emulator.key) : emulator.key,
      }),
    },
  );
  const { connection } = engine;
  const vision = await engine.engine.call('connection.save', visionSettings(emulator));
  const path = join(bench.photos, 'field.jpg');
  await writeOld(path, await drawRedCorner());
  await engine.scan(bench.photos);
  const set = (features: ('grounding' | 'ocr')[] | null) =>
    engine.engine.call('connection.set', {
      connectionId: connection.id,
      enhancements: features === null ? null : { features, visionConnectionId: vision.id },
    });
  return { ...bench, engine, connection, vision, path, set };
}

test('places come from the enhancements, and what they cost beside the tokens is in plan, budget and ledger', async () => {
  const { engine, emulator, path, set, library } = await setUp();
  const plain = await engine.plan(fields);
  await set(['grounding', 'ocr']);
  const plan = await engine.plan(fields);
  // Two at 0.0015 USD for the one photo, as in the how-to's own bill.
  expect((plan.costMicroUsd ?? 0) - (plain.costMicroUsd ?? 0)).toBe(3_000);
  const run = await engine.describe({ options: fields });
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 1, failed: 0 } });
  const [request] = emulator.requests;
  expect(request).toMatchObject({
    path: '/openai/deployments/gpt-4-vision/extensions/chat/completions',
    apiVersion: '2023-12-01-preview',
    httpStatus: 200,
  });
  const { description } = await engine.show(path);
  const red = description?.objects.find(({ label }) => label === 'red area');
  expect(red?.box?.x).toBeCloseTo(0.5, 1);
  expect(red?.box?.y).toBeCloseTo(0.5, 1);
  expect(red?.box?.width).toBeCloseTo(0.5, 1);
  const { promptTokens, completionTokens } = emulator.totals();
  // Ten dollars a million in, thirty out, and three thousandths for the enhancements.
  expect(run.costMicroUsd).toBe(promptTokens * 10 + completionTokens * 30 + 3_000);
  expect(readLedger(library).map(({ booking }) => booking)).toEqual(['exact']);
  expect(JSON.stringify(emulator.requests)).not.toContain(emulator.key);
});

test('a budget that holds the tokens alone is kept', async () => {
  const { engine, emulator, set } = await setUp();
  const plain = await engine.plan(fields);
  await set(['grounding']);
  const run = await engine.describe({
    options: fields,
    budgetMicroUsd: (plain.maxCostMicroUsd ?? 0) + 1_000,
  });
  expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' } });
  expect(emulator.requests).toEqual([]);
});

test('questions go without them, and cost what they always did', async () => {
  const { engine, emulator, path, set, connection } = await setUp();
  const asked = {
    connectionId: connection.id,
    assetIds: [(await engine.show(path)).id],
    question: 'What is it?',
  };
  const before = await engine.engine.call('thread.plan', asked);
  await set(['grounding']);
  expect((await engine.engine.call('thread.plan', asked)).maxCostMicroUsd).toBe(before.maxCostMicroUsd);
  const { costMicroUsd } = await engine.engine.call('thread.ask', asked);
  const { promptTokens, completionTokens } = emulator.totals();
  expect(costMicroUsd).toBe(promptTokens * 10 + completionTokens * 30);
  expect(emulator.requests.map(({ path: where }) => where.includes('/extensions/'))).toEqual([false]);
});

test('a model that has none says so, once, and the queue waits for a person, who takes them away', async () => {
  const { engine, emulator, set } = await setUp('gpt-4-turbo');
  await set(['ocr']);
  const run = await engine.describe({ options: fields });
  expect(run).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
  expect((await engine.pause())?.error).toMatchObject({ code: 'provider-misconfigured' });
  expect(emulator.requests).toHaveLength(1);
  await set(null);
  expect(await engine.settle(run.id)).toMatchObject({ state: 'finished', jobs: { finished: 1 } });
});

test('the key of the Vision resource is in no error and nowhere in the library', async () => {
  const secret = 'another-vision-key-0123456789';
  const { engine, set, library } = await setUp('gpt-4-vision', secret);
  await set(['grounding']);
  const run = await engine.describe({ options: fields });
  expect(run).toMatchObject({ jobs: { finished: 0 } });
  expect(JSON.stringify([await engine.pause(), await engine.run(run.id)])).not.toContain(secret);
  const { readFile, readdir } = await import('node:fs/promises');
  for (const name of await readdir(library)) {
    if (!name.startsWith('library.db')) continue;
    expect((await readFile(join(library, name))).includes(secret)).toBe(false);
  }
});

test('they are for Azure OpenAI in its dated form, and done by Azure AI Vision', async () => {
  const { engine, connection, set } = await setUp();
  const wrong = engine.engine.call('connection.set', {
    connectionId: connection.id,
    enhancements: { features: ['ocr'], visionConnectionId: connection.id },
  });
  expect(await failureOf(wrong)).toMatchObject({ code: 'invalid-input' });
  expect((await set(['ocr'])).enhancements?.features).toEqual(['ocr']);
  expect((await set(null)).enhancements).toBeUndefined();
});
