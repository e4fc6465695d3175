import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import {
  azureSettings,
  makePhotos,
  photoOf,
  readLedger,
  useBench,
  visionSettings,
  type Settings,
} from '../helpers/engine.ts';
import { useWebServer } from '../helpers/web-server.ts';

const address = 'https://pictures.example/puffin.jpg';

/**
 * A picture that was fetched, from loopback as far as we are concerned, and from the public internet for the service.
 *
 * @param isReachable for the service
 */
async function setUp({
  size = [320, 240],
  isReachable = true,
  from = address,
  settings,
}: {
  readonly size?: readonly [number, number];
  readonly isReachable?: boolean;
  readonly from?: string;
  readonly settings?: (emulator: { readonly endpoint: string }) => Settings;
} = {}) {
  const bytes = await photoOf(1, ...size);
  const { origin } = await useWebServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
  });
  const bench = await useBench({
    internet: ({ href }) => Promise.resolve(isReachable && href === address ? bytes : undefined),
  });
  const engine = await bench.open((settings ?? azureSettings)(bench.emulator));
  engine.start();
  const [fetched] = await engine.engine.call('web.fetch', {
    addresses: [`${origin}/puffin.jpg`],
    allowPrivate: true,
  });
  await engine.engine.whenIdle(['ingest']);
  const db = new Database(join(bench.library, 'library.db'));
  db.run('UPDATE web_picture SET address = ?', [from]);
  db.exec('PRAGMA wal_checkpoint');
  if (fetched?.path === undefined || fetched.path === null) throw new Error('it was fetched');
  return { ...bench, engine, path: fetched.path };
}

const byAddress = { sendsAddresses: true } as const;

test('the service is told where a picture is, is charged what was planned, and what it was told can be seen', async () => {
  const { engine, emulator, photos, path } = await setUp();
  const [own] = await makePhotos(photos, 1, 5);
  await engine.scan(photos);
  const plan = await engine.plan(byAddress);
  const run = await engine.describe({ options: byAddress });
  expect(run).toMatchObject({ state: 'finished', requests: 2, jobs: { finished: 2, failed: 0 } });
  expect(
    emulator.requests
      .map(({ pictures }) => pictures[0]?.address ?? 'sent')
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual([address, 'sent']);
  expect(run.inputTokens).toBeLessThanOrEqual(plan.inputTokens);
  expect(await engine.captionOf(path)).toMatch(/reads “/);
  expect(await engine.captionOf(own ?? '')).toMatch(/reads “/);
  const sent = await engine.engine.call('asset.sent', { id: (await engine.show(path)).id });
  expect(JSON.stringify(sent)).toContain(address);
});

test('nothing is told by itself: without the wish the picture is sent', async () => {
  const { engine, emulator } = await setUp();
  await engine.describe();
  expect(emulator.requests.map(({ pictures }) => pictures[0]?.address)).toEqual([undefined]);
});

test.each([
  ['where the smaller picture takes fewer tokens', { size: [2000, 1500] as const }, { maxImageTokens: 300 }],
  ['from an address of a network at home', { from: 'https://192.168.1.7/puffin.jpg' }, {}],
  ['from an address that is not encrypted', { from: 'http://pictures.example/puffin.jpg' }, {}],
  ['from an address with a signature, which is not kept', { from: `${address}?…` }, {}],
])('a picture %s is sent', async (_why, set, options) => {
  const { engine, emulator } = await setUp(set);
  const run = await engine.describe({ options: { ...byAddress, ...options } });
  expect(run).toMatchObject({ requests: 1, jobs: { finished: 1 } });
  expect(emulator.requests.map(({ pictures }) => pictures[0]?.address)).toEqual([undefined]);
});

test('a picture that the service cannot fetch is sent after all, and is paid once', async () => {
  const { engine, emulator, library, path } = await setUp({ isReachable: false });
  const run = await engine.describe({ options: byAddress });
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 1, failed: 0 } });
  expect(emulator.requests.map(({ httpStatus }) => httpStatus)).toEqual([400, 200]);
  expect(readLedger(library).map(({ booking }) => booking)).toEqual(['free', 'exact']);
  expect(await engine.captionOf(path)).toMatch(/reads “/);
});

test('Image Analysis takes an address as well', async () => {
  const { engine, emulator } = await setUp({ settings: visionSettings });
  const run = await engine.describe({ options: { ...byAddress, fields: ['caption', 'keywords'] } });
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 1 } });
  const analyses = emulator.requests.filter(({ path }) => path.includes('imageanalysis'));
  expect(analyses.map(({ pictures }) => pictures[0]?.address)).toEqual([address]);
});

test('a question is asked about the picture at its address; about a part of it, the part is sent', async () => {
  const { engine, emulator, path } = await setUp();
  const { id } = await engine.show(path);
  const asked = {
    connectionId: engine.connection.id,
    assetIds: [id],
    question: 'What is it?',
    sendsAddresses: true,
  };
  await engine.engine.call('thread.ask', asked);
  await engine.engine.call('thread.ask', { ...asked, crop: { x: 0, y: 0, width: 0.5, height: 0.5 } });
  expect(emulator.requests.map(({ pictures }) => pictures[0]?.address)).toEqual([address, undefined]);
});
