import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Root } from '../../app/contract/models/root.ts';
import {
  azureSettings,
  makePhotos,
  TestEngine,
  useBench,
  usualOptions,
  type RunProgress,
} from '../helpers/engine.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { FakeClock, until as untilTrue } from '../helpers/fake-clock.ts';

async function rootAt(engine: TestEngine, path: string): Promise<Root> {
  const root = (await engine.engine.call('root.list', {})).find((candidate) => candidate.path === path);
  if (root === undefined) throw new Error('the folder was added');
  return root;
}

const describingRule = ({ connection }: TestEngine) =>
  ({
    kind: 'describe',
    connectionId: connection.id,
    monthlyBudgetMicroUsd: null,
    options: usualOptions,
  }) as const;

/** Watches until the test is over. */
function watch(engine: TestEngine): void {
  const stop = new AbortController();
  const watching = engine.engine.watch(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await watching;
  });
}

/** The runs of a root's rule, once there are any in this state. */
function waitForRuns(
  engine: TestEngine,
  rootId: Root['id'],
  isWanted: (run: RunProgress) => boolean,
): Promise<readonly RunProgress[]> {
  return engine.waitFor('run.changed', async () =>
    (await engine.engine.call('run.list', {})).filter((run) => run.rootId === rootId && isWanted(run)),
  );
}

test('what appears in a watched folder is described by its rule, also after another folder was removed', async () => {
  const bench = await useBench();
  const other = useTemporaryFolder();
  await makePhotos(other, 1, 50);
  const engine = await bench.openWith(1);
  await engine.scan(other);
  watch(engine);
  const root = await rootAt(engine, bench.photos);
  const { id: otherId } = await rootAt(engine, other);
  // A rule that is given while the folder is watched is applied to what is there.
  await engine.engine.call('root.set', { rootId: root.id, rule: describingRule(engine) });
  await waitForRuns(engine, root.id, ({ state }) => state === 'finished');

  await makePhotos(other, 1, 60);
  await engine.engine.call('root.remove', { rootId: otherId });
  await makePhotos(join(bench.photos, 'new'), 2, 10);
  await engine.waitFor('asset.described', async () => {
    const { photos } = await engine.engine.call('search.query', { query: '' });
    return photos.filter(({ caption }) => caption !== null).length === 3 ? [true] : [];
  });
  expect(bench.emulator.totals().requests).toBe(3);
});

/** A sidecar that says no more. */
const titled = (title: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about=""><dc:title><rdf:Alt>
    <rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;

test('a sidecar that another program writes, changes or takes away is seen while its folder is watched', async () => {
  const bench = await useBench();
  const [path = ''] = await makePhotos(bench.photos, 1);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  // Pages are told of changes from the moment when one has asked.
  await engine.engine.call('library.summary', {});
  watch(engine);
  const sidecar = path.replace(/jpg$/, 'xmp');
  const untilTitled = (title: string | undefined) =>
    engine.waitFor('grid.changed', async () =>
      (await engine.show(path)).metadata.title === title ? [true] : [],
    );
  await writeFile(sidecar, titled('Heron'));
  await untilTitled('Heron');
  await writeFile(sidecar, titled('Grey heron'));
  await untilTitled('Grey heron');
  await rm(sidecar);
  expect(await untilTitled(undefined)).toEqual([true]);
});

test('what was undone is not asked for again because something happened in another folder', async () => {
  const bench = await useBench();
  const other = useTemporaryFolder();
  const engine = await bench.openWith(2);
  await engine.scan(other);
  const root = await rootAt(engine, bench.photos);
  await engine.engine.call('root.set', { rootId: root.id, rule: describingRule(engine) });
  watch(engine);
  const [run] = await waitForRuns(engine, root.id, ({ state }) => state === 'finished');
  if (run === undefined) throw new Error('it was waited for');
  await engine.engine.call('run.undo', { id: run.id });

  const { id: otherId } = await rootAt(engine, other);
  await engine.engine.call('root.set', { rootId: otherId, rule: describingRule(engine) });
  await makePhotos(other, 1, 50);
  await waitForRuns(engine, otherId, ({ state }) => state === 'finished');
  expect(bench.emulator.totals().requests).toBe(3);
});

test.each(['index', 'another connection'] as const)(
  'a rule that is changed to %s stops what the old one asked for',
  async (change) => {
    const bench = await useBench();
    const engine = await bench.openWith(6, azureSettings(bench.emulator, { concurrency: 1 }));
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    bench.emulator.faults.always({ name: 'slow', until });
    const root = await rootAt(engine, bench.photos);
    await engine.engine.call('root.set', { rootId: root.id, rule: describingRule(engine) });
    watch(engine);
    const [run] = await waitForRuns(engine, root.id, ({ state }) => state === 'running');
    if (run === undefined) throw new Error('it was waited for');
    await bench.emulator.waitForRequests(1);
    if (change !== 'index') await engine.connect({ kind: 'built-in' });
    const rule = change === 'index' ? ({ kind: 'index' } as const) : describingRule(engine);
    await engine.engine.call('root.set', { rootId: root.id, rule });
    release();
    expect(await engine.run(run.id)).toMatchObject({ state: 'canceled', jobs: { ready: 0, running: 0 } });
    expect(bench.emulator.totals().requests).toBe(1);
  },
);

test('a folder that is still offline is looked for again and again, and only its coming back is told', async () => {
  const bench = await useBench();
  await (await bench.openWith(2)).close();
  const elsewhere = `${bench.photos}-unplugged`;
  await rename(bench.photos, elsewhere);
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
  const clock = new FakeClock();
  const engine = new TestEngine({ libraryFolder: bench.library, clock });
  onTestFinished(() => engine.engine.close({ abort: true }));
  let told = 0;
  engine.engine.events.on('root.changed', () => {
    told += 1;
  });
  watch(engine);
  // It is looked at when watching begins.
  await untilTrue(() => told === 1);
  expect(await rootAt(engine, bench.photos)).toMatchObject({ state: 'offline' });
  for (let look = 0; look < 4; look += 1) await clock.advance(20_000);
  expect(told).toBe(1);
  await rename(elsewhere, bench.photos);
  await clock.advance(20_000);
  await untilTrue(() => told > 1);
  expect(await rootAt(engine, bench.photos)).toMatchObject({ state: 'online' });
});
