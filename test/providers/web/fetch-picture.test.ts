import { expect, test } from 'vitest';
import {
  fetchPicture,
  parseWebAddress,
  type FetchOptions,
} from '../../../app/providers/web/fetch-picture.ts';
import { useWebServer } from '../../helpers/web-server.ts';

const picture = Buffer.from('not looked at here');

function get(address: string, options: Partial<FetchOptions> = {}) {
  return fetchPicture(parseWebAddress(address), {
    signal: new AbortController().signal,
    allowPrivate: true,
    ...options,
  });
}

test('gives the bytes and their time, and tells the server nothing of us', async () => {
  const { origin, requests } = await useWebServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'image/jpeg',
      'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT',
    });
    response.end(picture);
  });
  expect(await get(`${origin}/a.jpg?w=5#part`)).toEqual({
    bytes: picture,
    modifiedAtMs: Date.UTC(2015, 9, 21, 7, 28),
  });
  expect(requests[0]?.url).toBe('/a.jpg?w=5');
  expect(Object.keys(requests[0]?.headers ?? {}).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test('a server on this machine is not asked unless it may be, by whatever name', async () => {
  const { origin, requests } = await useWebServer((_, response) => response.end());
  const { port } = new URL(origin);
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '[::1]']) {
    await expect(get(`http://${host}:${port}/`, { allowPrivate: false })).rejects.toMatchObject({
      code: 'web-private',
    });
  }
  expect(requests).toEqual([]);
});

test('follows redirects, but not for ever, and to nothing but the web', async () => {
  const { origin, requests } = await useWebServer((request, response) => {
    const to: Record<string, string> = {
      '/one': '/two',
      '/two': '/here',
      '/round': '/round',
      '/file': 'file:///etc/passwd',
    };
    const location = to[request.url ?? ''];
    if (location === undefined) response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    else response.writeHead(302, { location }).end();
  });
  expect((await get(`${origin}/one`)).bytes).toEqual(picture);
  await expect(get(`${origin}/round`)).rejects.toMatchObject({ code: 'web-unreachable' });
  expect(requests.length).toBeLessThan(12);
  await expect(get(`${origin}/file`)).rejects.toMatchObject({ code: 'invalid-input' });
});

test.each([
  [404, 'web-unreachable'],
  [500, 'web-unreachable'],
  [204, 'web-unreachable'],
])('HTTP %i is no picture', async (status, code) => {
  const { origin } = await useWebServer((_, response) => response.writeHead(status).end());
  await expect(get(origin)).rejects.toMatchObject({ code });
});

test('a page is told by its type, before it is read', async () => {
  const { origin } = await useWebServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=x' }).write('<html>'),
  );
  await expect(get(origin)).rejects.toMatchObject({ code: 'web-no-picture', details: { type: 'text/html' } });
});

test('what is too large is given up, whether it says so or not', async () => {
  const { origin } = await useWebServer((request, response) => {
    const length = request.url === '/said' ? { 'content-length': '5000' } : {};
    response.writeHead(200, { 'content-type': 'image/jpeg', ...length });
    response.end(Buffer.alloc(5_000));
  });
  for (const path of ['/said', '/unsaid']) {
    await expect(get(origin + path, { mostBytes: 4_999 })).rejects.toMatchObject({ code: 'web-too-large' });
  }
  expect((await get(`${origin}/unsaid`, { mostBytes: 5_000 })).bytes).toHaveLength(5_000);
});

test('a server that stalls or breaks off is given up; whoever stops it is told so', async () => {
  const { origin } = await useWebServer((request, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '100' });
    response.write(Buffer.alloc(10));
    if (request.url === '/cut') response.destroy();
  });
  await expect(get(`${origin}/cut`)).rejects.toMatchObject({ code: 'web-unreachable' });
  await expect(get(`${origin}/stall`, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'web-unreachable' });
  await expect(get(`${origin}/stall`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'canceled',
  });
});

test('nobody there', async () => {
  await expect(get('http://127.0.0.1:9/')).rejects.toMatchObject({
    code: 'web-unreachable',
    details: { reason: 'ECONNREFUSED' },
  });
});
