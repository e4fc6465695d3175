import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  azureSettings,
  compatibleSettings,
  makePhotos,
  photoOf,
  readLedger,
  useBench,
  usualOptions,
  writeOld,
  type Bench,
  type TestEngine,
} from '../helpers/engine.ts';

/** Answers leave only when the test says so. */
function holdAnswers({ emulator }: Bench): () => void {
  const { promise: until, resolve: release } = Promise.withResolvers<void>();
  emulator.faults.always({ name: 'slow', until });
  return () => {
    emulator.faults.clear();
    release();
  };
}

async function captions(engine: TestEngine): Promise<(string | null)[]> {
  const { photos } = await engine.engine.call('search.query', { query: '', sort: 'name' });
  return photos.map(({ caption }) => caption);
}

test('a paused run keeps what was in flight, sends nothing more, also not after a restart, and goes on when it is resumed', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(12, azureSettings(bench.emulator, { concurrency: 3 }));
  engine.knowToAnswer();
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(3);

  expect(await engine.engine.call('run.pause', { id })).toMatchObject({ state: 'paused', error: null });
  release();
  expect(await engine.settle(id)).toMatchObject({
    state: 'paused',
    jobs: { finished: 3, held: 9, failed: 0 },
  });
  await engine.close();

  const again = bench.reopen(engine.connection);
  expect(await again.settle(id)).toMatchObject({ state: 'paused', jobs: { finished: 3, held: 9 } });
  expect(bench.emulator.totals().requests).toBe(3);
  await again.engine.call('run.resume', { id });
  expect(await again.settle(id)).toMatchObject({ state: 'finished', jobs: { finished: 12 } });
  expect(bench.emulator.totals().requests).toBe(12);
});

test('a canceled run sends nothing more, books what was in flight, and its photos can be asked for at once', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(6, azureSettings(bench.emulator, { concurrency: 2 }));
  engine.knowToAnswer();
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(2);

  expect(await engine.engine.call('run.cancel', { id })).toMatchObject({ state: 'canceled' });
  release();
  expect(await engine.run(id)).toMatchObject({ jobs: { canceled: 6, ready: 0, running: 0 } });
  expect(readLedger(bench.library)).toMatchObject([
    { state: 'unanswered', booking: 'estimate', error: 'canceled' },
    { state: 'unanswered', booking: 'estimate', error: 'canceled' },
  ]);
  await expect(engine.engine.call('run.cancel', { id })).rejects.toMatchObject({ code: 'conflict' });

  const next = await engine.describe();
  expect(next).toMatchObject({ state: 'finished', jobs: { finished: 6 } });
  expect(next.id).not.toBe(id);
});

test('undo brings back what was said before, keeps the ledger, and the photos can be described again', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(4);
  const model = engine.connection;
  await engine.connect({ kind: 'built-in' });
  await engine.describe();
  const before = await captions(engine);
  engine.connection = model;
  bench.emulator.faults.next('content-filtered-prompt');
  const run = await engine.describe();
  expect(run.jobs).toMatchObject({ finished: 3, failed: 1 });
  expect(await captions(engine)).not.toEqual(before);

  const found = async (query: string) => (await engine.engine.call('search.query', { query })).total;
  expect(await found(`run:${String(run.id)}`)).toBe(3);
  expect(await engine.engine.call('run.undo', { id: run.id })).toEqual({ photos: 3 });
  expect([await found(`run:${String(run.id)}`), await found('run:999')]).toEqual([0, 0]);

  expect(await captions(engine)).toEqual(before);
  expect((await engine.engine.call('search.query', { query: 'picture' })).total).toBe(0);
  expect(readLedger(bench.library)).toHaveLength(4);
  expect(await engine.run(run.id)).toMatchObject({ state: 'undone', requests: 4 });
  expect(await engine.engine.call('run.undo', { id: run.id })).toEqual({ photos: 0 });
  // What failed in it counts as never asked for.
  expect(await engine.engine.call('queue.retry', {})).toEqual({ photos: 0 });
  expect(await engine.describe()).toMatchObject({ state: 'finished', jobs: { finished: 4 } });
});

