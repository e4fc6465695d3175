/**
 * @file OpenAI's published description as an outside check: what it takes, the emulator takes, and the answers are
 * what it promises. Runs where `CUTLINE_OPENAPI` names that file, which is not part of the project.
 */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  chatBody,
  dataUrl,
  drawPicture,
  imagePart,
  photoSchema,
  readNamedFile,
  strictFormat,
  type Body,
} from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

const file = readNamedFile('CUTLINE_OPENAPI');
if (file === undefined) {
  console.warn('CUTLINE_OPENAPI is not set: requests are not checked against the published API.');
}

/** The description says `nullable`, which JSON Schema does not know; a type beside it then counts as nullable. */
function withoutNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullable);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Record<string, unknown>;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutNullable(inner)]));
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

describe.skipIf(file === undefined)('against the published API', () => {
  let emulator: Emulator;
  let image: Body;
  let validate: (schema: string, value: unknown) => unknown;

  beforeAll(async () => {
    emulator = await startEmulator();
    image = imagePart(dataUrl(await drawPicture(1)));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(withoutNullable(JSON.parse(file ?? '{}')) as object, 'openai');
    validate = (schema, value) => {
      const check = ajv.getSchema(`openai#/components/schemas/${schema}`);
      if (check === undefined) throw new Error(`The published API has no ${schema}`);
      return check(value) === true ? [] : check.errors;
    };
  });

  afterAll(() => emulator.close());

  test('a good request is good for both', async () => {
    const body = chatBody([image], { temperature: 0.2, seed: 7, response_format: strictFormat(photoSchema) });
    expect(validate('CreateChatCompletionRequest', body)).toEqual([]);
    const answer = await ask(emulator, body, { form: 'compatible' });
    expect(answer.status).toBe(200);
    expect(validate('CreateChatCompletionResponse', answer.body)).toEqual([]);
  });

  test('files and batches are what it promises', async () => {
    const call = async (path: string, init?: RequestInit): Promise<unknown> => {
      const response = await fetch(`${emulator.endpoint}/v1/${path}`, init);
      return response.json();
    };
    const line = { custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: chatBody([image]) };
    const form = new FormData();
    form.set('purpose', 'batch');
    form.set('file', new Blob([`${JSON.stringify(line)}\n`]), 'lines.jsonl');
    const uploaded = await call('files', { method: 'POST', body: form });
    expect(validate('OpenAIFile', uploaded)).toEqual([]);
    expect(validate('ListFilesResponse', await call('files'))).toEqual([]);
    const body = {
      input_file_id: (uploaded as Body)['id'],
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      output_expires_after: { anchor: 'created_at', seconds: 3_600 },
    };
    expect(validate('CreateBatchRequest', body)).toEqual([]);
    const batch = await call('batches', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(validate('Batch', batch)).toEqual([]);
    emulator.batches.advance(86_400_000);
    expect(validate('Batch', await call(`batches/${String((batch as Body)['id'])}`))).toEqual([]);
    expect(validate('ListBatchesResponse', await call('batches'))).toEqual([]);
  });

  test.each([
    [{ temperature: '0.2' }],
    [{ max_tokens: '400' }],
    [{ stream: 'yes' }],
    [{ response_format: { type: 'xml' } }],
    [{ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'data:' }] }] }],
    [{ messages: [{ role: 'user', content: [imagePart('data:', 'medium')] }] }],
  ])('%j is wrong for both', async (change) => {
    const body = chatBody([image], change);
    expect(validate('CreateChatCompletionRequest', body)).not.toEqual([]);
    expect((await ask(emulator, body)).status).toBe(400);
  });
});
