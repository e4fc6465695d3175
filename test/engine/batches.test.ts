import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import { describe, expect, test } from 'vitest';
import type { BatchFault } from '../azure-emulator/batch/serve.ts';
import { askedOftenMs, batchSettings, inBatches, sendBatches, untilOver } from '../helpers/batches.ts';
import { createEntraCredential } from '../../app/providers/entra.ts';
import { makeBurst } from '../helpers/bursts.ts';
import { chargesOf } from '../helpers/charges.ts';
import { failureOf } from '../helpers/failure.ts';
import { compatibleSettings, makePhotos, readLedger, useBench, type Bench } from '../helpers/engine.ts';

const day = 24 * 60 * 60 * 1000;
const often = { batches: { pollAfterMs: askedOftenMs } };
/** A day is over in a moment. */
const fast = { batches: { pollAfterMs: askedOftenMs, clockSpeed: 20_000 } };

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `photo-${String(index + 1).padStart(3, '0')}.jpg`);
}

/** What the ledger has of each photo, without what is the same for all. */
function bookings({ library }: Bench): Record<string, string[]> {
  const rows = readLedger(library).map(({ relativePath, state, booking }) => [
    relativePath,
    `${state} ${booking}`,
  ]);
  return Object.fromEntries(
    [...Map.groupBy(rows, ([path]) => path ?? '')].map(([path, of]) => [
      path,
      of.map(([, how]) => how ?? ''),
    ]),
  );
}

describe.each(['v1', 'dated', 'openai'] as const)('%s', (form) => {
  test('photos go as one batch, wait with the service, and are described and paid at half the price', async () => {
    const bench = await useBench({ ...often, ...(form === 'openai' && { server: 'openai' }) });
    const { emulator } = bench;
    const settings =
      form === 'openai'
        ? compatibleSettings(emulator, {
            deployment: 'gpt-4.1',
            batchDeployment: 'gpt-4.1',
            ownPrice: {
              inputMicroUsdPerMillion: 2_000_000,
              outputMicroUsdPerMillion: 8_000_000,
              source: 'own',
            },
          })
        : { ...batchSettings(emulator), ...(form === 'v1' && { apiVersion: undefined }) };
    const options = { credentialOf: () => ({ kind: 'bearer' as const, secret: emulator.key }) };
    const engine = await bench.openWith(5, settings, form === 'dated' ? {} : options);

    const live = await engine.plan();
    const planned = await engine.plan(inBatches);
    expect(live.otherWay).toEqual({
      isBatch: true,
      costMicroUsd: planned.costMicroUsd,
      maxCostMicroUsd: planned.maxCostMicroUsd,
    });
    // Half, but for what is rounded up for each photo.
    expect((live.maxCostMicroUsd ?? 0) / 2).toBeCloseTo(planned.maxCostMicroUsd ?? 0, -1);

    const waiting = await sendBatches(engine);
    expect(waiting).toMatchObject({
      state: 'running',
      jobs: { ready: 5, finished: 0 },
      batch: { state: 'at-service', photos: 5, done: 0 },
    });
    expect(emulator.batches.all).toHaveLength(1);
    expect(waiting.batch?.latestMs).toBeGreaterThan(emulator.batches.now() + day - 120_000);

    emulator.batches.advance(day - 60_000);
    const run = await untilOver(engine, waiting.id);
    expect(run).toMatchObject({ state: 'finished', jobs: { finished: 5, failed: 0 }, batch: null });
    for (const name of namesOf(5)) {
      expect(await engine.captionOf(join(bench.photos, name))).toMatch(/reads “/);
    }
    const { promptTokens, completionTokens } = emulator.totals();
    // Two dollars a million in, eight out: a batch costs half of it.
    expect(run.costMicroUsd).toBeCloseTo(promptTokens * 1 + completionTokens * 4, -1);
    expect(run).toMatchObject({ inputTokens: promptTokens, outputTokens: completionTokens });
    // Nothing of ours stays behind, here or there.
    await engine.waitFor('run.changed', () =>
      Promise.resolve(emulator.batches.files.length === 0 ? [1] : []),
    );
    expect(emulator.batches.files).toEqual([]);
    expect(await readdir(join(bench.library, 'batches'))).toEqual([]);
    expect(Object.values(bookings(bench))).toEqual(namesOf(5).map(() => ['answered exact']));
  });
});

