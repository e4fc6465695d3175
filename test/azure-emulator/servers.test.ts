import { describe, expect, onTestFinished, test } from 'vitest';
import sharp from 'sharp';
import { chatBody, dataUrl, drawPicture, imagePart, type Body } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';
import { servers, serverNames } from './servers/list.ts';
import type { ServerName } from './servers/traits.ts';

/** What the documents say that each server answers (AZURE §8), and what they would refuse. */

async function use(server: ServerName, more: { isOldServer?: boolean } = {}): Promise<Emulator> {
  const emulator = await startEmulator({ server, ...more });
  onTestFinished(() => emulator.close());
  return emulator;
}

async function post(
  emulator: Emulator,
  body: Body,
): Promise<{ status: number; body: unknown; text: string }> {
  const response = await fetch(`${emulator.compatibleBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${emulator.key}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined,
  };
}

async function get(emulator: Emulator, path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${emulator.key}` };
  return (await fetch(`http://127.0.0.1:${emulator.port}${path}`, { headers })).json();
}

const seeing = (server: ServerName): string =>
  servers[server].deployments.find(({ persona }) => persona.sizeRule !== undefined)?.name ?? '';

const picture = async (): Promise<Body> => imagePart(dataUrl(await drawPicture(1)));

describe.each(serverNames)('%s', (server) => {
  test('answers a picture in a data URL', async () => {
    const emulator = await use(server);
    const answer = await post(
      emulator,
      chatBody([await picture()], { model: seeing(server), max_tokens: 100 }),
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { choices: [{ finish_reason: 'stop' }], usage: { prompt_tokens: expect.any(Number) as number } },
    });
  });

  test('lists its models as OpenAI does', async () => {
    const list = await get(await use(server), '/v1/models');
    const ids = servers[server].deployments.map(
      ({ name }) => expect.objectContaining({ id: name }) as unknown,
    );
    expect(list).toMatchObject({ object: 'list', data: ids });
  });

  test('serves nothing of Azure’s', async () => {
    const emulator = await use(server);
    const response = await fetch(`${emulator.endpoint}/openai/v1/models`, {
      headers: { 'api-key': emulator.key, authorization: `Bearer ${emulator.key}` },
    });
    expect(await response.text()).toMatch(/not found|Unexpected endpoint/);
  });
});

test.each<[ServerName, unknown]>([
  ['ollama', { error: { message: 'model "x" not found, try pulling it first', code: null } }],
  ['lm-studio', { error: expect.stringContaining('"x" not found') as string }],
  ['vllm', { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 }],
  ['openai', { error: { code: 'model_not_found' } }],
])('%s says in its own way that there is no such model', async (server, body) => {
  const emulator = await use(server);
  expect(await post(emulator, chatBody([await picture()], { model: 'x' }))).toMatchObject({
    status: 404,
    body,
  });
});

test('llama.cpp serves its one model under any name', async () => {
  const emulator = await use('llama-cpp');
  expect(await post(emulator, chatBody([await picture()], { model: 'x' }))).toMatchObject({ status: 200 });
});

test.each<[ServerName, RegExp]>([
  ['ollama', /image URLs are not currently supported/],
  ['lm-studio', /^\{"error":"'url' field must be a base64 encoded image\."\}$/],
])('%s refuses a picture’s web address', async (server, text) => {
  const emulator = await use(server);
  const body = chatBody([imagePart('https://example.com/a.jpg')], { model: seeing(server) });
  expect(await post(emulator, body)).toMatchObject({
    status: 400,
    text: expect.stringMatching(text) as string,
  });
});

test.each<[ServerName, number]>([
  ['ollama', 200],
  ['lm-studio', 400],
  ['llama-cpp', 400],
  ['vllm', 200],
  ['openai', 200],
])('%s and a webp: %i', async (server, status) => {
  const emulator = await use(server);
  const webp = await sharp(await drawPicture(1))
    .webp()
    .toBuffer();
  const body = chatBody([imagePart(dataUrl(webp, 'image/webp'))], { model: seeing(server) });
  expect(await post(emulator, body)).toMatchObject({ status });
});

