import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  chatBody,
  dataUrl,
  drawPicture,
  imagePart,
  photoSchema,
  refusal,
  strictFormat,
  strictObject,
  textOf,
  type Body,
} from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let image: Body;

beforeAll(async () => {
  emulator = await startEmulator();
  image = imagePart(dataUrl(await drawPicture(1)));
});

afterAll(() => emulator.close());

const sent = (response_format: unknown, options = {}) =>
  refusal(emulator, chatBody([image], { response_format }), options);

test.each([
  ['xml', 'invalid_type'],
  [{ type: 'xml' }, 'invalid_value'],
  [{ type: 'json_schema' }, 'missing_required_parameter'],
  [{ type: 'json_schema', schema: photoSchema }, 'unknown_parameter'],
  [{ type: 'json_schema', json_schema: { schema: photoSchema } }, 'missing_required_parameter'],
  [strictFormat(photoSchema, { name: 'my photo' }), 'invalid_value'],
  [strictFormat(photoSchema, { name: 'x'.repeat(65) }), 'invalid_value'],
])('%j is refused', async (format, code) => {
  expect(await sent(format)).toMatchObject({ status: 400, code });
});

const text = { type: 'string' };
let deep: Body = text;
for (let level = 0; level < 6; level += 1) deep = strictObject({ inner: deep });
const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, text]));

test.each([
  ['a root that is no object', { type: 'array', items: text }],
  ['anyOf at the root', strictObject({ a: text }, { anyOf: [] })],
  ['a property that is not required', strictObject({ a: text, b: text }, { required: ['a'] })],
  ['a required name that is no property', strictObject({ a: text }, { required: ['a', 'b'] })],
  ['additional properties', strictObject({ a: text }, { additionalProperties: true })],
  ['nothing said of additional properties', { type: 'object', properties: { a: text }, required: ['a'] }],
  ['six levels', deep],
  ['101 properties', strictObject(many)],
  ['a length limit', strictObject({ a: { type: 'string', maxLength: 125 } })],
  ['an item count', strictObject({ a: { type: 'array', items: text, maxItems: 5 } })],
  ['an array of anything', strictObject({ a: { type: 'array' } })],
  ['a property of no type', strictObject({ a: { description: 'anything' } })],
  ['a reference to nothing', strictObject({ a: { $ref: '#/$defs/none' } })],
  [
    'a fault below anyOf',
    strictObject({ a: { anyOf: [{ type: 'object', properties: {} }, { type: 'null' }] } }),
  ],
])('strict mode refuses %s', async (_name, schema) => {
  const { status, param, message } = await sent(strictFormat(schema));
  expect({ status, param }).toEqual({ status: 400, param: 'response_format' });
  expect(message).toContain("Invalid schema for response_format 'photo'");
});

test('strict mode takes nullable types, enums, anyOf, definitions and a property that is called like a keyword', async () => {
  const schema = strictObject(
    {
      format: { type: 'string', enum: ['wide', 'tall'] },
      place: { type: ['string', 'null'] },
      when: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      objects: { type: 'array', items: { $ref: '#/$defs/thing' } },
    },
    { $defs: { thing: strictObject({ label: text }) } },
  );
  const answer = await ask(emulator, chatBody([image], { response_format: strictFormat(schema) }));
  expect(answer.status).toBe(200);
  expect(JSON.parse(textOf(answer))).toMatchObject({ format: 'wide', place: null, when: null });
});

test('a model without structured output, or a version before it, refuses a schema', async () => {
  expect(await sent(strictFormat(photoSchema), { deployment: 'gpt-4-turbo' })).toMatchObject({
    status: 400,
    param: 'response_format',
  });
  const old = await fetch(
    `${emulator.endpoint}/openai/deployments/gpt-41/chat/completions?api-version=2024-02-01`,
    {
      method: 'POST',
      headers: { 'api-key': emulator.key, 'content-type': 'application/json' },
      body: JSON.stringify(chatBody([image], { response_format: strictFormat(photoSchema) })),
    },
  );
  expect(old.status).toBe(400);
});

test('JSON mode wants the word in the prompt, and GPT-4 Turbo takes it without pictures only', async () => {
  const response_format = { type: 'json_object' };
  expect(await sent(response_format)).toMatchObject({ status: 400, param: 'messages' });
  const messages = [{ role: 'user', content: 'Answer in JSON.' }];
  expect(
    (await ask(emulator, chatBody([], { response_format, messages }), { deployment: 'gpt-4-turbo' })).status,
  ).toBe(200);
  const seen = [{ role: 'user', content: [{ type: 'text', text: 'Answer in JSON.' }, image] }];
  expect(
    await refusal(emulator, chatBody([], { response_format, messages: seen }), {
      deployment: 'gpt-4-turbo',
    }),
  ).toMatchObject({ status: 400 });
  expect((await ask(emulator, chatBody([], { response_format, messages: seen }))).status).toBe(200);
});
