import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { photoOf, useBench } from '../helpers/engine.ts';
import { useWebServer } from '../helpers/web-server.ts';

async function usePictures() {
  let seed = 1;
  const server = await useWebServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': type }).end(body);
    if (pathname === '/page.html') {
      send('text/html', '<html>');
    } else if (pathname === '/no-picture.jpg') {
      send('image/jpeg', '<html>');
    } else {
      void photoOf(seed).then((bytes) => send('image/jpeg', bytes));
    }
  });
  return {
    origin: server.origin,
    change: () => {
      seed += 1;
    },
  };
}

test('pictures named by their address become photos of the library, with where they came from', async () => {
  const { origin } = await usePictures();
  const bench = await useBench();
  const { engine } = await bench.open();
  engine.start((lane) => lane === 'ingest');

  const fetched = await engine.call('web.fetch', {
    addresses: [
      `${origin}/my%20puffin.jpg?sig=secret`,
      `${origin}/page.html`,
      `${origin}/no-picture.jpg`,
      'ftp://x/y',
    ],
    allowPrivate: true,
  });
  await engine.whenIdle(['ingest']);

  expect(fetched.map(({ error }) => error?.code)).toEqual([
    undefined,
    'web-no-picture',
    'web-no-picture',
    'invalid-input',
  ]);
  const [first] = fetched;
  if (first?.path === null || first?.path === undefined) throw new Error('it was fetched');
  expect(first.path).toMatch(/127\.0\.0\.1.*my puffin\.jpg$/);
  expect(await readFile(first.path)).toEqual(await photoOf(1));
  const shown = await engine.call('asset.get', { path: first.path });
  expect(shown).toMatchObject({
    id: first.assetId,
    state: 'ready',
    webAddress: `${origin}/my%20puffin.jpg?…`,
  });
  expect((await engine.call('search.query', { query: 'puffin' })).total).toBe(1);
  await engine.close();
  // A signature in an address is a secret.
  expect((await readFile(`${bench.library}/library.db`)).includes('secret')).toBe(false);
});

test('an address that is fetched once more is the same photo with its new picture', async () => {
  const { origin, change } = await usePictures();
  const bench = await useBench();
  const { engine } = await bench.open();
  engine.start((lane) => lane === 'ingest');
  const fetch = async () => {
    const [one] = await engine.call('web.fetch', { addresses: [`${origin}/a.jpg`], allowPrivate: true });
    await engine.whenIdle(['ingest']);
    return one;
  };
  const before = await fetch();
  change();
  const after = await fetch();
  expect(after?.assetId).toBe(before?.assetId);
  expect((await engine.call('search.query', { query: '' })).total).toBe(1);
  expect(await readFile(after?.path ?? '')).toEqual(await photoOf(2));
});

test('what is in our own network is not fetched, and leaves nothing behind', async () => {
  const { origin } = await usePictures();
  const bench = await useBench();
  const { engine } = await bench.open();
  const fetched = await engine.call('web.fetch', {
    addresses: [`${origin}/a.jpg`, 'http://169.254.169.254/latest/meta-data/'],
  });
  expect(fetched.map(({ error, path }) => [error?.code, path])).toEqual([
    ['web-private', null],
    ['web-private', null],
  ]);
  expect(await engine.call('root.list', {})).toEqual([]);
});
