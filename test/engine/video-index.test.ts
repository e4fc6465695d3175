import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../app/platform/errors.ts';
import type { Segment } from '../azure-emulator/retrieval/indexes.ts';
import type { RetrievalOptions } from '../azure-emulator/retrieval/ingestions.ts';
import { untilRefused } from '../helpers/azurite-server.ts';
import { stopAzurite, useAzurite } from '../helpers/azurite.ts';
import {
  credentialFor,
  EveryLaneEngine,
  makePhotos,
  useBench,
  visionSettings,
  writeOld,
  type TestEngine,
} from '../helpers/engine.ts';
import { failureOf } from '../helpers/failure.ts';
import { useGate } from '../helpers/gate.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { videoBytes } from '../helpers/videos.ts';

afterAll(stopAzurite);

const index = 'family';
let containers = 0;

const bag: Segment = {
  kind: 'VideoFrame',
  start: '00:00:01',
  end: '00:00:03.5000000',
  best: '00:00:02.2500000',
  text: 'a person with a red bag',
};
const speech: Segment = {
  kind: 'SpeechTextSegment',
  start: '00:00:04',
  end: '00:00:05',
  best: '00:00:04',
  text: 'where is my bag',
};

/** An index, a container of Azurite, and two videos in a scanned folder: the first of 2019 and by a camera. */
async function setUp(retrieval: RetrievalOptions = {}) {
  const bench = await useBench({ retrieval: { segmentsOf: () => [bag, speech], ...retrieval } });
  const azurite = await useAzurite();
  containers += 1;
  const container = await azurite.makeContainer(`engine-${String(containers)}`);
  const paths = { one: join(bench.photos, 'one.mp4'), two: join(bench.photos, 'two.mov') };
  const facts = { creation_time: '2019-05-17T10:00:00Z' };
  await writeOld(
    paths.one,
    videoBytes('one.mp4', { scenes: [{ color: 'red', seconds: 6 }], metadata: facts }),
  );
  await writeOld(paths.two, videoBytes('two.mov', { scenes: [{ color: 'blue', seconds: 3 }] }));
  // Times of capture are read by ExifTool, in a lane of its own.
  const test = new EveryLaneEngine({
    libraryFolder: bench.library,
    credentialOf: credentialFor(bench.emulator),
    pollMs: 1,
    retryBaseMs: 1,
  });
  onTestFinished(() => test.close({ abort: true }));
  await test.connect(visionSettings(bench.emulator));
  await test.scan(bench.photos);
  await test.whenAllIdle();
  const { engine, connection } = test;
  const which = { connectionId: connection.id, index };
  await engine.call('videoIndex.create', {
    ...which,
    features: ['vision', 'speech'],
    fields: [
      { name: 'Captured', type: 'datetime' },
      { name: 'event', type: 'string' },
    ],
  });
  const add = (more: { query?: string; container?: string; metadata?: Record<string, string> } = {}) =>
    engine.call('videoIndex.add', { ...which, query: '', container: azurite.sas(container), ...more });
  const ingestions = () =>
    bench.emulator.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/ingestions/'));
  return { ...bench, azurite, container, paths, test, engine, which, add, ingestions };
}

