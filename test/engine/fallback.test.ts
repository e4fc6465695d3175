import { describe, expect, test } from 'vitest';
import { messageFor } from '../../app/contract/messages/en.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import type { Emulator } from '../azure-emulator/server.ts';
import {
  azureSettings,
  compatibleSettings,
  makePhotos,
  readLedger,
  useBench,
  useEmulator,
  usualOptions,
  type Bench,
  type TestEngine,
} from '../helpers/engine.ts';

/** A second connection answers what the first does not, if the user allowed it: [Note: Fallback]. */

type TwoServers = Bench & {
  readonly engine: TestEngine;
  readonly home: Emulator;
  readonly cloud: Connection;
  readonly local: Connection;
};

/** Three photos, a cloud service with a price, and a server at home. The last one connected is the first to be asked. */
async function useTwo(first: 'cloud' | 'local'): Promise<TwoServers> {
  const bench = await useBench();
  const home = await useEmulator({ server: 'ollama' });
  const engine = await bench.openWith(3, azureSettings(bench.emulator, { concurrency: 1 }));
  const toHome = compatibleSettings(home, { deployment: 'gemma3:4b', modelId: 'gemma3:4b', concurrency: 1 });
  const cloud = engine.connection;
  const local = await engine.connect(toHome);
  engine.connection = first === 'cloud' ? cloud : local;
  return { ...bench, engine, home, cloud, local };
}

const toLocal = ({ local }: TwoServers) => ({ fallback: { connectionId: local.id, mayUpload: false } });
const toCloud = ({ cloud }: TwoServers, mayUpload: boolean) => ({
  fallback: { connectionId: cloud.id, mayUpload },
});

/** Who answered each photo; their order is nobody's promise. */
async function answeredBy({ engine, photos }: TwoServers): Promise<string[]> {
  const names: (string | null | undefined)[] = [];
  for (const number of ['001', '002', '003']) {
    const { history } = await engine.show(`${photos}/photo-${number}.jpg`);
    names.push(history.find(({ live }) => live)?.connection);
  }
  return names.map(String).toSorted();
}

const asked = ({ requests }: Emulator): number => requests.filter(({ method }) => method === 'POST').length;

