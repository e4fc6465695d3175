import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Output } from '../../app/contract/procedures.ts';
import { AppError } from '../../app/platform/errors.ts';
import type { RetrievalOptions } from '../azure-emulator/retrieval/ingestions.ts';
import { untilRefused } from '../helpers/azurite-server.ts';
import { stopAzurite, useAzurite } from '../helpers/azurite.ts';
import { useBench, visionSettings, type TestEngine } from '../helpers/engine.ts';
import { failureOf } from '../helpers/failure.ts';
import { useGate, type GateRule } from '../helpers/gate.ts';
import { lengthenVideo } from '../helpers/lengthen-video.ts';
import { hasFfmpeg, makeVideo } from '../helpers/make-video.ts';

afterAll(stopAzurite);

const index = 'family';
let containers = 0;

type Addition = Output<'videoIndex.additions'>[number];

/** An index, a container of Azurite, and a video that goes up in three blocks. */
async function setUp(retrieval: RetrievalOptions = {}) {
  const bench = await useBench({ retrieval });
  const azurite = await useAzurite();
  containers += 1;
  const container = await azurite.makeContainer(`additions-${String(containers)}`);
  const path = join(bench.photos, 'long.mp4');
  makeVideo(path);
  await lengthenVideo(path, 20 * 1024 * 1024);
  const open = async (): Promise<TestEngine> =>
    bench.open(visionSettings(bench.emulator), { pollMs: 1, retryBaseMs: 1 });
  const test = await open();
  await test.scan(bench.photos);
  const which = { connectionId: test.connection.id, index };
  await test.engine.call('videoIndex.create', which);
  const ingestions = () =>
    bench.emulator.requests.filter(({ method, path: at }) => method === 'PUT' && at.includes('/ingestions/'));
  return { ...bench, azurite, container, path, open, test, which, ingestions };
}

type Which = Awaited<ReturnType<typeof setUp>>['which'];

async function additionOf(
  { engine }: Pick<TestEngine, 'engine'>,
  which: Which,
): Promise<Addition | undefined> {
  const all = await engine.call('videoIndex.additions', {});
  return all.find((one) => one.index === which.index && one.connectionId === which.connectionId);
}

/** As it is once it is in this state. */
async function until(test: TestEngine, which: Which, state: Addition['state']) {
  const [found] = await test.waitFor('videoIndex.changed', async () => {
    const addition = await additionOf(test, which);
    return addition?.state === state ? [addition] : [];
  });
  return found;
}

/** A gate that lets so many PUTs pass and holds the next; `reached` resolves then. */
function holding(afterPuts: number): { readonly rule: GateRule; readonly reached: Promise<void> } {
  const reached = Promise.withResolvers<void>();
  const rule: GateRule = ({ method }, puts) => {
    if (method !== 'PUT' || puts <= afterPuts) return 'pass';
    reached.resolve();
    return 'hold';
  };
  return { rule, reached: reached.promise };
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  const error = await failureOf(asked);
  if (error instanceof AppError) return error.code;
  throw error;
}

it.skipIf(!hasFfmpeg)(
  'what was begun goes on while nobody waits for it, and its end stays to be read',
  async () => {
    const { test, which, azurite, container, ingestions, path } = await setUp();
    const { engine } = test;
    const begun = await engine.call('videoIndex.begin', { ...which, container: azurite.sas(container) });
    expect(begun).toMatchObject({ state: 'going', needsContainer: false, error: null });
    expect(await until(test, which, 'done')).toMatchObject({
      needsContainer: false,
      videos: [{ path, state: 'indexed' }],
    });
    expect([...(await azurite.listBlobs(container)).values()]).toEqual([(await stat(path)).size]);
    expect(ingestions()).toHaveLength(1);

    await engine.call('videoIndex.dismiss', which);
    expect(await engine.call('videoIndex.additions', {})).toEqual([]);
  },
);

it.skipIf(!hasFfmpeg)(
  'one goes on for an index at a time; its connection stays until it is stopped, and then it goes on behind the last block',
  async () => {
    const { test, which, azurite, container } = await setUp();
    const { engine } = test;
    const { rule, reached } = holding(2);
    const gate = await useGate(container, rule);
    await engine.call('videoIndex.begin', { ...which, container: azurite.sas(gate.through(container)) });
    await reached;
    const going = await additionOf(test, which);
    expect(going).toMatchObject({ state: 'going', progress: { stage: 'upload' } });
    expect(going?.progress?.done).toBeGreaterThan(0);
    const again = { ...which, index: 'FAMILY', container: azurite.sas(container) };
    expect(await codeOf(engine.call('videoIndex.begin', again))).toBe('conflict');
    expect(await codeOf(engine.call('connection.remove', which))).toBe('conflict');

    await engine.call('videoIndex.stop', which);
    expect(await additionOf(test, which)).toMatchObject({
      state: 'stopped',
      error: null,
      needsContainer: false,
    });
    const open = await useGate(container);
    await engine.call('videoIndex.goOn', { ...which, container: azurite.sas(open.through(container)) });
    expect(await until(test, which, 'done')).toMatchObject({ videos: [{ state: 'indexed' }] });
    // The third block and the list of all.
    expect(open.puts).toHaveLength(2);
  },
);

