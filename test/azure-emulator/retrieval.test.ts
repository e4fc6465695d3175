import { expect, test } from 'vitest';
import { useEmulator } from '../helpers/engine.ts';
import { useWebServer } from '../helpers/web-server.ts';
import { textWith } from '../providers/matchers.ts';
import type { EmulatorOptions } from './server.ts';

const schema = {
  metadataSchema: {
    language: 'en',
    fields: [
      { name: 'cameraId', searchable: false, filterable: true, type: 'string' },
      { name: 'timestamp', searchable: false, filterable: true, type: 'datetime' },
      { name: 'note', searchable: true, filterable: false, type: 'string' },
    ],
  },
  features: [{ name: 'vision', domain: 'surveillance' }, { name: 'speech' }],
};

async function setUp(options: EmulatorOptions = {}) {
  const emulator = await useEmulator(options);
  const base = `${emulator.endpoint}/computervision/retrieval`;
  const ask = async (method: string, path: string, body?: unknown, key = emulator.key) => {
    const separator = path.includes('?') ? '&' : '?';
    const response = await fetch(`${base}${path}${separator}api-version=2023-05-01-preview`, {
      method,
      headers: { 'Ocp-Apim-Subscription-Key': key, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    }; // why: it is looked at by matchers
  };
  const { origin } = await useWebServer((request, response) => {
    if (request.url?.includes('sig=good') !== true) response.writeHead(403).end();
    else response.end(Buffer.from('\0\0\0\u0018ftypmp42 and so on', 'latin1'));
  });
  const video = (documentId: string, more: object = {}) => ({
    mode: 'add',
    documentId,
    documentUrl: `${origin}/${documentId}.mp4?sig=good`,
    ...more,
  });
  return { emulator, ask, video, origin };
}

test('an index is made, listed page by page, changed and deleted; the names of its fields come back in lower case', async () => {
  const { ask } = await setUp();
  const made = await ask('PUT', '/indexes/my-video-index', schema);
  expect(made.status).toBe(201);
  expect(made.headers.get('api-supported-versions')).toBe('2023-01-15-preview,2023-05-01-preview');
  expect(made.body).toMatchObject({
    name: 'my-video-index',
    metadataSchema: { fields: [{ name: 'cameraid' }, { name: 'timestamp' }, { name: 'note' }] },
    features: [
      { name: 'vision', domain: 'surveillance' },
      { name: 'speech', domain: 'generic' },
    ],
  });
  expect((await ask('PUT', '/indexes/my-video-index', schema)).status).toBe(409);
  await ask('PUT', '/indexes/second', {});
  expect((await ask('GET', '/indexes?$top=1')).body).toMatchObject({
    value: [{ name: 'my-video-index' }],
    nextLink: textWith('skip=1'),
  });
  expect((await ask('PATCH', '/indexes/second', { userData: { a: 1 } })).body).toMatchObject({
    userData: { a: 1 },
  });
  expect((await ask('DELETE', '/indexes/second')).status).toBe(204);
  expect((await ask('GET', '/indexes/second')).status).toBe(404);
});

test.each([
  ['PUT', '/indexes/two--hyphens', {}],
  ['PUT', '/indexes/more-than-24-characters-long', {}],
  ['PUT', '/indexes/good', { features: [{ name: 'smell' }] }],
  ['PUT', '/indexes/good', { features: ['vision'] }],
  ['PUT', '/indexes/good', { metadataSchema: { fields: [{ name: 'a', type: 'number' }] } }],
  ['PUT', '/indexes/good', { unknown: 1 }],
  ['PUT', '/indexes/known/ingestions/i', { videos: [] }],
  ['PUT', '/indexes/known/ingestions/i', { videos: [{ mode: 'put', documentId: 'd' }] }],
  ['PUT', '/indexes/known/ingestions/i', { videos: [{ mode: 'add', documentId: 'd' }] }],
  [
    'PUT',
    '/indexes/known/ingestions/i',
    { videos: [{ documentId: 'd', documentUrl: 'https://a.example/', metadata: { strange: 'x' } }] },
  ],
  [
    'PUT',
    '/indexes/known/ingestions/i',
    { videos: [{ documentId: 'd', documentUrl: 'https://a.example/', metadata: { timestamp: 'soon' } }] },
  ],
  ['POST', '/indexes/known:queryByText', { queryText: '' }],
  ['POST', '/indexes/known:queryByText', { queryText: 'a', top: 0 }],
  [
    'POST',
    '/indexes/known:queryByText',
    { queryText: 'a', filters: { stringFilters: [{ fieldName: 'note', values: ['x'] }] } },
  ],
  ['POST', '/indexes/known:queryByText', { queryText: 'a', filters: { featureFilters: ['smell'] } }],
] as const)('%s %s %j is refused', async (method, path, body) => {
  const { ask } = await setUp();
  await ask('PUT', '/indexes/known', schema);
  const refused = await ask(method, path, body);
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ error: { code: 'InvalidRequest', details: [] } });
});

test('an ingestion runs, and ends with what became of each video; a video that cannot be read at its address is none', async () => {
  const { ask, video } = await setUp();
  await ask('PUT', '/indexes/known', schema);
  const videos = [
    video('one', { metadata: { CameraId: 'c1' } }),
    { ...video('two'), documentUrl: video('two').documentUrl.replace('good', 'bad') },
  ];
  const begun = await ask('PUT', '/indexes/known/ingestions/i', { videos });
  expect(begun.status).toBe(202);
  expect(begun.headers.get('operation-location')).toContain('/ingestions/i');
  expect((await ask('PUT', '/indexes/known/ingestions/i', { videos })).status).toBe(409);
  expect((await ask('GET', '/indexes/known/ingestions/i')).body).toMatchObject({ state: 'Running' });
  const ended = await ask('GET', '/indexes/known/ingestions/i?detailLevel=document');
  expect(ended.body).toMatchObject({
    state: 'PartiallySucceeded',
    fileStatusDetails: [
      { documentId: 'one', succeeded: true, error: null },
      { documentId: 'two', succeeded: false, error: { code: 'VideoInaccessible' } },
    ],
  });
  const { body } = await ask('GET', '/indexes/known/documents');
  expect(body).toMatchObject({ value: [{ documentId: 'one', metadata: { cameraid: 'c1' } }] });
  expect(JSON.stringify(body)).not.toContain('sig=');
  expect(JSON.stringify(ended.body)).not.toContain('sig=');
});

test('a retired service, a wrong version and a wrong key have nothing of it', async () => {
  const retired = await setUp({ retrieval: { isRetired: true } });
  expect((await retired.ask('GET', '/indexes')).status).toBe(404);
  const { ask } = await setUp();
  expect((await ask('GET', '/indexes', undefined, 'wrong')).status).toBe(401);
  expect((await ask('GET', '/indexes?api-version=2024-02-01')).status).toBe(404);
});
