import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personas } from './personas.ts';
import { mostImageBytes } from './pictures.ts';
import { ask, chatBody, dataUrl, drawPicture, imagePart, refusal } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';
import { sizeRules } from './size-rules.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

const sent = (url: unknown) => refusal(emulator, chatBody([imagePart(url)]));
const unsupported = {
  status: 400,
  code: 'invalid_image_format',
  message: expect.stringContaining('below 20 MB') as string,
};

test.each(['jpeg', 'png', 'webp', 'gif'] as const)('%s is taken', async (format) => {
  const bytes = await drawPicture(2, { format });
  expect((await ask(emulator, chatBody([imagePart(dataUrl(bytes, `image/${format}`))]))).status).toBe(200);
});

test('other formats are refused, whatever they call themselves', async () => {
  const tiff = await sharp(await drawPicture(2))
    .tiff()
    .toBuffer();
  const avif = await sharp(await drawPicture(2))
    .avif()
    .toBuffer();
  expect(await sent(dataUrl(tiff, 'image/tiff'))).toMatchObject({ status: 400, code: 'invalid_value' });
  expect(await sent(dataUrl(tiff))).toMatchObject(unsupported);
  expect(await sent(dataUrl(avif))).toMatchObject(unsupported);
  expect(await sent(dataUrl(Buffer.from('not a picture at all')))).toMatchObject(unsupported);
});

test('a picture cut short is refused', async () => {
  const bytes = await drawPicture(2, { widthPx: 900, heightPx: 900 });
  expect(await sent(dataUrl(bytes.subarray(0, bytes.length / 2)))).toMatchObject({
    status: 400,
    message: 'You uploaded an unsupported image. Please make sure your image is valid.',
  });
});

test('more than 20 MB is refused', async () => {
  const padded = Buffer.concat([await drawPicture(2), Buffer.alloc(mostImageBytes)]);
  expect(await sent(dataUrl(padded))).toMatchObject(unsupported);
});

test.each([
  ['data:image/jpeg;base64,', 'invalid_value', 'got empty base64-encoded bytes'],
  ['data:image/jpeg;base64,/9j/4AA', 'invalid_base64_image', 'Invalid Image (base64) data'],
  ['data:image/jpeg;base64,_9j_4AAQ', 'invalid_base64_image', 'Invalid Image (base64) data'],
  ['data:image/jpeg,abcd', 'invalid_value', 'Expected a base64-encoded data URL'],
  ['data:text/plain;base64,abcd', 'invalid_value', "unsupported MIME type 'text/plain'"],
  ['/9j/4AAQ', 'invalid_value', 'Expected a base64-encoded data URL'],
  ['file:///photo.jpg', 'invalid_value', 'Expected a base64-encoded data URL'],
  [
    'https://upload.wikimedia.org/photo.jpg',
    'invalid_image_url',
    "Image URL domain 'upload.wikimedia.org' is not allowed.",
  ],
])('%s is refused', async (url, code, words) => {
  expect(await sent(url)).toMatchObject({
    status: 400,
    code,
    message: expect.stringContaining(words) as string,
  });
});

test('a picture of too many patches is refused where its own size counts', async () => {
  const persona = { ...personas.gpt55, sizeRule: sizeRules['gpt-5.6-terra'] };
  const service = await startEmulator({ deployments: [{ name: 'gpt-56', persona }] });
  const canvas = { create: { width: 6400, height: 4832, channels: 3, background: 'red' } } as const;
  const url = dataUrl(await sharp(canvas).png().toBuffer(), 'image/png');
  const body = (detail: string) => chatBody([imagePart(url, detail)], { max_tokens: undefined });
  const refused = await refusal(service, body('original'), { deployment: 'gpt-56' });
  const taken = await ask(service, body('high'), { deployment: 'gpt-56' });
  await service.close();
  expect(refused).toMatchObject({ status: 400, code: 'image_too_large' });
  expect(taken.status).toBe(200);
});

test('a picture at a public address is fetched and counted; private and dead addresses are refused in the service’s words', async () => {
  const bytes = await drawPicture(2);
  const online = await startEmulator({
    internet: ({ href }) => Promise.resolve(href === 'https://example.org/a.jpg' ? bytes : undefined),
  });
  try {
    const answered = await ask(online, chatBody([imagePart('https://example.org/a.jpg')]));
    expect(answered.status).toBe(200);
    const [fetched] = online.requests.at(-1)?.pictures ?? [];
    expect(fetched).toMatchObject({ address: 'https://example.org/a.jpg', bytes: bytes.byteLength });
    const refused = (url: string) => refusal(online, chatBody([imagePart(url)]));
    expect(await refused('https://example.org/b.jpg')).toMatchObject({
      status: 400,
      code: 'invalid_value',
      message: 'Timeout while downloading https://example.org/b.jpg.',
    });
    for (const host of ['127.0.0.1', '[::1]', 'localhost', 'db.internal']) {
      expect(await refused(`https://${host}/a.jpg`)).toMatchObject({
        status: 400,
        code: 'invalid_image_url',
        message: `Image URL domain '${host}' is not allowed.`,
      });
    }
  } finally {
    await online.close();
  }
});
