import { expect, test } from 'vitest';
import { AppError } from '../../../app/platform/errors.ts';
import { RetrievalClient } from '../../../app/providers/retrieval/retrieval-client.ts';
import { useEmulator } from '../../helpers/engine.ts';
import { failureOf } from '../../helpers/failure.ts';
import { useWebServer } from '../../helpers/web-server.ts';

const key = 'k3y-of-the-test-0123456789';
const { signal } = new AbortController();

function clientAt(endpoint: string, secret = key): RetrievalClient {
  return new RetrievalClient({ endpoint, credential: { kind: 'api-key', secret }, pollMs: 1 });
}

async function setUp() {
  const emulator = await useEmulator();
  const client = clientAt(emulator.endpoint, emulator.key);
  await client.createIndex('known', { fields: [], features: ['vision'] }, signal);
  const { origin } = await useWebServer((_request, response) => {
    response.end(Buffer.from('\0\0\0\u0018ftypmp42', 'latin1'));
  });
  const videos = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      documentId: `d${String(index)}`,
      url: `${origin}/${String(index)}.mp4?sig=secret`,
      metadata: {},
    }));
  const add = (name: string, count: number) =>
    client.addVideos('known', { name, videos: videos(count), hasSpeech: false }, signal);
  return { emulator, client, add };
}

test('a list of several pages is read to its end, each document once', async () => {
  const { client, add } = await setUp();
  await add('all', 230);
  expect((await client.whenIngested('known', 'all', { signal })).state).toBe('completed');
  const ids = (await client.listDocuments('known', signal)).map(({ documentId }) => documentId);
  expect(ids).toHaveLength(230);
  expect(new Set(ids).size).toBe(230);
});

test('while the service looks, it may rest, fail and be cut off: what was begun is waited for', async () => {
  const { emulator, client, add } = await setUp();
  await add('one', 1);
  for (const kind of ['unavailable', 'cut', 'unavailable'] as const) {
    emulator.retrieval.nextFault({ on: 'GET ingestions', kind });
  }
  expect((await client.whenIngested('known', 'one', { signal })).state).toBe('completed');
});

test('a key that was changed meanwhile, or a page for signing in, ends the waiting', async () => {
  const { emulator, client, add } = await setUp();
  await add('one', 1);
  emulator.retrieval.nextFault({ on: 'GET ingestions', kind: 'html-200' });
  expect(await failureOf(client.whenIngested('known', 'one', { signal }))).toMatchObject({
    code: 'provider-bad-response',
  });
  emulator.changeKey('another');
  expect(await failureOf(client.whenIngested('known', 'one', { signal }))).toMatchObject({
    code: 'provider-unauthorized',
  });
});

test('a canceled wait is over', async () => {
  const { client, add } = await setUp();
  await add('one', 1);
  const stop = new AbortController();
  const waiting = client.whenIngested('known', 'one', { signal: stop.signal, onLook: () => stop.abort() });
  expect(await failureOf(waiting)).toMatchObject({ code: 'canceled' });
});

test('neither key nor question follows to another host, by a redirect or by the link to a next page', async () => {
  const other = await useWebServer((_request, response) => response.end('{"value":[]}'));
  const redirecting = await useWebServer((_request, response) =>
    response.writeHead(307, { location: `${other.origin}/indexes` }).end(),
  );
  expect(await failureOf(clientAt(redirecting.origin).listIndexes(signal))).toMatchObject({
    code: 'provider-misconfigured',
  });
  const linking = await useWebServer((request, response) => {
    const isFirst = request.url?.includes('skip=0') === true;
    response.end(
      JSON.stringify({
        value: isFirst ? [{ name: 'first' }] : [],
        ...(isFirst && { nextLink: `${other.origin}/indexes?$skip=1` }),
      }),
    );
  });
  expect(await clientAt(linking.origin).listIndexes(signal)).toMatchObject([{ name: 'first' }]);
  expect(other.requests).toEqual([]);
});

test('a refusal that quotes the key and a signed address is told without both', async () => {
  const { origin } = await useWebServer((_request, response) => {
    const message = `Key ${key} may not read https://acct.blob.core.windows.net/v/a.mp4?sv=1&sig=SIGNATURE`;
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'InvalidRequest', message } }));
  });
  const error = await failureOf(clientAt(origin).listIndexes(signal));
  expect(error).toBeInstanceOf(AppError);
  expect(String(error)).toContain('may not read');
  expect(String(error)).not.toContain(key);
  expect(String(error)).not.toContain('SIGNATURE');
});