test('undo of a run that is still going stops it, and nothing comes back late', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(8, azureSettings(bench.emulator, { concurrency: 4 }));
  engine.knowToAnswer();
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(4);
  await engine.engine.call('run.undo', { id });
  release();
  await engine.close();
  const again = await bench.open();
  expect(await captions(again)).toEqual(Array.from({ length: 8 }, () => null));
  expect(bench.emulator.totals().requests).toBe(4);
});

test.each([
  // A pause is a person's word: what is retried waits with the rest.
  ['run.pause', 'paused'],
  ['run.cancel', 'finished'],
] as const)(
  'photos that failed before %s are retried by hand, also after a restart',
  async (procedure, state) => {
    const bench = await useBench();
    const engine = await bench.openWith(2, azureSettings(bench.emulator, { concurrency: 1 }));
    const release = holdAnswers(bench);
    bench.emulator.faults.next('image-invalid');
    const { id } = await engine.begin();
    await bench.emulator.waitForRequests(2);
    await engine.engine.call(procedure, { id });
    release();
    const stopped = await engine.settle(id);
    expect(stopped.jobs).toMatchObject({ failed: 1, ready: 0, held: 0 });
    await engine.close();

    const again = bench.reopen(engine.connection);
    expect(await again.engine.call('queue.retry', {})).toEqual({ photos: 1 });
    expect((await again.settle(id)).state).toBe(state);
    if (state === 'paused') await again.engine.call('run.resume', { id });
    expect(await again.settle(id)).toMatchObject({ state: 'finished', jobs: { failed: 0 } });
  },
);

test('the same wish goes on with the run that is open; another wish is another run', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(4);
  const release = holdAnswers(bench);
  const first = await engine.begin();
  await makePhotos(bench.photos, 2, 20);
  await engine.scan();
  const same = await engine.begin();
  expect(same.id).toBe(first.id);
  release();
  expect(await engine.settle(first.id)).toMatchObject({ state: 'finished', jobs: { finished: 6 } });
  await makePhotos(bench.photos, 1, 30);
  await engine.scan();
  const other = await engine.describe({ options: { language: 'de' } });
  expect(other.id).not.toBe(first.id);
});

test('folders, a query and a number narrow what is described', async () => {
  const bench = await useBench();
  await makePhotos(join(bench.photos, 'birds'), 3);
  await makePhotos(join(bench.photos, 'trees'), 3, 10);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  expect((await engine.describe({ folders: [join(bench.photos, 'birds')], limit: 2 })).jobs.finished).toBe(2);
  expect((await engine.describe({ query: 'folder:trees' })).jobs.finished).toBe(3);
  expect(
    await engine.engine.call('description.start', {
      connectionId: engine.connection.id,
      budgetMicroUsd: null,
      options: usualOptions,
      query: 'folder:nowhere',
    }),
  ).toEqual({ runId: null, photos: 0, waitingRuns: [] });
  expect((await engine.describe()).jobs.finished).toBe(1);
  expect(bench.emulator.totals().requests).toBe(6);
});

test('what a folder’s privacy does not allow never leaves this machine', async () => {
  const bench = await useBench();
  const folders = ['open', 'local', 'own'].map((name) => join(bench.photos, name));
  const engine = await bench.open();
  for (const [index, folder] of folders.entries()) {
    await mkdir(folder);
    await makePhotos(folder, 2, 1 + 10 * index);
    await engine.scan(folder);
  }
  const roots = await engine.engine.call('root.list', {});
  for (const { id, path } of roots) {
    const privacy = path.endsWith('local')
      ? 'local-only'
      : path.endsWith('own')
        ? 'built-in-only'
        : 'may-be-sent';
    await engine.engine.call('root.set', { rootId: id, privacy });
  }

  // Azure, though the emulator is on this machine: what speaks Azure is somebody else's.
  expect((await engine.describe()).jobs).toMatchObject({ finished: 2 });
  expect(Object.values(await engine.report())).toEqual(Array.from({ length: 4 }, () => 'skipped privacy'));
  await engine.connect(compatibleSettings(bench.emulator));
  expect((await engine.describe()).jobs).toMatchObject({ finished: 4 });
  await engine.connect({ kind: 'built-in' });
  expect((await engine.describe()).jobs).toMatchObject({ finished: 2 });

  // What was asked of the server at home about itself is no request.
  const sent = bench.emulator.requests.filter(({ method }) => method === 'POST');
  const forms = sent.map(({ form }) => form);
  expect(forms.filter((form) => form === 'compatible')).toHaveLength(4);
  expect(forms).toHaveLength(6);
});