test('Ollama takes the URL itself for an object, gives a text model no picture, and says nothing of it', async () => {
  const emulator = await use('ollama');
  const bare = { type: 'image_url', image_url: dataUrl(await drawPicture(1)) };
  expect(await post(emulator, chatBody([bare], { model: 'llava' }))).toMatchObject({ status: 200 });
  const blind = await post(emulator, chatBody([await picture()], { model: 'llama3.2' }));
  expect(blind).toMatchObject({ status: 200, text: expect.stringContaining('no picture') as string });
});

test.each<[ServerName, number, RegExp]>([
  ['vllm', 400, /At most 0 image/],
  ['llama-cpp', 500, /mmproj/],
  ['lm-studio', 400, /does not support images/],
])('%s refuses a picture for a text model with %i', async (server, status, text) => {
  const [blind] = servers['ollama'].deployments;
  if (blind === undefined) throw new Error('there is one');
  const emulator = await startEmulator({ server, deployments: [blind] });
  onTestFinished(() => emulator.close());
  const body = chatBody([await picture()], { model: blind.name });
  expect(await post(emulator, body)).toMatchObject({ status, text: expect.stringMatching(text) as string });
});

test('Ollama ignores what it does not read, and its ids repeat', async () => {
  const emulator = await use('ollama');
  const body = chatBody([await picture()], {
    model: 'llava',
    max_completion_tokens: 1,
    made_up_parameter: 7,
  });
  const ids = new Set<unknown>();
  for (let count = 0; count < 10; count += 1) {
    const answer = await post(emulator, body);
    expect(answer).toMatchObject({ status: 200, body: { system_fingerprint: 'fp_ollama' } });
    ids.add((answer.body as { id: unknown }).id);
  }
  expect(ids.size).toBeLessThan(10);
});

test('a model thinks, where its server puts that, unless it is told not to', async () => {
  const ollama = await use('ollama');
  const body = chatBody([await picture()], { model: 'qwen3-vl:8b' });
  const thoughts = { choices: [{ message: { reasoning: expect.any(String) as string } }] };
  expect((await post(ollama, body)).body).toMatchObject(thoughts);
  expect((await post(ollama, { ...body, reasoning_effort: 'none' })).body).not.toMatchObject(thoughts);
  const plain = await post(ollama, { ...body, model: 'llava', reasoning_effort: 'low' });
  expect(plain).toMatchObject({
    status: 400,
    text: expect.stringContaining('does not support thinking') as string,
  });

  const studio = await use('lm-studio');
  const inText = await post(studio, { ...body, model: 'qwen/qwen3-vl-8b', reasoning_effort: 'none' });
  expect(inText.text).toContain('<think>');
});

test('each tells in its own place which models see pictures, and older versions in others', async () => {
  const ollama = await use('ollama');
  expect(await get(ollama, '/api/tags')).toMatchObject({
    models: expect.arrayContaining([
      expect.objectContaining({ name: 'llava:latest', capabilities: ['completion', 'vision'] }),
    ]) as unknown,
  });
  const old = await use('ollama', { isOldServer: true });
  expect(JSON.stringify(await get(old, '/api/tags'))).not.toContain('capabilities');
  expect(await get(await use('llama-cpp'), '/props')).toMatchObject({ modalities: { vision: true } });
  expect(await get(await use('lm-studio'), '/api/v1/models')).toMatchObject({
    models: expect.arrayContaining([
      expect.objectContaining({ capabilities: { vision: true, trained_for_tool_use: false } }),
    ]) as unknown,
  });
  expect(JSON.stringify(await get(await use('vllm'), '/v1/models'))).not.toContain('vision');
});

test('OpenAI wants a key', async () => {
  const emulator = await use('openai');
  const response = await fetch(`${emulator.compatibleBaseUrl}/models`);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
});