test('many photos go as several batches, none larger than it may be', async () => {
  // The service's days go by: the last photos may have to wait until there is room for another file.
  const bench = await useBench({ batches: { ...fast.batches, mostFileBytes: 60_000, mostLines: 4 } });
  const engine = await bench.openWith(11, batchSettings(bench.emulator), {
    batchLimits: { bytes: 60_000, lines: 4 },
  });
  const { id } = await sendBatches(engine);
  const run = await untilOver(engine, id);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 11, failed: 0 } });
  expect(bench.emulator.batches.all.length).toBeGreaterThan(2);
  expect(bench.emulator.batches.all.map(({ status }) => status)).not.toContain('failed');
  expect(bench.emulator.totals().answered).toBe(11);
  const paths = namesOf(11).map((name) => join(bench.photos, name));
  expect([...(await chargesOf(paths, bench.emulator)).values()]).toEqual(paths.map(() => 1));
});

test('what is with the service is not asked for again, at once neither', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(3, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  expect((await engine.plan()).photos).toBe(0);
  await makePhotos(bench.photos, 2, 4);
  await engine.scan();
  const live = await engine.describe();
  expect(live).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
  bench.emulator.batches.advance(day);
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 3 } });
  expect(bench.emulator.totals().answered).toBe(5);
});

test('photos that are refused or filtered end with their reason, those that the service stumbled over are sent again', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(4, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  bench.emulator.faults.next('content-filtered-prompt', 'server-error', 'content-filtered-completion');
  bench.emulator.batches.advance(day);
  await bench.emulator.waitForRequests(1);
  await engine.waitFor('run.changed', async () => (bench.emulator.batches.all.length > 1 ? [1] : []));
  bench.emulator.batches.advance(day);
  const run = await untilOver(engine, id);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 2 } });
  expect(run.failures.map(({ error, photos }) => [error.code, photos])).toEqual([['content-filtered', 2]]);
  expect(bench.emulator.batches.all.map(({ lines }) => lines.length)).toEqual([4, 1]);
});

test.each([
  ['batch', [4, 2], 0],
  ['live', [4], 2],
] as const)(
  'what a day was not enough for is kept, paid, and the rest goes on as %s',
  async (rest, batches, live) => {
    const bench = await useBench(often);
    const engine = await bench.openWith(4, batchSettings(bench.emulator));
    bench.emulator.batches.nextFate({ stopsAfter: 2 });
    const { id } = await sendBatches(engine, { options: { batch: { rest } } });
    bench.emulator.batches.advance(day);
    await engine.waitFor('run.changed', async () => {
      const { jobs } = await engine.run(id);
      return jobs.finished === 2 + live && bench.emulator.batches.all.length === batches.length ? [1] : [];
    });
    bench.emulator.batches.advance(day);
    expect(await untilOver(engine, id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 4, failed: 0 },
    });
    expect(bench.emulator.batches.all.map(({ lines }) => lines.length)).toEqual(batches);
    expect(bench.emulator.totals().answered).toBe(4);
    const ledger = readLedger(bench.library);
    expect(ledger.filter(({ booking }) => booking === 'free')).toHaveLength(2);
    expect(ledger.filter(({ booking }) => booking === 'exact')).toHaveLength(4);
  },
);

test('a run that is canceled cancels its batch; what was done is kept and paid, the rest is not', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(4, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  bench.emulator.batches.advance(32_000);
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).batch?.done === 2 ? [1] : []));
  await engine.engine.call('run.cancel', { id });
  expect(await engine.run(id)).toMatchObject({ state: 'canceled', batch: { state: 'canceling' } });
  await engine.waitFor('run.changed', async () =>
    bench.emulator.batches.all.filter(({ status }) => status === 'cancelling'),
  );
  bench.emulator.batches.advance(60_000);
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).batch === null ? [1] : []));
  const run = await engine.run(id);
  expect(run).toMatchObject({ state: 'canceled', requests: 4 });
  expect(bench.emulator.totals().answered).toBe(2);
  const captions = await Promise.all(namesOf(4).map((name) => engine.captionOf(join(bench.photos, name))));
  expect(captions.filter((caption) => caption?.includes('reads “'))).toHaveLength(2);
  expect(
    readLedger(bench.library)
      .map(({ booking }) => booking)
      .toSorted(),
  ).toEqual(['exact', 'exact', 'free', 'free']);
});

