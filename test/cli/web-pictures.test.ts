import { expect, test } from 'vitest';
import { photoOf, useEmulator } from '../helpers/engine.ts';
import { useWebServer } from '../helpers/web-server.ts';
import { createSandbox, jsonLines } from './run-cli.ts';
import { errorDocument, readDescribed } from './shapes.ts';

async function setUp() {
  const emulator = await useEmulator();
  const { origin } = await useWebServer((request, response) => {
    if (request.url !== '/puffin.jpg') {
      response.writeHead(404).end();
      return;
    }
    void photoOf(1).then((bytes) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes));
  });
  const sandbox = await createSandbox();
  const env = { VISION_ENDPOINT: emulator.endpoint, VISION_KEY: emulator.key };
  const vision = ['--connection', 'azure-vision', '--yes', '--json'];
  return { emulator, origin, vision, run: (args: readonly string[]) => sandbox.run(args, { env }) };
}

test('an address is described like a file; one that gives nothing is listed and stops no other', async () => {
  const { origin, vision, run, emulator } = await setUp();
  const ended = await run([
    'describe',
    `${origin}/puffin.jpg`,
    `${origin}/gone.jpg`,
    '--allow-private',
    ...vision,
  ]);
  expect(ended.status).toBe(1);
  const { photos, last } = readDescribed(jsonLines(ended));
  expect(photos.map(({ status, error }) => [status, error?.code])).toEqual([
    ['failed', 'web-unreachable'],
    ['described', undefined],
  ]);
  expect(photos[1]?.path).toMatch(/puffin\.jpg$/);
  expect(last.summary).toMatchObject({ described: 1, transactions: emulator.totals().transactions });

  const again = await run(['describe', `${origin}/puffin.jpg`, '--allow-private', ...vision]);
  expect(again.status).toBe(0);
  expect(readDescribed(jsonLines(again)).last.summary).toMatchObject({ described: 0, alreadyDescribed: 1 });
});

test('a plan fetches nothing, and says so', async () => {
  const { origin, vision, run } = await setUp();
  const ended = await run(['plan', `${origin}/puffin.jpg`, ...vision.filter((flag) => flag !== '--yes')]);
  expect(ended.status).toBe(2);
  expect(errorDocument.parse(jsonLines(ended).at(-1)).error.message).toContain('describe');
});

test('an address in our own network is refused, and nothing is sent', async () => {
  const { origin, vision, run, emulator } = await setUp();
  const ended = await run(['describe', `${origin}/puffin.jpg`, ...vision]);
  expect(ended.status).toBe(2);
  expect(errorDocument.parse(jsonLines(ended).at(-1)).error.code).toBe('web-private');
  expect(emulator.requests).toEqual([]);
});

test('a private address is told to no service, whatever was asked', async () => {
  const { origin, vision, run, emulator } = await setUp();
  const asked = ['describe', `${origin}/puffin.jpg`, '--allow-private', '--send-url', ...vision];
  const ended = await run(asked);
  expect(ended.status).toBe(0);
  expect(emulator.requests.map(({ pictures }) => [pictures.length, pictures[0]?.address])).toEqual([
    [1, undefined],
  ]);
});