test('a folder that is withdrawn while its photos wait for their turn is not sent', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(8, azureSettings(bench.emulator, { concurrency: 1 }));
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(1);
  const [root] = await engine.engine.call('root.list', {});
  if (root === undefined) throw new Error('the folder was added');
  await engine.engine.call('root.set', { rootId: root.id, privacy: 'built-in-only' });
  release();

  expect(await engine.settle(id)).toMatchObject({
    state: 'finished',
    jobs: { finished: 1, skipped: 7, failed: 0 },
  });
  expect(bench.emulator.totals().requests).toBe(1);
  // Allowed again, they are described without anybody having to retry them.
  await engine.engine.call('root.set', { rootId: root.id, privacy: 'may-be-sent' });
  expect((await engine.describe()).jobs.finished).toBe(7);
});

test('closing waits for the answers in flight and keeps them', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(6, azureSettings(bench.emulator, { concurrency: 2 }));
  engine.knowToAnswer();
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(2);
  const closed = engine.close();
  release();
  await closed;
  await engine.close();

  expect(bench.emulator.totals()).toMatchObject({ requests: 2, answered: 2 });
  expect(readLedger(bench.library)).toMatchObject([{ booking: 'exact' }, { booking: 'exact' }]);
  const again = bench.reopen(engine.connection);
  expect(await again.settle(id)).toMatchObject({ state: 'finished', jobs: { finished: 6 } });
  expect(bench.emulator.totals().requests).toBe(6);
});

test('who waits for a run is told when the engine is closed', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(2);
  bench.emulator.faults.always('rate-limited-day');
  const { id } = await engine.begin();
  const waiting = engine.engine.whenRunSettles(id, { isHeld: () => false }).catch((error: unknown) => error);
  await engine.close();
  expect(await waiting).toMatchObject({ code: 'engine-closed' });
});

test('more requests at once are sent as soon as the connection allows them', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(8, azureSettings(bench.emulator, { concurrency: 1 }));
  engine.knowToAnswer();
  const release = holdAnswers(bench);
  const { id } = await engine.begin();
  await bench.emulator.waitForRequests(1);
  await engine.connect(azureSettings(bench.emulator, { concurrency: 4 }));
  await writeOld(join(bench.photos, 'another.jpg'), await photoOf(77));
  await engine.scan();
  await engine.begin();
  await bench.emulator.waitForRequests(4);
  release();
  expect(await engine.settle(id)).toMatchObject({ state: 'finished', jobs: { finished: 9 } });
});

test('asking for something else lets what was asked for before wait, and the same wish goes on with it', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(9, azureSettings(bench.emulator, { concurrency: 1 }));
  const release = holdAnswers(bench);
  const first = await engine.begin();
  await bench.emulator.waitForRequests(1);
  await engine.close({ abort: true });
  release();

  // A plan of two photos was shown, so two photos are sent, and none of the eight that wait from before.
  const again = bench.reopen(engine.connection);
  const sentBefore = bench.emulator.totals().requests;
  const second = await again.describe({ query: 'photo-003 OR photo-007' });
  expect(second).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
  expect(bench.emulator.totals().requests - sentBefore).toBe(2);
  expect(await again.run(first.id)).toMatchObject({ state: 'paused', jobs: { held: 7 } });

  const rest = await again.describe();
  expect(rest).toMatchObject({ id: first.id, state: 'finished', jobs: { finished: 7 } });
});

test('“the first five” are five in all, also when a stopped run is gone on with, and its plan stays the one that was agreed to', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(9, azureSettings(bench.emulator, { concurrency: 1 }));
  bench.emulator.faults.next('slow', 'slow');
  const first = await engine.begin({ limit: 5 });
  await bench.emulator.waitForRequests(3);
  await engine.close({ abort: true });

  const again = bench.reopen(engine.connection);
  const run = await again.describe({ limit: 5 });
  expect(run).toMatchObject({ id: first.id, state: 'finished', jobs: { finished: 5 }, plan: { photos: 5 } });
});
