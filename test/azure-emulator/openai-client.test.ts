/** @file The official client takes the emulator for the real service, in all three forms. */

import OpenAI, { APIError, AzureOpenAI } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describePicture } from './describe-picture.ts';
import { dataUrl, drawPicture, photoSchema } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let bytes: Buffer;

beforeAll(async () => {
  emulator = await startEmulator();
  bytes = await drawPicture(1);
});

afterAll(() => emulator.close());

const clients = {
  dated: () =>
    new AzureOpenAI({
      endpoint: emulator.endpoint,
      apiKey: emulator.key,
      apiVersion: '2024-10-21',
      maxRetries: 0,
    }),
  v1: () => new OpenAI({ baseURL: `${emulator.endpoint}/openai/v1`, apiKey: emulator.key, maxRetries: 0 }),
  compatible: () => new OpenAI({ baseURL: emulator.compatibleBaseUrl, apiKey: 'ignored', maxRetries: 0 }),
};

function request() {
  return {
    model: 'gpt-41',
    max_completion_tokens: 400,
    messages: [
      { role: 'system', content: 'You describe photos.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Describe this picture.' },
          { type: 'image_url', image_url: { url: dataUrl(bytes), detail: 'high' } },
        ],
      },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'photo', strict: true, schema: photoSchema },
    },
  } satisfies OpenAI.ChatCompletionCreateParamsNonStreaming;
}

test.each(['dated', 'v1', 'compatible'] as const)(
  '%s: a description, and the same one streamed',
  async (form) => {
    const { caption } = await describePicture(bytes);
    const client = clients[form]();
    const answer = await client.chat.completions.create(request());
    const content = answer.choices[0]?.message.content ?? '';
    expect(JSON.parse(content)).toMatchObject({ caption });

    const stream = await client.chat.completions.create({
      ...request(),
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(content);
    expect(usage).toEqual(answer.usage);
  },
);

test('errors and waits reach the client as the real ones do', async () => {
  emulator.faults.next({ name: 'rate-limited-ms', retryAfterMs: 20 });
  const limited = await clients
    .dated()
    .chat.completions.create(request())
    .catch((error: unknown) => error);
  expect(limited).toBeInstanceOf(APIError);
  expect(limited).toMatchObject({ status: 429, code: '429' });
  expect((limited as APIError).headers?.get('retry-after-ms')).toBe('20');

  emulator.faults.next('content-filtered-prompt');
  const filtered = await clients
    .v1()
    .chat.completions.create(request())
    .catch((error: unknown) => error);
  expect(filtered).toMatchObject({
    status: 400,
    code: 'content_filter',
    error: { innererror: { code: 'ResponsibleAIPolicyViolation' } },
  });
});

test('the client that retries by itself gets through', async () => {
  emulator.faults.next(
    { name: 'rate-limited-ms', retryAfterMs: 1 },
    { name: 'unavailable', retryAfterMs: 1 },
  );
  const patient = clients.dated().withOptions({ maxRetries: 2 });
  expect((await patient.chat.completions.create(request())).choices).toHaveLength(1);
});

test('models can be listed', async () => {
  const listed = await clients.v1().models.list();
  expect(listed.data.map(({ id }) => id)).toContain('gpt-4.1-2025-04-14');
});
