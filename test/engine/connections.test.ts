import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../app/contract/errors.ts';
import { messageFor } from '../../app/contract/messages/en.ts';
import type { Output } from '../../app/contract/procedures.ts';
import type { FaultName } from '../azure-emulator/faults.ts';
import {
  azureSettings,
  compatibleSettings,
  readLedger,
  useBench,
  type Settings,
  type TestEngine,
} from '../helpers/engine.ts';

type Tested = Output<'connection.test'>;

const testIt = (bench: TestEngine, sendPicture = true): Promise<Tested> =>
  bench.engine.call('connection.test', { connectionId: bench.connection.id, sendPicture });

/** Each check with its state, and what is wrong. */
function statesOf({ checks }: Tested): string {
  return checks
    .map(({ name, state, error }) => `${name} ${state}${error === null ? '' : ` ${error.code}`}`)
    .join(', ');
}

/** A port of this machine at which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // why: it listens on a port
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}

describe('testing a connection', () => {
  test('that works costs one tiny picture, which stands in the ledger, and teaches the model and the limits', async () => {
    const bench = await useBench();
    const settings = azureSettings(bench.emulator);
    delete settings.modelId;
    const engine = await bench.open(settings);

    const tested = await testIt(engine);

    expect(tested).toMatchObject({ isUsable: true, model: 'gpt-4.1-2025-04-14' });
    expect(tested.checks.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'ok'));
    expect(tested.models.map(({ id }) => id)).toContain('gpt-4o-mini');
    const [entry, ...more] = bench.emulator.requests.filter(({ method }) => method === 'POST');
    expect(more).toEqual([]);
    expect(entry?.pictures).toMatchObject([{ format: 'jpeg', widthPx: 96, heightPx: 96, detail: 'low' }]);
    const { promptTokens, completionTokens } = bench.emulator.totals();
    expect(tested.usage).toMatchObject({ inputTokens: promptTokens, outputTokens: completionTokens });
    // 2 and 8 USD per million tokens, so many millionths of a dollar per token.
    expect(tested.costMicroUsd).toBe(promptTokens * 2 + completionTokens * 8);
    expect(readLedger(bench.library)).toMatchObject([
      { booking: 'exact', costMicroUsd: tested.costMicroUsd },
    ]);
    expect(tested.requestsPerMinute).toBeGreaterThan(0);
  });

  test('without a picture sends none and costs nothing', async () => {
    const { open, emulator, library } = await useBench();
    const tested = await testIt(await open(), false);
    expect(statesOf(tested)).toBe(
      'settings ok, reach ok, key ok, model ok, vision unknown, answer unknown, price ok',
    );
    expect(tested).toMatchObject({ isUsable: true, costMicroUsd: 0, requestId: null, elapsedMs: null });
    expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(readLedger(library)).toEqual([]);
  });

  test.each<[string, Partial<Settings>, string, RegExp]>([
    [
      'a deployment that there is not',
      { deployment: 'gpt-41-typo' },
      'settings ok, reach ok, key ok, model failed provider-deployment-not-found',
      /“gpt-41-typo” does not exist.*There are: gpt-41, /,
    ],
    [
      'an API version that there is not',
      { apiVersion: '2024-13-01' },
      'settings failed provider-misconfigured, reach unknown, key ok',
      /does not know the API version 2024-13-01\. Take 2024-10-21/,
    ],
  ])('names %s, and sends no picture', async (_, more, states, sentence) => {
    const { open, emulator } = await useBench();
    const tested = await testIt(await open(azureSettings(emulator, more)));
    expect(tested.isUsable).toBe(false);
    expect(statesOf(tested)).toContain(states);
    const error = tested.checks.find(({ state }) => state === 'failed')?.error;
    expect(messageFor(error ?? { code: 'internal' })).toMatch(sentence);
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('says that a key is refused, and that one is missing', async () => {
    const { open, emulator } = await useBench();
    const refused = await open(azureSettings(emulator), {
      credentialOf: () => ({ kind: 'api-key', secret: 'a-wrong-key-of-somebody' }),
    });
    expect(statesOf(await testIt(refused))).toContain(
      'reach ok, key failed provider-unauthorized, model unknown',
    );
    await refused.close();
    const missing = await open(azureSettings(emulator), { credentialOf: () => undefined });
    const tested = await testIt(missing);
    expect(statesOf(tested)).toContain('settings failed provider-misconfigured, reach unknown');
    expect(messageFor(tested.checks[0]?.error ?? { code: 'internal' })).toMatch(/no key/);
  });

  test('says that nothing listens, that a host is none, and that something else answers', async () => {
    const { open, emulator } = await useBench();
    const endpoint = `http://127.0.0.1:${String(await freePort())}`;
    const engine = await open(compatibleSettings(emulator, { endpoint }));
    const refused = await testIt(engine);
    expect(statesOf(refused)).toContain('settings ok, reach failed provider-unreachable, key unknown');
    expect(messageFor(refused.checks[1]?.error ?? { code: 'internal' })).toMatch(/start the server/);

    await engine.connect(compatibleSettings(emulator, { endpoint: 'http://no-such-host.invalid/v1' }));
    const unknown = await testIt(engine);
    expect(messageFor(unknown.checks[1]?.error ?? { code: 'internal' })).toMatch(
      /no such host|cannot be looked up/,
    );

    await engine.connect(compatibleSettings(emulator, { endpoint: `${emulator.endpoint}/elsewhere` }));
    expect(statesOf(await testIt(engine))).toContain('reach failed provider-not-found');
  });

  test('says that what answers speaks no https', async () => {
    const { open, emulator } = await useBench();
    const endpoint = emulator.endpoint.replace('http:', 'https:');
    const tested = await testIt(await open(azureSettings(emulator, { endpoint })));
    expect(statesOf(tested)).toContain('reach failed provider-misconfigured');
    expect(messageFor(tested.checks[1]?.error ?? { code: 'internal' })).toMatch(/does not speak https there/);
  });

  test.each<[FaultName, string, ErrorCode]>([
    ['no-vision', 'vision failed', 'provider-no-vision'],
    ['forbidden-role', 'key failed', 'provider-forbidden'],
    ['server-error', 'answer failed', 'provider-unavailable'],
    ['cut-body', 'answer failed', 'provider-cut-off'],
    ['rate-limited-day', 'answer warning', 'provider-rate-limited'],
    ['content-filtered-prompt', 'answer warning', 'content-filtered'],
  ])('meets %s at the picture and books it like any other request', async (fault, state, code) => {
    const { open, emulator, library } = await useBench();
    const engine = await open();
    emulator.faults.always(fault);
    const tested = await testIt(engine);
    expect(statesOf(tested)).toContain(`${state} ${code}`);
    expect(tested.isUsable).toBe(state.endsWith('warning'));
    expect(readLedger(library)).toHaveLength(1);
  });

  test('says that the price is not known without calling the connection unusable', async () => {
    const { open, emulator } = await useBench();
    const settings = azureSettings(emulator, { modelId: 'my-own-model' });
    const tested = await testIt(await open(settings));
    expect(tested).toMatchObject({ isUsable: true, price: null, costMicroUsd: null });
    expect(statesOf(tested)).toContain('price warning price-unknown');
  });

  test('lets the queue go on that waited for a person', async () => {
    const bench = await useBench();
    const engine = await bench.openWith(2);
    bench.emulator.faults.next('unauthorized');
    const held = await engine.describe();
    expect(await engine.pause()).toMatchObject({ pausedBy: 'blocked' });
    expect(await testIt(engine)).toMatchObject({ isUsable: true });
    expect(await engine.settle(held.id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
  });
});

describe('the list of connections', () => {
  test('says what follows from each: whether it stays here, its model, its price', async () => {
    const { open, emulator } = await useBench();
    const engine = await open();
    await engine.connect({ kind: 'built-in' });
    await engine.connect(compatibleSettings(emulator));
    expect(await engine.engine.call('connection.list', {})).toMatchObject([
      {
        kind: 'azure-openai',
        isLocal: false,
        model: 'gpt-4.1',
        price: { inputMicroUsdPerMillion: 2_000_000 },
      },
      { kind: 'built-in', isLocal: true, model: null, price: { source: 'free' } },
      { kind: 'openai-compatible', isLocal: true, model: 'gpt-4.1', price: { source: 'free' } },
    ]);
  });

  test('has the names, limits and prices that people give, and drops them again', async () => {
    const { open } = await useBench();
    const { engine, connection } = await open();
    const ownPrice = { inputMicroUsdPerMillion: 1, outputMicroUsdPerMillion: 2, source: 'own' };
    const set = (change: object) => engine.call('connection.set', { connectionId: connection.id, ...change });
    expect(
      await set({ name: 'Work', concurrency: 3, ownPrice, ownLimits: { requestsPerMinute: 30 } }),
    ).toMatchObject({
      name: 'Work',
      concurrency: 3,
      price: ownPrice,
      requestsPerMinute: 30,
      tokensPerMinute: null,
    });
    expect(await set({ name: null, ownPrice: null, ownLimits: { requestsPerMinute: null } })).toMatchObject({
      name: connection.name,
      concurrency: 3,
      ownPrice: null,
      requestsPerMinute: null,
    });
  });

  test('keeps the lower of the service’s limit and the user’s own', async () => {
    const bench = await useBench();
    const engine = await bench.openWith(1);
    await engine.engine.call('connection.set', {
      connectionId: engine.connection.id,
      ownLimits: { requestsPerMinute: 7, tokensPerMinute: 2_000_000_000 },
    });
    await engine.describe();
    // The emulator says 600 and 1 000 000 000.
    expect(await engine.connectionNow()).toMatchObject({
      requestsPerMinute: 7,
      tokensPerMinute: 1_000_000_000,
    });
  });

  test('loses one that is removed, but not what it described nor what that cost', async () => {
    const bench = await useBench();
    const engine = await bench.openWith(1);
    await engine.describe();
    const spent = (await engine.usage()).costMicroUsd;
    await engine.engine.call('connection.remove', { connectionId: engine.connection.id });
    expect(await engine.engine.call('connection.list', {})).toEqual([]);
    expect((await engine.usage()).costMicroUsd).toBe(spent);
    const { history } = await engine.show(`${bench.photos}/photo-001.jpg`);
    expect(history).toMatchObject([{ connection: engine.connection.name }]);
    // The same settings again are the same connection: nothing is paid twice.
    expect(await engine.connect(azureSettings(bench.emulator))).toMatchObject({ id: engine.connection.id });
    expect(await engine.isDone()).toBe(true);
  });

  test('keeps one that a run or a folder’s rule still needs, and says which', async () => {
    const bench = await useBench();
    const engine = await bench.openWith(1);
    bench.emulator.faults.always('unauthorized');
    const run = await engine.describe();
    const remove = () => engine.engine.call('connection.remove', { connectionId: engine.connection.id });
    await expect(remove()).rejects.toMatchObject({ code: 'conflict', details: { reason: /Run 1 / } });
    await engine.engine.call('run.cancel', { id: run.id });
    const [root] = await engine.engine.call('root.list', {});
    if (root === undefined) throw new Error('there is a root');
    const options = run.options;
    const rule = {
      kind: 'describe',
      connectionId: engine.connection.id,
      monthlyBudgetMicroUsd: 1,
      options,
    } as const;
    await engine.engine.call('root.set', { rootId: root.id, rule });
    await expect(remove()).rejects.toMatchObject({ code: 'conflict' });
    await engine.engine.call('root.set', { rootId: root.id, rule: { kind: 'index' } });
    expect(await remove()).toEqual({});
  });
});
