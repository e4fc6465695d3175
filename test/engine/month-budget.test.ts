import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  azureSettings,
  makePhotos,
  useBench,
  usualOptions,
  type Bench,
  type TestEngine,
} from '../helpers/engine.ts';

/** gpt-4.1, in micro-dollars. */
function spentAt({ emulator }: Bench): number {
  const { promptTokens, completionTokens } = emulator.totals();
  return promptTokens * 2 + completionTokens * 8;
}

async function costOfOne(): Promise<number> {
  const bench = await useBench();
  const test = await bench.openWith(1);
  await test.describe();
  return spentAt(bench);
}

async function setBudget(test: TestEngine, monthlyBudgetMicroUsd: number | null): Promise<void> {
  await test.engine.call('setting.set', { monthlyBudgetMicroUsd });
}

it('stops everything together before it is exceeded, and lets it go on with a larger one', async () => {
  const each = await costOfOne();
  const bench = await useBench({ latencyMs: 3 });
  const test = await bench.openWith(30);
  await makePhotos(join(bench.photos, 'more'), 30, 100);
  await test.scan();
  const budget = each * 22;
  await setBudget(test, budget);

  const stopped = await test.describe({ folders: [join(bench.photos, 'more')] });
  expect(stopped).toMatchObject({
    state: 'paused',
    error: { code: 'budget-exceeded', details: { isOverall: true, limitMicroUsd: budget } },
  });
  // Another run, with a budget of its own that would allow it.
  const other = await test.describe({ budgetMicroUsd: budget * 10 });
  expect(other).toMatchObject({ state: 'paused', error: { details: { isOverall: true } } });
  expect(spentAt(bench)).toBeLessThanOrEqual(budget);
  expect(spentAt(bench)).toBeGreaterThan(budget / 2);
  expect((await test.engine.call('library.summary', {})).monthlyBudgetMicroUsd).toBe(budget);

  const { id } = await test.show(join(bench.photos, 'photo-001.jpg'));
  const before = bench.emulator.totals().requests;
  const wish = { assetIds: [id], question: 'What is this?', connectionId: test.connection.id };
  await setBudget(test, Math.round(spentAt(bench)) + 10);
  await expect(test.engine.call('thread.ask', wish)).rejects.toMatchObject({
    code: 'budget-exceeded',
    details: { isOverall: true },
  });
  expect(bench.emulator.totals().requests).toBe(before);

  await setBudget(test, null);
  await test.settle(stopped.id);
  await test.settle(other.id);
  expect((await test.run(stopped.id)).state).toBe('finished');
  expect((await test.run(other.id)).state).toBe('finished');
  expect(await test.report()).toEqual({});
});

it('counts what was spent while there was none', async () => {
  const each = await costOfOne();
  const bench = await useBench();
  const test = await bench.openWith(12);
  await setBudget(test, each * 100);
  await test.describe({ limit: 1 });
  await setBudget(test, null);
  await test.describe({ limit: 8 });
  const spent = spentAt(bench);
  await setBudget(test, Math.floor(spent));
  const run = await test.describe();
  expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' } });
  expect(spentAt(bench)).toBe(spent);
});

it('is still there in the next engine, and leaves a person’s pause alone', async () => {
  const bench = await useBench();
  const first = await bench.openWith(3);
  await setBudget(first, 1);
  const stopped = await first.describe();
  expect(stopped.state).toBe('paused');
  const { connection } = first;
  await first.close();
  const next = bench.reopen(connection);
  expect((await next.run(stopped.id)).state).toBe('paused');
  expect(bench.emulator.totals().requests).toBe(0);
  await next.engine.call('run.pause', { id: stopped.id });
  await setBudget(next, 1_000_000_000);
  expect((await next.run(stopped.id)).state).toBe('paused');
});

it('cannot be kept for a model of unknown price, and is refused before anything is sent', async () => {
  const bench = await useBench();
  const test = await bench.openWith(1, { ...azureSettings(bench.emulator), modelId: 'somebodys-model' });
  await setBudget(test, 1_000_000);
  const start = test.engine.call('description.start', {
    connectionId: test.connection.id,
    budgetMicroUsd: null,
    options: usualOptions,
  });
  await expect(start).rejects.toMatchObject({ code: 'price-unknown' });
  expect(bench.emulator.totals().requests).toBe(0);
});
