import { beforeAll, beforeEach, expect, test } from 'vitest';
import { chatBody, dataUrl, drawPicture, imagePart, post, refusal } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let bytes: Buffer;

beforeAll(async () => {
  bytes = await drawPicture(1);
});

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const picture = (of = bytes) => imagePart(dataUrl(of));

const get = async (path: string) => {
  const response = await fetch(emulator.endpoint + path, { headers: { 'api-key': emulator.key } });
  return {
    status: response.status,
    body: (await response.json()) as { data: { id: string; model?: string }[] },
  };
};

test.each([
  '/openai/deployments/gpt-41/chat/completions',
  '/openai/deployments/gpt-41/chat/completions?api-version=2099-01-01',
  '/openai/deployments/gpt-41/completions?api-version=2024-10-21',
  '/openai/v1/completions',
  '/openai/deployments/gpt-41/extensions/chat/completions?api-version=2024-10-21',
  '/',
])('%s is not there', async (path) => {
  const headers = { 'api-key': emulator.key, 'content-type': 'application/json' };
  const response = await fetch(emulator.endpoint + path, { method: 'POST', headers, body: '{}' });
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 404,
    body: { error: { code: '404', message: 'Resource not found' } },
  });
});

test('an unknown deployment is named so in both forms, and an unknown model on a local server', async () => {
  expect(await refusal(emulator, chatBody([]), { deployment: 'none' })).toMatchObject({
    status: 404,
    code: 'DeploymentNotFound',
  });
  const body = chatBody([], { model: 'none' });
  expect(await refusal(emulator, body, { form: 'v1' })).toMatchObject({
    status: 404,
    code: 'DeploymentNotFound',
  });
  expect(await refusal(emulator, body, { form: 'compatible' })).toMatchObject({
    status: 404,
    code: 'model_not_found',
  });
  const nameless = chatBody([], { model: undefined });
  expect(await refusal(emulator, nameless, { form: 'v1' })).toMatchObject({ status: 400, param: 'model' });
  expect((await post(emulator, nameless)).status).toBe(200);
});

test('v1 takes no dated version', async () => {
  const url = `${emulator.endpoint}/openai/v1/models?api-version=`;
  const headers = { 'api-key': emulator.key };
  const statuses = [];
  for (const version of ['preview', '2024-10-21']) {
    statuses.push((await fetch(url + version, { headers })).status);
  }
  expect(statuses).toEqual([200, 400]);
});

test('lists base models, the deployments of 2023, and what a local server has', async () => {
  const dated = await get('/openai/models?api-version=2024-10-21');
  const v1 = await get('/openai/v1/models');
  const local = await get('/v1/models');
  const deployments = await get('/openai/deployments?api-version=2023-03-15-preview');
  expect(dated.body.data.map(({ id }) => id)).toContain('gpt-4.1-2025-04-14');
  expect(v1.body.data.map(({ id }) => id)).toContain('gpt-4.1-2025-04-14');
  expect(local.body.data.map(({ id }) => id)).toContain('gpt-41');
  expect(deployments.body.data).toContainEqual(
    expect.objectContaining({ id: 'gpt-41', model: 'gpt-4.1-2025-04-14' }),
  );
  expect((await get('/openai/deployments?api-version=2024-10-21')).status).toBe(404);
});

test('other content types, too many headers and too long bodies are refused', async () => {
  const small = await startEmulator({ mostBodyBytes: 1000 });
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x-mine-${index}`, '1']));
  const form = await post(small, chatBody([]), { headers: { 'content-type': 'text/plain' } });
  const headers = await post(small, chatBody([]), { headers: many });
  const long = await post(small, chatBody([picture()]));
  await small.close();
  expect([form.status, headers.status, long.status]).toEqual([415, 431, 413]);
});