test('a budget holds for what waits at the service, and what is given back goes to the next photos', async () => {
  const bench = await useBench(fast);
  const engine = await bench.openWith(6, batchSettings(bench.emulator));
  const plan = await engine.plan(inBatches);
  const budgetMicroUsd = Math.ceil((plan.maxCostMicroUsd ?? 0) * 0.55);
  const { id } = await engine.begin({ budgetMicroUsd, options: inBatches });
  const run = await untilOver(engine, id);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 6, failed: 0 } });
  expect(run.costMicroUsd).toBeLessThanOrEqual(budgetMicroUsd);
  // More than half of them did not fit under it at once.
  expect(bench.emulator.batches.all[0]?.lines).toHaveLength(3);
  expect(bench.emulator.totals().answered).toBe(6);
});

test('a budget that holds not even one photo pauses the run before anything is sent', async () => {
  const bench = await useBench(fast);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  const run = await engine.describe({ budgetMicroUsd: 10, options: inBatches });
  expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' }, requests: 0 });
  expect(bench.emulator.batches.all).toEqual([]);
});

test('too many tokens for the service’s quota make smaller batches', async () => {
  const bench = await useBench({ batches: { ...fast.batches, enqueuedTokens: 5_000 } });
  const engine = await bench.openWith(6, batchSettings(bench.emulator));
  const { id } = await engine.begin({ options: inBatches });
  const run = await untilOver(engine, id);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 6, failed: 0 } });
  expect(bench.emulator.batches.all[0]?.errors[0]?.code).toBe('token_limit_exceeded');
  expect(bench.emulator.totals().answered).toBe(6);
});

test('a folder that may not be sent any more is not sent, though its photos were made ready', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  await bench.emulator.goOffline();
  const { id } = await sendBatches(engine);
  const [root] = await engine.engine.call('root.list', {});
  if (root === undefined) throw new Error('there is a folder');
  await engine.engine.call('root.set', { rootId: root.id, privacy: 'local-only' });
  await bench.emulator.goOnline();
  // A restart looks again at once.
  await engine.close();
  const again = await bench.open(batchSettings(bench.emulator));
  again.start();
  expect(await untilOver(again, id)).toMatchObject({ state: 'finished', jobs: { skipped: 2 }, requests: 0 });
  expect(bench.emulator.batches.all).toEqual([]);
});

test('a text model gets no batch: its run waits for a person', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator, { modelId: 'gpt-35-turbo' }));
  const { id } = await engine.begin({ options: inBatches });
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  expect(await engine.run(id)).toMatchObject({
    error: { code: 'provider-no-vision' },
    jobs: { held: 2, failed: 0 },
  });
  expect(bench.emulator.batches.all).toEqual([]);
});

test.each([
  ['model_not_found', 'provider-deployment-not-found'],
  ['input_no_permissions', 'provider-deployment-not-found'],
])('a batch that fails with %s pauses its run until a person has done something', async (code, expected) => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  bench.emulator.batches.nextFate({ failsWith: [{ code }] });
  const { id } = await sendBatches(engine);
  bench.emulator.batches.advance(60_000);
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  expect(await engine.run(id)).toMatchObject({
    error: { code: expected },
    jobs: { held: 2 },
    costMicroUsd: 0,
  });
  await engine.engine.call('run.resume', { id });
  await engine.waitFor('run.changed', async () => (bench.emulator.batches.all.length > 1 ? [1] : []));
  bench.emulator.batches.advance(day);
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
});

test.each(['invalid_json_line', 'duplicate_custom_id', 'url_mismatch', 'model_mismatch', 'invalid_request'])(
  'a line that the service refuses with %s is that photo’s end, and the others go on',
  async (code) => {
    const bench = await useBench(often);
    const engine = await bench.openWith(3, batchSettings(bench.emulator, { concurrency: 1 }));
    bench.emulator.batches.nextFate({ failsWith: [{ code, line: 2 }] });
    const { id } = await sendBatches(engine);
    bench.emulator.batches.advance(60_000);
    await engine.waitFor('run.changed', async () => (bench.emulator.batches.all.length > 1 ? [1] : []));
    bench.emulator.batches.advance(day);
    const run = await untilOver(engine, id);
    expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 1 } });
    expect(run.failures[0]?.error.code).toBe('provider-bad-request');
  },
);