it.skipIf(!hasFfmpeg)(
  'Cutline ends in the middle: the wish is there the next time, without the signature, and goes on behind the last block',
  async () => {
    const { test, which, azurite, container, library, open, path } = await setUp();
    const { rule, reached } = holding(2);
    const gate = await useGate(container, rule);
    const address = azurite.sas(gate.through(container));
    await test.engine.call('videoIndex.begin', { ...which, query: 'long', container: address });
    await reached;
    await test.close();
    for (const name of ['library.db', 'library.db-wal', 'cutline.log']) {
      const text = await readFile(join(library, name), 'latin1').catch(() => '');
      expect(text).not.toContain(new URL(address).searchParams.get('sig') ?? 'none');
      expect(text).not.toContain(new URL(address).search.split('sig=')[1]?.split('&')[0] ?? 'none');
    }

    const next = await open();
    expect(await additionOf(next, which)).toMatchObject({
      state: 'stopped',
      error: null,
      needsContainer: true,
    });
    expect(await codeOf(next.engine.call('videoIndex.goOn', which))).toBe('conflict');
    const fresh = await useGate(container);
    await next.engine.call('videoIndex.goOn', {
      ...which,
      container: azurite.sas(fresh.through(container)),
    });
    expect(await until(next, which, 'done')).toMatchObject({ videos: [{ path, state: 'indexed' }] });
    expect(fresh.puts).toHaveLength(2);
    await next.close();
    const last = await open();
    expect(await last.engine.call('videoIndex.additions', {})).toEqual([]);
  },
);

it.skipIf(!hasFfmpeg)(
  'a signature that expires in the middle of a video: it is said, and with a new one the rest is sent',
  async () => {
    const { test, which, azurite, container, ingestions } = await setUp();
    const { origin } = new URL(container);
    const gate = await useGate(container, async ({ method, url = '' }, puts) => {
      // Time goes by until the service says that it is over.
      if (method === 'PUT' && puts === 2) await untilRefused(`${origin}${url}`);
      return 'pass' as const;
    });
    const short = azurite.sas(gate.through(container), { expiresAtMs: Date.now() + 6_000 });
    await test.engine.call('videoIndex.begin', { ...which, container: short });
    expect(await until(test, which, 'failed')).toMatchObject({
      error: { code: 'sas-expired' },
      needsContainer: true,
    });
    expect(ingestions()).toHaveLength(0);
    const fresh = await useGate(container);
    const another = azurite.sas(fresh.through(container));
    await test.engine.call('videoIndex.goOn', { ...which, container: another });
    expect(await until(test, which, 'done')).toMatchObject({ videos: [{ state: 'indexed' }] });
    // Two blocks that were missing, and the list of all.
    expect(fresh.puts).toHaveLength(3);
  },
);

it.skipIf(!hasFfmpeg)(
  'a network that is gone: it goes on without the address being given again',
  async () => {
    const { test, which, azurite, container } = await setUp();
    let isGone = true;
    const gate = await useGate(container, ({ method }, puts) =>
      isGone && method === 'PUT' && puts > 1 ? 'cut' : 'pass',
    );
    const address = azurite.sas(gate.through(container));
    await test.engine.call('videoIndex.begin', { ...which, container: address });
    expect(await until(test, which, 'failed')).toMatchObject({
      error: { code: 'provider-cut-off' },
      needsContainer: false,
    });
    isGone = false;
    await test.engine.call('videoIndex.goOn', which);
    expect(await until(test, which, 'done')).toMatchObject({ videos: [{ state: 'indexed' }] });
  },
);

it('what is wrong with an address is said before anything is begun', async () => {
  const bench = await useBench({ retrieval: {} });
  const { engine, connection } = await bench.open(visionSettings(bench.emulator), { pollMs: 1 });
  const which = { connectionId: connection.id, index };
  const unsigned = engine.call('videoIndex.begin', { ...which, container: 'https://a.example/videos' });
  expect(await codeOf(unsigned)).toBe('invalid-input');
  expect(await engine.call('videoIndex.additions', {})).toEqual([]);
  expect(await codeOf(engine.call('videoIndex.goOn', which))).toBe('not-found');
});
