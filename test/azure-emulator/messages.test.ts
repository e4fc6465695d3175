import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, chatBody, dataUrl, drawPicture, imagePart, refusal, type Body } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let image: Body;

beforeAll(async () => {
  emulator = await startEmulator();
  image = imagePart(dataUrl(await drawPicture(1)));
});

afterAll(() => emulator.close());

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });

test.each([
  [{ messages: undefined }, 'missing_required_parameter', 'messages'],
  [{ messages: [] }, 'empty_array', 'messages'],
  [{ messages: 'Hello' }, 'invalid_type', 'messages'],
  [
    { messages: Array.from({ length: 2049 }, () => ({ role: 'user', content: '' })) },
    'array_above_max_length',
    'messages',
  ],
  [{ messages: [{ role: 'user' }] }, 'invalid_type', 'messages[0].content'],
  [{ messages: [{ role: 'robot', content: '' }] }, 'invalid_value', 'messages[0].role'],
  [{ messages: [{ role: 'user', content: '', text: '' }] }, 'unknown_parameter', 'messages[0].text'],
  [user('x'.repeat(1_048_577)), 'string_above_max_length', 'messages[0].content'],
  [user([]), 'empty_array', 'messages[0].content'],
  [user([{ type: 'input_text', text: '' }]), 'invalid_value', 'messages[0].content[0].type'],
  [user([{ type: 'text' }]), 'missing_required_parameter', 'messages[0].content[0].text'],
  [user([{ type: 'text', text: '', detail: 'low' }]), 'unknown_parameter', 'messages[0].content[0].detail'],
  [user([{ type: 'image_url' }]), 'missing_required_parameter', 'messages[0].content[0].image_url'],
  [
    user([{ type: 'image_url', image_url: {} }]),
    'missing_required_parameter',
    'messages[0].content[0].image_url.url',
  ],
  [
    user([{ type: 'image_url', image_url: { url: 'data:', width: 1 } }]),
    'unknown_parameter',
    'messages[0].content[0].image_url.width',
  ],
  [user([imagePart('data:', 'medium')]), 'invalid_value', 'messages[0].content[0].image_url.detail'],
  [user([imagePart('data:', 'original')]), 'invalid_value', 'messages[0].content[0].image_url.detail'],
  [user([imagePart('data:', null)]), 'invalid_type', 'messages[0].content[0].image_url.detail'],
])('%j is refused', async (change, code, param) => {
  expect(await refusal(emulator, chatBody([], change))).toMatchObject({ status: 400, code, param });
});

test('a picture as a bare string is refused in the words of the service', async () => {
  const body = chatBody([{ type: 'image_url', image_url: dataUrl(await drawPicture(1)) }]);
  expect(await refusal(emulator, body)).toMatchObject({
    status: 400,
    code: 'invalid_type',
    message:
      "Invalid type for 'messages[1].content[1].image_url': expected an object, but got a string instead.",
  });
});

test('only users send pictures', async () => {
  const messages = [{ role: 'system', content: [image] }];
  expect(await refusal(emulator, chatBody([], { messages }))).toMatchObject({
    status: 400,
    code: 'invalid_value',
  });
});

test('a model without eyes refuses pictures and answers text', async () => {
  const deployment = 'gpt-35-text';
  expect(await refusal(emulator, chatBody([image]), { deployment })).toEqual({
    status: 400,
    message: 'Invalid content type. image_url is only supported by certain models.',
    type: 'invalid_request_error',
    param: 'messages.[1].content.[1].type',
    code: null,
  });
  expect((await ask(emulator, chatBody([]), { deployment })).status).toBe(200);
});

test('ten pictures are the limit of the how-to, fifty of newer models, history included', async () => {
  const many = (count: number) => chatBody(Array.from({ length: count }, () => image));
  const deployment = 'gpt-4-turbo';
  expect((await ask(emulator, many(10), { deployment })).status).toBe(200);
  expect(await refusal(emulator, many(11), { deployment })).toMatchObject({
    status: 400,
    message: 'Too many images in request. Max is 10.',
  });

  const history = { role: 'user', content: Array.from({ length: 25 }, () => image) };
  expect((await ask(emulator, chatBody([], { messages: [history, history] }))).status).toBe(200);
  const one = { role: 'user', content: [image] };
  expect(await refusal(emulator, chatBody([], { messages: [history, one, history] }))).toEqual({
    status: 400,
    message: 'Exceeded maximum number of images (50) allowed in the request.',
    type: 'invalid_request_error',
    param: 'input',
    code: null,
  });
});

test('a prompt longer than the context is refused', async () => {
  const body = chatBody([], user('word '.repeat(15_000)));
  expect(await refusal(emulator, body, { deployment: 'gpt-35-text' })).toMatchObject({
    status: 400,
    code: 'context_length_exceeded',
  });
});