test('a deployment that answers at once takes no batches, and says so before anything is spent', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(1, batchSettings(bench.emulator, { batchDeployment: undefined }));
  expect(await failureOf(engine.begin({ options: inBatches }))).toMatchObject({ code: 'invalid-input' });
  await engine.engine.call('connection.set', {
    connectionId: engine.connection.id,
    batchDeployment: 'gpt-41',
  });
  const { id } = await sendBatches(engine);
  bench.emulator.batches.advance(60_000);
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  const { error } = await engine.run(id);
  expect(error).toMatchObject({ code: 'provider-deployment-not-found', details: { deployment: 'gpt-41' } });
  expect(bench.emulator.totals().answered).toBe(0);
});

test('as some services write it: capital letters, dates in words, no counts', async () => {
  const bench = await useBench({ batches: { ...often.batches, isOdd: true } });
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  const waiting = await sendBatches(engine);
  expect(waiting.batch).toMatchObject({ state: 'at-service', done: null });
  bench.emulator.batches.advance(day);
  expect(await untilOver(engine, waiting.id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
});

describe('nothing is paid twice when an answer is lost on the way', () => {
  test.each<BatchFault>([
    { on: 'upload', kind: 'done-and-cut' },
    { on: 'create', kind: 'done-and-cut' },
    { on: 'create', kind: 'unavailable' },
    { on: 'poll', kind: 'done-and-cut' },
    { on: 'poll', kind: 'rate-limited' },
    { on: 'read-file', kind: 'cut-halfway' },
    { on: 'delete-file', kind: 'unavailable' },
  ])('$on: $kind', async (fault) => {
    const bench = await useBench(fast);
    const engine = await bench.openWith(3, batchSettings(bench.emulator));
    const paths = namesOf(3).map((name) => join(bench.photos, name));
    const played = bench.emulator.batches.nextFault(fault);
    const { id } = await sendBatches(engine);
    // A restart does not wait out the minute that a stumble takes.
    await played;
    await engine.close();
    const again = await bench.open(batchSettings(bench.emulator));
    again.start();
    expect(await untilOver(again, id)).toMatchObject({ state: 'finished', jobs: { finished: 3, failed: 0 } });
    expect([...(await chargesOf(paths, bench.emulator)).values()]).toEqual([1, 1, 1]);
    expect(bench.emulator.batches.all).toHaveLength(1);
  });
});

test('the service is asked about a batch once a minute, whatever else begins and however often Cutline starts', async () => {
  // Nothing is wished by it: the rule of the reference counts.
  const bench = await useBench();
  const { emulator } = bench;
  const engine = await bench.openWith(2, batchSettings(emulator));
  const first = await sendBatches(engine);
  await makePhotos(bench.photos, 2, 3);
  await engine.scan();
  const second = await sendBatches(engine);
  await engine.engine.call('run.pause', { id: second.id });
  await engine.engine.call('run.resume', { id: second.id });
  await engine.close();

  const again = await bench.open(batchSettings(emulator));
  again.start();
  await again.settle(first.id);
  await again.settle(second.id);
  const polls = emulator.requests.filter(
    ({ method, path }) => method === 'GET' && /\/batches\/batch_/.test(path),
  );
  expect(polls).toHaveLength(2);
  expect(emulator.batches.impatient).toBe(0);
  // A wish to cancel does not wait.
  await again.engine.call('run.cancel', { id: first.id });
  await again.waitFor('run.changed', () =>
    Promise.resolve(emulator.batches.all.filter(({ status }) => status === 'cancelling')),
  );
  expect(emulator.batches.impatient).toBe(0);
});

test('a service that is full of files holds the run, and no photo fails for it', async () => {
  const bench = await useBench(often);
  const { emulator } = bench;
  const engine = await bench.openWith(2, batchSettings(emulator));
  const shelf = new OpenAI({
    baseURL: `${emulator.endpoint}/openai/v1`,
    apiKey: emulator.key,
    maxRetries: 0,
  });
  const others: string[] = [];
  for (let file = 0; file < 500; file += 1) {
    const { id } = await shelf.files.create({
      purpose: 'batch',
      file: await toFile(Buffer.from('{}\n'), 'other.jsonl'),
    });
    others.push(id);
  }
  const { id } = await engine.begin({ options: inBatches });
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  const held = await engine.run(id);
  expect(held.error?.details['reason']).toContain('number of files');
  expect(held.jobs).toMatchObject({ failed: 0, held: 2 });
  await shelf.files.delete(others[0] ?? '');
  await engine.engine.call('run.resume', { id });
  await engine.waitFor('run.changed', () => Promise.resolve(emulator.batches.all));
  emulator.batches.advance(day);
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
});

test('a key that is refused while the service works pauses the run, and nothing is lost', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  void bench.emulator.batches.nextFault({ on: 'poll', kind: 'unauthorized' });
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  expect((await engine.run(id)).error).toMatchObject({ code: 'provider-unauthorized' });
  bench.emulator.batches.advance(day);
  await engine.engine.call('run.resume', { id });
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
});

test('a network that is gone while the service works: it goes on later', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  await bench.emulator.goOffline();
  bench.emulator.batches.advance(day);
  await engine.close();
  const offline = await bench.open(batchSettings(bench.emulator));
  offline.start();
  expect(await offline.settle(id)).toMatchObject({ state: 'running', jobs: { ready: 2 } });
  await offline.close();
  await bench.emulator.goOnline();
  const again = await bench.open(batchSettings(bench.emulator));
  again.start();
  expect(await untilOver(again, id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
  expect(bench.emulator.totals().answered).toBe(2);
});

test('photos of a burst are lines of their own in a batch: the plan says so, and none is asked for twice', async () => {
  const bench = await useBench(often);
  await makeBurst(bench.photos, 4);
  const engine = await bench.open(batchSettings(bench.emulator));
  await engine.scan(bench.photos);
  const options = { ...inBatches, bursts: 'together' } as const;
  const plan = await engine.plan(options);
  expect(plan).toEqual(await engine.plan(inBatches));
  expect(plan).toMatchObject({ photos: 4, requests: 4 });
  const { id } = await sendBatches(engine, { options });
  bench.emulator.batches.advance(day);
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 4, failed: 0 } });
  expect(bench.emulator.batches.all.map(({ lines }) => lines.length)).toEqual([4]);
  expect(bench.emulator.totals().answered).toBe(4);
});

