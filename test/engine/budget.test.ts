import { expect, test } from 'vitest';
import { azureSettings, useBench, usualOptions } from '../helpers/engine.ts';

/** gpt-4.1, in micro-dollars. */
const costOf = ({
  promptTokens,
  completionTokens,
}: {
  promptTokens: number;
  completionTokens: number;
}): number => promptTokens * 2 + completionTokens * 8;

test('a budget is never exceeded, is used as far as it goes, and the same run goes on with a larger one', async () => {
  const bench = await useBench({ latencyMs: 3 });
  const engine = await bench.openWith(60);
  const { emulator } = bench;
  // What one photo really costs, from a photo of another library.
  const other = await useBench();
  const sample = await other.openWith(1);
  await sample.describe();
  const each = costOf(other.emulator.totals());
  const budgetMicroUsd = each * 22;

  const stopped = await engine.describe({ budgetMicroUsd });

  expect(stopped).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' }, budgetMicroUsd });
  expect(emulator.totals().peakInFlight).toBeGreaterThan(1);
  expect(costOf(emulator.totals())).toBeLessThanOrEqual(budgetMicroUsd);
  // The last requests have to fit at their upper estimate, several times what they turn out to cost.
  expect(stopped.jobs.finished).toBeGreaterThanOrEqual(15);
  expect(stopped.jobs.finished + stopped.jobs.held).toBe(60);
  expect(emulator.totals().requests).toBe(stopped.jobs.finished);

  const more = await engine.describe({ budgetMicroUsd: budgetMicroUsd * 10 });

  expect(more).toMatchObject({ id: stopped.id, state: 'finished', error: null, jobs: { finished: 60 } });
  expect((await engine.usage()).costMicroUsd).toBeCloseTo(costOf(emulator.totals()), -2);
});

test('a stopped run goes on where it was in the next engine, counting what was spent before', async () => {
  const bench = await useBench();
  const first = await bench.openWith(12);
  const stopped = await first.describe({ budgetMicroUsd: 20_000 });
  expect(stopped.state).toBe('paused');
  await first.close();

  const second = await bench.open();
  const again = await second.describe({ budgetMicroUsd: 20_000 });
  expect(again).toMatchObject({ id: stopped.id, state: 'paused', jobs: { finished: stopped.jobs.finished } });
  expect(costOf(bench.emulator.totals())).toBeLessThanOrEqual(20_000);
});

test('requests whose cost nobody heard count at their upper estimate', async () => {
  const bench = await useBench();
  bench.emulator.faults.always('missing-usage');
  const engine = await bench.openWith(10);
  const run = await engine.describe({ budgetMicroUsd: 30_000 });
  expect(run.state).toBe('paused');
  expect(run.costMicroUsd).toBeLessThanOrEqual(30_000);
  const { unexplained } = await engine.usage();
  expect(unexplained).toHaveLength(run.jobs.finished);
  expect(
    unexplained.every(({ booking, costMicroUsd }) => booking === 'estimate' && (costMicroUsd ?? 0) > 0),
  ).toBe(true);
});

test('a budget cannot be kept for a model of unknown price, and is refused before anything is sent', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(1, { ...azureSettings(bench.emulator), modelId: 'somebodys-model' });
  await expect(engine.describe({ budgetMicroUsd: 1_000_000 })).rejects.toMatchObject({
    code: 'price-unknown',
  });
  expect((await engine.plan()).costMicroUsd).toBeNull();
  expect(bench.emulator.totals().requests).toBe(0);

  // With a price of one's own it can be kept.
  await engine.connect({
    ...azureSettings(bench.emulator),
    modelId: 'somebodys-model',
    ownPrice: { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 1_000_000, source: 'own' },
  });
  expect(await engine.describe({ budgetMicroUsd: 1_000_000 })).toMatchObject({ state: 'finished' });
});

test('a run whose price became unknown meanwhile waits for a person', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(3);
  const run = await engine.describe({ budgetMicroUsd: 1 });
  expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' } });
  await engine.connect({ ...azureSettings(bench.emulator), modelId: 'somebodys-model' });
  await engine.engine.call('run.resume', { id: run.id });
  expect(await engine.settle(run.id)).toMatchObject({ state: 'paused', error: { code: 'price-unknown' } });
  expect(bench.emulator.totals().requests).toBe(0);
});

test('a standing rule spends up to its budget for the month', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(30);
  const [root] = await engine.engine.call('root.list', {});
  if (root === undefined) throw new Error('the folder was added');
  const rule = {
    kind: 'describe',
    connectionId: engine.connection.id,
    monthlyBudgetMicroUsd: 25_000,
    options: usualOptions,
  } as const;
  await engine.engine.call('root.set', { rootId: root.id, rule });

  const stop = new AbortController();
  const watching = engine.engine.watch(stop.signal);
  const [run] = await engine.waitFor('run.changed', async () =>
    (await engine.engine.call('run.list', {})).filter(({ state }) => state === 'paused'),
  );
  stop.abort();
  await watching;

  expect(run).toMatchObject({ rootId: root.id, error: { code: 'budget-exceeded' } });
  expect(run?.jobs.finished).toBeGreaterThan(3);
  expect(costOf(bench.emulator.totals())).toBeLessThanOrEqual(25_000);
});