describe('a fallback', () => {
  test('describes what the first connection’s filter blocks; that is never sent to the filter again', async () => {
    const two = await useTwo('cloud');
    const { engine, emulator, local, cloud, library } = two;
    emulator.faults.next('content-filtered-prompt');

    const run = await engine.describe(toLocal(two));

    expect(run).toMatchObject({
      state: 'finished',
      jobs: { finished: 3, failed: 0 },
      fallbackConnection: local.name,
      describedBy: [
        { connection: cloud.name, photos: 2 },
        { connection: local.name, photos: 1 },
      ],
    });
    expect(await answeredBy(two)).toEqual([local.name, cloud.name, cloud.name].toSorted());
    expect(
      readLedger(library)
        .map(({ booking }) => booking)
        .toSorted(),
    ).toEqual(['estimate', 'exact', 'exact', 'exact']);
    // The same wish again asks for nothing, with or without the fallback.
    expect(await engine.isDone()).toBe(true);
    expect(asked(emulator)).toBe(3);
  });

  test('describes what the model declines to describe', async () => {
    const two = await useTwo('cloud');
    two.emulator.faults.next('refusal');
    expect(await two.engine.describe(toLocal(two))).toMatchObject({ jobs: { finished: 3, failed: 0 } });
    expect(await answeredBy(two)).toEqual([two.local.name, two.cloud.name, two.cloud.name].toSorted());
  });

  test('that declines as well is the end of it', async () => {
    const two = await useTwo('cloud');
    two.emulator.faults.next('refusal');
    two.home.faults.always('refusal');
    const run = await two.engine.describe(toLocal(two));
    expect(run).toMatchObject({
      jobs: { finished: 2, failed: 1 },
      failures: [{ error: { code: 'refused' } }],
    });
    expect([asked(two.emulator), asked(two.home)]).toEqual([3, 1]);
  });

  test('takes over while the first connection is blocked, and gives back what it has not come to', async () => {
    const two = await useTwo('cloud');
    const { engine, emulator, home } = two;
    emulator.faults.always('unauthorized');
    const first = Promise.withResolvers<void>();
    home.faults.next({ name: 'slow', until: first.promise });

    const run = await engine.begin(toLocal(two));
    // The list of its models, and then the first photo, which takes its time.
    await engine.waitFor('connection.changed', async () =>
      asked(home) > 0 ? [1] : (await engine.connectionNow()).state === 'blocked' ? [1] : [],
    );
    emulator.faults.clear();
    await engine.connect(azureSettings(emulator, { concurrency: 1 }));
    first.resolve();

    expect(await engine.settle(run.id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 3, failed: 0 },
    });
    const names = await answeredBy(two);
    expect(names.filter((name) => name === two.cloud.name).length).toBeGreaterThanOrEqual(1);
  });

  test('describes all of it while the first stays blocked, also after a restart', async () => {
    const two = await useTwo('cloud');
    const { engine, emulator, local, cloud, photos, library, reopen } = two;
    emulator.faults.always('deployment-not-found');
    expect(await engine.describe(toLocal(two))).toMatchObject({ state: 'finished', jobs: { finished: 3 } });
    expect(await answeredBy(two)).toEqual([local.name, local.name, local.name]);
    expect(asked(emulator)).toBe(1);

    await makePhotos(photos, 2, 50);
    await engine.scan();
    const run = await engine.begin(toLocal(two));
    await engine.close();
    const again = reopen(cloud);
    expect(await again.settle(run.id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
    expect(asked(emulator)).toBe(1);
    expect(readLedger(library)).toHaveLength(1 + 3 + 2);
  });

  test('describes what the budget does not reach any more when it costs nothing; both count', async () => {
    const two = await useTwo('cloud');
    const { engine, local } = two;
    const { maxCostMicroUsd } = await engine.plan();
    // Enough for one photo at the most that it can cost, and not for three.
    const budgetMicroUsd = Math.ceil((maxCostMicroUsd ?? 0) / 2.5);
    const run = await engine.describe({ ...toLocal(two), budgetMicroUsd });
    expect(run).toMatchObject({ state: 'finished', jobs: { finished: 3, failed: 0 } });
    expect(run.costMicroUsd ?? 0).toBeLessThanOrEqual(budgetMicroUsd);
    expect((await answeredBy(two)).filter((name) => name === local.name).length).toBeGreaterThanOrEqual(1);
  });

  test('that is blocked itself holds the run, and does not let it wait unseen', async () => {
    const two = await useTwo('cloud');
    two.emulator.faults.always('refusal');
    two.home.faults.always('unauthorized');
    const held = await two.engine.describe(toLocal(two));
    expect(held).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });

    // With its key it goes on, and what the first declined is not asked there again.
    two.home.faults.clear();
    await two.engine.connect(
      compatibleSettings(two.home, { deployment: 'gemma3:4b', modelId: 'gemma3:4b', concurrency: 1 }),
    );
    two.engine.connection = two.cloud;
    expect(await two.engine.settle(held.id)).toMatchObject({ state: 'finished', jobs: { finished: 3 } });
    expect(asked(two.emulator)).toBe(3);
  });

  test('that costs counts against the same budget', async () => {
    const two = await useTwo('local');
    const { engine, home, emulator } = two;
    home.faults.always('refusal');
    const costs = await engine.engine.call('description.plan', {
      connectionId: two.cloud.id,
      options: usualOptions,
    });
    const budgetMicroUsd = Math.ceil((costs.maxCostMicroUsd ?? 0) / 2.5);
    const run = await engine.describe({ ...toCloud(two, true), budgetMicroUsd });
    expect(run).toMatchObject({ state: 'paused', error: { code: 'budget-exceeded' } });
    expect(run.costMicroUsd ?? 0).toBeLessThanOrEqual(budgetMicroUsd);
    expect(asked(emulator)).toBeLessThan(3);
  });

  test('in the cloud gets nothing from a server at home without a yes that names it', async () => {
    const two = await useTwo('local');
    const { engine, emulator, cloud } = two;
    const start = engine.begin(toCloud(two, false));
    await expect(start).rejects.toMatchObject({ code: 'consent-needed', details: { fallback: cloud.name } });
    const sentence = messageFor({ code: 'consent-needed', details: { fallback: cloud.name } });
    expect(sentence).toContain(`would be sent to ${cloud.name}`);
    expect(asked(emulator)).toBe(0);

    two.home.faults.next('refusal');
    expect(await engine.describe(toCloud(two, true))).toMatchObject({ jobs: { finished: 3 } });
    expect(asked(emulator)).toBe(1);
  });

  test('in the cloud never gets a photo of a folder that stays at home', async () => {
    const two = await useTwo('local');
    const { engine, home, emulator } = two;
    const [root] = await engine.engine.call('root.list', {});
    if (root === undefined) throw new Error('there is a root');
    await engine.engine.call('root.set', { rootId: root.id, privacy: 'local-only' });
    home.faults.next('refusal');
    const declined = await engine.describe(toCloud(two, true));
    expect(declined).toMatchObject({ jobs: { finished: 2, failed: 1 } });

    // Nor while the server at home is blocked: there they wait.
    await makePhotos(two.photos, 2, 50);
    await engine.scan();
    home.faults.always('unauthorized');
    const held = await engine.describe(toCloud(two, true));
    expect(held).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
    expect(asked(emulator)).toBe(0);
    expect(emulator.pictures.size).toBe(0);
  });

  test.each([
    ['the same connection', (two: TwoServers) => two.cloud.id],
    [
      'the built-in describer',
      async (two: TwoServers) => (await two.engine.engine.call('connection.save', { kind: 'built-in' })).id,
    ],
  ])('is not %s', async (_, idOf) => {
    const two = await useTwo('cloud');
    const fallback = { connectionId: await idOf(two), mayUpload: true };
    await expect(two.engine.begin({ fallback })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('of a folder’s standing rule needs the same yes, and is taken at the rule’s word of today', async () => {
    const two = await useTwo('local');
    const { engine, home, emulator, cloud, local, photos } = two;
    const [root] = await engine.engine.call('root.list', {});
    if (root === undefined) throw new Error('there is a root');
    const setRule = (fallback: ReturnType<typeof toCloud>['fallback'] | null) =>
      engine.engine.call('root.set', {
        rootId: root.id,
        rule: {
          kind: 'describe',
          connectionId: local.id,
          monthlyBudgetMicroUsd: 10_000_000,
          options: usualOptions,
          fallback,
        },
      });
    await expect(setRule(toCloud(two, false).fallback)).rejects.toMatchObject({ code: 'consent-needed' });

    home.faults.always('refusal');
    await setRule(toCloud(two, true).fallback);
    const stop = new AbortController();
    const watching = engine.engine.watch(stop.signal);
    await engine.waitFor('asset.described', async () =>
      (await answeredBy(two)).every((name) => name === cloud.name) ? [1] : [],
    );
    await setRule(null);
    await makePhotos(photos, 1, 50);
    await engine.scan();
    await engine.waitFor('asset.described', async () =>
      (await engine.report())['photo-050.jpg'] === 'failed refused' ? [1] : [],
    );
    expect(asked(emulator)).toBe(3);
    stop.abort();
    await watching;
  });

  test('stays as long as it is needed, and can be undone with its run', async () => {
    const two = await useTwo('cloud');
    const { engine, emulator, local } = two;
    emulator.faults.next('refusal');
    const run = await engine.describe(toLocal(two));
    expect(await engine.engine.call('run.undo', { id: run.id })).toEqual({ photos: 3 });
    expect(await answeredBy(two)).toEqual(['undefined', 'undefined', 'undefined']);
    expect(await engine.engine.call('connection.remove', { connectionId: local.id })).toEqual({});
  });
});