test('a batch that the service knows nothing of any more pauses its run, and is booked at the most when that is canceled', async () => {
  const bench = await useBench(often);
  const engine = await bench.openWith(2, batchSettings(bench.emulator));
  const { id } = await sendBatches(engine);
  bench.emulator.batches.forgetAll();
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).state === 'paused' ? [1] : []));
  expect(await engine.run(id)).toMatchObject({ error: { code: 'provider-not-found' }, costMicroUsd: 0 });
  await engine.engine.call('run.cancel', { id });
  await engine.waitFor('run.changed', async () => ((await engine.run(id)).batch === null ? [1] : []));
  expect(await engine.run(id)).toMatchObject({ state: 'canceled', requests: 2 });
  // Nobody knows whether they were answered: what they may have cost stays counted.
  expect(Object.values(bookings(bench))).toEqual([['unanswered estimate'], ['unanswered estimate']]);
  expect((await engine.run(id)).costMicroUsd).toBeGreaterThan(0);
});

test('a token of Microsoft Entra that is withdrawn while the service works is replaced, and the batch goes on', async () => {
  const bench = await useBench(often);
  const { emulator } = bench;
  let tokens = 0;
  const credential = createEntraCredential({
    openChain: () =>
      Promise.resolve({
        getToken: () => {
          tokens += 1;
          const token = `${emulator.entraToken}-${String(tokens)}`;
          return Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
        },
      }),
  });
  const engine = await bench.openWith(2, batchSettings(emulator), { credentialOf: () => credential });
  const { id } = await sendBatches(engine);
  expect(tokens).toBe(1);
  void emulator.batches.nextFault({ on: 'poll', kind: 'unauthorized' });
  emulator.batches.advance(day);
  expect(await untilOver(engine, id)).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 } });
  expect(tokens).toBe(2);
  expect(emulator.requests.filter(({ httpStatus }) => httpStatus === 401)).toHaveLength(1);
});