const statesOf = (videos: readonly { path: string; state: string }[]) =>
  Object.fromEntries(videos.map(({ path, state }) => [path.replace(/^.*\//, ''), state]));

it.skipIf(!hasFfmpeg)(
  'videos are uploaded as they are, looked at, and found by a query with the times of the place',
  async () => {
    const { add, engine, which, paths, azurite, container, emulator } = await setUp();
    const plan = await engine.call('videoIndex.plan', { ...which, query: '' });
    expect(statesOf(plan)).toEqual({ 'one.mp4': 'planned', 'two.mov': 'planned' });
    expect(await azurite.listBlobs(container)).toEqual(new Map());

    expect(statesOf(await add({ metadata: { event: 'Harvest' } }))).toEqual({
      'one.mp4': 'indexed',
      'two.mov': 'indexed',
    });
    const lengths = await Promise.all(
      Object.values(paths).map(async (path) => (await readFile(path)).byteLength),
    );
    expect(new Set((await azurite.listBlobs(container)).values())).toEqual(new Set(lengths));
    const documents = [...(emulator.retrieval.indexes[0]?.documents.values() ?? [])];
    expect(documents.map(({ metadata }) => metadata)).toEqual([
      { captured: '2019-05-17 10:00:00', event: 'Harvest' },
      expect.objectContaining({ event: 'Harvest' }),
    ]);

    const found = await engine.call('videoIndex.search', { ...which, text: 'red bag', features: ['vision'] });
    expect(new Set(found.map(({ path }) => path))).toEqual(new Set(Object.values(paths)));
    expect(found[0]).toMatchObject({ kind: 'frame', startMs: 1000, endMs: 3500, bestMs: 2250, relevance: 1 });
    const only2019 = await engine.call('videoIndex.search', {
      ...which,
      text: 'bag',
      features: ['speech'],
      times: [{ field: 'captured', start: '2019-01-01T00:00:00Z', end: '2019-12-31T00:00:00Z' }],
      strings: [{ field: 'event', values: ['Harvest', 'Siena'] }],
    });
    expect(only2019).toMatchObject([{ path: paths.one, kind: 'speech', startMs: 4000 }]);
  },
);

it.skipIf(!hasFfmpeg)(
  'the same again sends nothing, and a video that was moved is known by its frames',
  async () => {
    const { add, engine, which, paths, photos, test, ingestions } = await setUp();
    await add();
    const moved = join(photos, 'Later', 'renamed.mp4');
    await mkdir(dirname(moved));
    await rename(paths.one, moved);
    await copyFile(paths.two, join(photos, 'copy.mov'));
    await test.scan();
    expect(new Set(Object.values(statesOf(await add())))).toEqual(new Set(['there']));
    expect(ingestions()).toHaveLength(1);
    const documents = await engine.call('videoIndex.documents', which);
    expect(documents).toHaveLength(2);
    expect(documents.map(({ path }) => path)).toContain(moved);
  },
);

it.skipIf(!hasFfmpeg)(
  'one of two fails: its reason is told, the other one is in, and the next time only the first is sent',
  async () => {
    const failing: string[] = [];
    const { add, engine, which, ingestions } = await setUp({ states: 'small', failing });
    const plan = await engine.call('videoIndex.plan', { ...which, query: '' });
    failing.push(plan.find(({ path }) => path.endsWith('two.mov'))?.documentId ?? 'none');
    const added = await add();
    expect(statesOf(added)).toEqual({ 'one.mp4': 'indexed', 'two.mov': 'failed' });
    expect(added.find(({ state }) => state === 'failed')?.error).toEqual({
      code: 'video-not-indexed',
      details: { reason: 'The video format is not supported.' },
    });
    failing.pop();
    expect(statesOf(await add())).toEqual({ 'one.mp4': 'there', 'two.mov': 'indexed' });
    const sent = ingestions().map(({ body }) => (body as { videos: unknown[] }).videos.length); // why: as we send it
    expect(sent).toEqual([2, 1]);
  },
);

it.skipIf(!hasFfmpeg)(
  'what is taken out of an index would be sent again; a stranger cannot be taken out',
  async () => {
    const { add, engine, which } = await setUp();
    const one = (await add({ query: 'one.mp4' }))[0]?.documentId ?? 'none';
    expect(await engine.call('videoIndex.remove', { ...which, documentIds: [one, 'stranger'] })).toEqual([
      { documentId: one, error: null },
      {
        documentId: 'stranger',
        error: { code: 'video-not-indexed', details: { reason: 'There is no such document.' } },
      },
    ]);
    expect(statesOf(await engine.call('videoIndex.plan', { ...which, query: 'one.mp4' }))).toEqual({
      'one.mp4': 'planned',
    });
  },
);

it.skipIf(!hasFfmpeg)('a folder that may not be sent, and an excluded video, stay at home', async () => {
  const { add, engine, paths, ingestions, azurite, container, test } = await setUp();
  const [root] = await engine.call('root.list', {});
  if (root === undefined) throw new Error('there is a folder');
  await engine.call('root.set', { rootId: root.id, privacy: 'local-only' });
  expect(statesOf(await add())).toEqual({ 'one.mp4': 'kept-back', 'two.mov': 'kept-back' });
  await engine.call('root.set', { rootId: root.id, privacy: 'may-be-sent' });
  const { id } = await test.show(paths.one);
  await engine.call('asset.exclude', { photos: { assetIds: [id] }, isExcluded: true });
  expect(statesOf(await add())).toEqual({ 'one.mp4': 'kept-back', 'two.mov': 'indexed' });
  expect(ingestions()).toHaveLength(1);
  expect((await azurite.listBlobs(container)).size).toBe(1);
});

it.skipIf(!hasFfmpeg)(
  'a signature that expires between two videos ends it; a new one goes on, and no signature is kept',
  async () => {
    const { add, azurite, container, library, ingestions, paths } = await setUp();
    const { origin } = new URL(container);
    const blobs = new Set<string>();
    const gate = await useGate(container, async ({ url = '' }) => {
      blobs.add(url.replace(/\?.*$/, ''));
      // Time goes by until the service says that it is over.
      if (blobs.size === 2) await untilRefused(`${origin}${url}`);
      return 'pass' as const;
    });
    // The first video has to be there by then, also on a busy machine.
    const short = azurite.sas(gate.through(container), { expiresAtMs: Date.now() + 6_000 });
    expect(await codeOf(add({ container: short }))).toBe('sas-expired');
    expect(gate.puts).toHaveLength(1);
    expect(ingestions()).toHaveLength(0);

    const fresh = azurite.sas(container);
    expect(statesOf(await add({ container: fresh }))).toEqual({ 'one.mp4': 'indexed', 'two.mov': 'indexed' });
    expect((await azurite.listBlobs(container)).size).toBe(Object.keys(paths).length);
    for (const name of ['library.db', 'library.db-wal', 'cutline.log']) {
      const text = await readFile(join(library, name), 'latin1').catch(() => '');
      for (const address of [short, fresh]) {
        const signature = new URL(address).searchParams.get('sig') ?? 'none';
        expect(text).not.toContain(signature);
        expect(text).not.toContain(encodeURIComponent(signature));
      }
    }
  },
);

it.skipIf(!hasFfmpeg)(
  'what was stopped while the service looked is waited for, not paid for twice',
  async () => {
    const { add, engine, which, azurite, container, ingestions } = await setUp({ looksUntilOver: 4 });
    const stop = new AbortController();
    const stopped = await failureOf(
      engine.call(
        'videoIndex.add',
        { ...which, query: '', container: azurite.sas(container) },
        {
          signal: stop.signal,
          onPart: ({ stage }) => {
            if (stage === 'looking') stop.abort();
          },
        },
      ),
    );
    expect(stopped).toMatchObject({ code: 'canceled' });
    expect(new Set(Object.values(statesOf(await add())))).toEqual(new Set(['there']));
    expect(ingestions()).toHaveLength(1);
  },
);

it.skipIf(!hasFfmpeg)(
  'an answer that is lost, a service that rests: it goes on by itself, and asks for each video once',
  async () => {
    const { add, emulator, ingestions } = await setUp();
    emulator.retrieval.nextFault({ on: 'PUT ingestions', kind: 'done-and-cut' });
    expect(new Set(Object.values(statesOf(await add())))).toEqual(new Set(['indexed']));
    expect(ingestions()).toHaveLength(1);
    expect(emulator.retrieval.indexes[0]?.documents.size).toBe(2);
  },
);

it.skipIf(!hasFfmpeg)('a budget for the month cannot be kept by it, so nothing is sent', async () => {
  const { add, engine, azurite, container, ingestions } = await setUp();
  await engine.call('setting.set', { monthlyBudgetMicroUsd: 5_000_000 });
  expect(await codeOf(add())).toBe('conflict');
  expect(ingestions()).toHaveLength(0);
  expect(await azurite.listBlobs(container)).toEqual(new Map());
});

it.skipIf(!hasFfmpeg)('no storage there: nothing is begun, and the error names no signature', async () => {
  const { add, azurite, container, ingestions } = await setUp();
  const address = new URL(azurite.sas(container));
  address.port = String(await freePort());
  const error = await failureOf(add({ container: address.href }));
  expect(error).toMatchObject({ code: 'provider-unreachable' });
  expect(String(error)).not.toContain('sig=');
  expect(ingestions()).toHaveLength(0);
});

/** Nobody listens there a moment later. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // why: it listens on a port
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

async function connected(retrieval: RetrievalOptions): Promise<TestEngine> {
  const bench = await useBench({ retrieval });
  return bench.open(visionSettings(bench.emulator), { pollMs: 1 });
}

it('where it is retired, everything says so', async () => {
  const { engine, connection } = await connected({ isRetired: true });
  const which = { connectionId: connection.id, index };
  const ways = [
    () => engine.call('videoIndex.list', { connectionId: connection.id }),
    () => engine.call('videoIndex.create', which),
    () => engine.call('videoIndex.search', { ...which, text: 'bag' }),
  ];
  for (const ask of ways) expect(await codeOf(ask())).toBe('retrieval-missing');
});

it('an index that is there, that is not there, and that cannot be called so', async () => {
  const { engine, connection } = await connected({});
  const which = { connectionId: connection.id, index };
  await engine.call('videoIndex.create', which);
  expect(await engine.call('videoIndex.list', { connectionId: connection.id })).toMatchObject([
    { name: index },
  ]);
  expect(await codeOf(engine.call('videoIndex.create', which))).toBe('conflict');
  expect(await codeOf(engine.call('videoIndex.documents', { ...which, index: 'other' }))).toBe('not-found');
  const unfit = { ...which, index: 'two--hyphens' };
  expect(await codeOf(engine.call('videoIndex.create', unfit))).toBe('invalid-input');
  await engine.call('videoIndex.delete', which);
  expect(await engine.call('videoIndex.list', { connectionId: connection.id })).toEqual([]);
});

async function codeOf(asked: Promise<unknown>): Promise<string> {
  const error = await failureOf(asked);
  if (error instanceof AppError) return error.code;
  throw error;
}

it.skipIf(!hasFfmpeg)(
  'videos that are in an index are told of anew, also of a field that it got later, and neither sent nor looked at again',
  async () => {
    const { add, engine, which, paths, ingestions, emulator } = await setUp();
    await add({ query: 'one' });
    const { fields } = await engine.call('videoIndex.addFields', {
      ...which,
      fields: [
        { name: 'Place', type: 'string' },
        { name: 'event', type: 'string' },
      ],
    });
    expect(fields.map(({ name }) => name)).toEqual(['captured', 'event', 'place']);
    const before = emulator.retrieval.indexes[0]?.documents.size;
    const updated = await engine.call('videoIndex.update', { ...which, metadata: { place: 'Siena' } });
    // The other video is not in the index, and does not get there by this.
    expect(updated.map(({ path, error }) => [path, error])).toEqual([[paths.one, null]]);
    expect(emulator.retrieval.indexes[0]?.documents.size).toBe(before);
    const [document] = [...(emulator.retrieval.indexes[0]?.documents.values() ?? [])];
    expect(document?.metadata).toMatchObject({ captured: '2019-05-17 10:00:00', place: 'Siena' });
    const modes = ingestions().map(({ body }) => JSON.stringify(body).match(/"mode":"(\w+)"/)?.[1]);
    expect(modes).toEqual(['add', 'update']);
    const found = await engine.call('videoIndex.search', {
      ...which,
      text: 'bag',
      features: ['vision'],
      strings: [{ field: 'place', values: ['Siena'] }],
    });
    expect(found.map(({ path }) => path)).toEqual([paths.one]);
    const strange = engine.call('videoIndex.update', { ...which, metadata: { mood: 'calm' } });
    expect(await failureOf(strange)).toMatchObject({ code: 'invalid-input' });
  },
);

it.skipIf(!hasFfmpeg)('of what a person selected, the videos go into an index', async () => {
  const { engine, which, paths, photos, test } = await setUp();
  const [photo = ''] = await makePhotos(photos, 1);
  await test.scan(photos);
  const selected = [(await test.show(photo)).id, (await test.show(paths.two)).id];
  const plan = await engine.call('videoIndex.plan', { ...which, assetIds: selected });
  expect(statesOf(plan)).toEqual({ 'two.mov': 'planned' });
  const rest = await engine.call('videoIndex.plan', { ...which, except: selected });
  expect(statesOf(rest)).toEqual({ 'one.mp4': 'planned' });
});
