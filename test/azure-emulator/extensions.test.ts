import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataUrl, drawPicture } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let url: string;

beforeAll(async () => {
  emulator = await startEmulator();
  url = dataUrl(await drawPicture(2));
});

afterAll(() => emulator.close());

const source = () => ({
  type: 'AzureComputerVision',
  parameters: { endpoint: 'https://cv.cognitiveservices.azure.com/', key: emulator.key },
});
const user = (...urls: string[]) => [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Describe this picture:' },
      ...urls.map((one) => ({ type: 'image_url', image_url: { url: one } })),
    ],
  },
];

async function post(
  changes: Readonly<Record<string, unknown>> = {},
  { deployment = 'gpt-4-vision', version = '2023-12-01-preview' } = {},
) {
  const address = `${emulator.endpoint}/openai/deployments/${deployment}/extensions/chat/completions?api-version=${version}`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'api-key': emulator.key, 'content-type': 'application/json' },
    body: JSON.stringify({
      enhancements: { ocr: { enabled: true }, grounding: { enabled: true } },
      dataSources: [source()],
      messages: user(url),
      max_tokens: 200,
      stream: false,
      ...changes,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('answers as vision-preview did: why it ended as an object, and places beside the message', async () => {
  const { status, body } = await post();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    model: 'gpt-4',
    choices: [
      {
        finish_details: { type: 'stop', stop: '<|fim_suffix|>' },
        enhancements: { grounding: { status: 'Success' } },
      },
    ],
  });
  const ocrOnly = await post({ enhancements: { ocr: { enabled: true } } });
  expect(JSON.stringify(ocrOnly.body)).not.toContain('grounding');
});

test('what the answer was not long enough for is said in the old words', async () => {
  expect((await post({ max_tokens: 2 })).body).toMatchObject({
    choices: [{ finish_details: { type: 'max_tokens' } }],
  });
});

test.each<[string, Readonly<Record<string, unknown>>, number]>([
  ['no enhancements', { enhancements: undefined }, 400],
  ['an unknown one', { enhancements: { faces: { enabled: true } } }, 400],
  ['a flag that is none', { enhancements: { ocr: { enabled: 'yes' } } }, 400],
  ['no data source', { dataSources: undefined }, 400],
  ['the name of later versions', { dataSources: undefined, data_sources: [] }, 400],
  ['two data sources', { dataSources: [source, source] }, 400],
  ['another data source', { dataSources: [{ type: 'AzureCognitiveSearch', parameters: {} }] }, 400],
  [
    'no key',
    { dataSources: [{ type: 'AzureComputerVision', parameters: { endpoint: 'https://cv.example' } }] },
    400,
  ],
  [
    'another key',
    {
      dataSources: [
        { type: 'AzureComputerVision', parameters: { endpoint: 'https://cv.example', key: 'x' } },
      ],
    },
    401,
  ],
  ['a stream', { stream: true }, 400],
  ['JSON mode', { response_format: { type: 'json_object' } }, 400],
  ['no picture', { messages: user() }, 400],
])('refuses %s', async (_what, changes, status) => {
  expect((await post(changes)).status).toBe(status);
});

test('refuses two pictures, other models and other versions', async () => {
  expect((await post({ messages: user(url, url) })).status).toBe(400);
  expect((await post({}, { deployment: 'gpt-41' })).body).toMatchObject({
    error: { message: expect.stringContaining('does not support Vision Enhancement') as string },
  });
  expect((await post({}, { version: '2024-10-21' })).status).toBe(404);
});
