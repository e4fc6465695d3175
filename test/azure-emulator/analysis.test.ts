import { beforeEach, expect, test } from 'vitest';
import { drawPicture } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

async function analyse(
  query: string,
  { body, headers = {} }: { body?: Uint8Array | string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${emulator.endpoint}/computervision/imageanalysis:analyze?${query}`, {
    method: 'POST',
    headers: {
      'Ocp-Apim-Subscription-Key': emulator.key,
      'content-type': 'application/octet-stream',
      ...headers,
    },
    body: new Uint8Array(typeof body === 'string' ? Buffer.from(body) : (body ?? (await drawPicture(1)))),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as Record<string, unknown> };
}

const version = 'api-version=2024-02-01';

test('answers what was asked for and nothing else, and counts each feature', async () => {
  const { status, body } = await analyse(`${version}&features=tags,people`);
  expect(status).toBe(200);
  expect(Object.keys(body).toSorted()).toEqual(['metadata', 'modelVersion', 'peopleResult', 'tagsResult']);
  expect(emulator.totals()).toMatchObject({ answered: 1, transactions: 2, promptTokens: 0 });
});

test.each([
  ['another version', 'api-version=2023-10-01&features=tags', 404, undefined],
  ['no version', 'features=tags', 404, undefined],
  ['nothing asked', version, 400, 'BadArgument'],
  ['a feature in other letters', `${version}&features=Tags`, 400, 'NotSupportedVisualFeature'],
  ['a feature twice', `${version}&features=tags,tags`, 400, 'BadArgument'],
  ['a language that it does not speak', `${version}&features=tags&language=de`, 400, 'NotSupportedLanguage'],
  ['captions in Spanish', `${version}&features=caption&language=es`, 400, 'NotSupportedLanguage'],
  ['too wide a crop', `${version}&features=smartCrops&smartcrops-aspect-ratios=2`, 400, 'BadArgument'],
  [
    'a version of the model that cannot be',
    `${version}&features=tags&model-version=newest`,
    400,
    'BadArgument',
  ],
  ['a flag that is none', `${version}&features=caption&gender-neutral-caption=1`, 400, 'BadArgument'],
  ['an unknown parameter', `${version}&features=tags&detail=high`, 400, 'BadArgument'],
])('refuses %s', async (_, query, status, inner) => {
  const answer = await analyse(query);
  expect(answer.status).toBe(status);
  expect((answer.body['error'] as { innererror?: { code: string } }).innererror?.code).toBe(inner);
  expect(emulator.totals().transactions).toBe(0);
});

test.each([
  ['no picture', new Uint8Array(), 'InvalidImageSize'],
  ['what is no picture', 'hello', 'InvalidImageFormat'],
  ['a picture that is too small', await drawPicture(1, { widthPx: 50, heightPx: 300 }), 'InvalidImageSize'],
])('refuses %s', async (_, body, inner) => {
  expect((await analyse(`${version}&features=tags`, { body })).body).toMatchObject({
    error: { innererror: { code: inner } },
  });
});

test('takes its key in its own header alone, and keeps it to itself', async () => {
  const denied = await analyse(`${version}&features=tags`, {
    headers: { 'Ocp-Apim-Subscription-Key': 'wrong', 'api-key': emulator.key },
  });
  expect(denied.status).toBe(401);
  await analyse(`${version}&features=tags`);
  expect(JSON.stringify(emulator.requests)).not.toContain(emulator.key);
});
