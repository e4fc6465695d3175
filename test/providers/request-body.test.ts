import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../app/contract/models/connection.ts';
import { toChatCompletionBody } from '../../app/providers/request-body.ts';
import { personas, type Persona } from '../azure-emulator/personas.ts';
import { parseObject } from './matchers.ts';
import { sampleConnection, sampleRequest, sampleSchema } from './samples.ts';

const bodyFor = (connection: Partial<Connection> = {}, stream = false) =>
  toChatCompletionBody(sampleRequest(), sampleConnection(connection), { stream });

describe('toChatCompletionBody', () => {
  it('asks gpt-4.1 as the how-to does', () => {
    expect(bodyFor()).toEqual({
      model: 'my-gpt41',
      messages: [
        { role: 'system', content: 'You describe photos.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Describe this photo.' },
            { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4P/Z', detail: 'low' } },
          ],
        },
      ],
      max_tokens: 300,
      temperature: 0.2,
      response_format: { type: 'json_schema', json_schema: { ...sampleSchema, strict: true } },
    });
  });

  it('asks a reasoning model without what it refuses, and for little thinking', () => {
    const body = bodyFor({ modelId: 'gpt-5-mini-2025-08-07' });
    expect(body).toMatchObject({ max_completion_tokens: 300, reasoning_effort: 'minimal' });
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('max_tokens');
  });

  it.each(Object.values<Persona>(personas).filter(({ isReasoning }) => isReasoning))(
    'asks $model for an effort that it takes',
    ({ model, efforts }) => {
      expect(efforts).toContain(bodyFor({ modelId: model }).reasoning_effort);
    },
  );

  it('lets what the deployment taught win over what the model is known for', () => {
    const learned = {
      tokenLimitParameter: 'max_tokens' as const,
      unsupportedParameters: ['reasoning_effort'],
      structuredOutput: 'none' as const,
    };
    const body = bodyFor({ modelId: 'gpt-5', learned });
    expect(Object.keys(body).toSorted()).toEqual(['max_tokens', 'messages', 'model']);
  });

  it('knows the model by the name that the service answered with', () => {
    const body = bodyFor({ modelId: null, learned: { modelAnswered: 'gpt-5.1-2025-11-13' } });
    expect(body).toMatchObject({ max_completion_tokens: 300, reasoning_effort: 'none' });
  });

  it.each([
    ['json_object', { type: 'json_object' }],
    ['none', undefined],
  ] as const)(
    'tells the schema in words, and says JSON, when only %s is left',
    (structuredOutput, format) => {
      const body = bodyFor({ learned: { structuredOutput } });
      expect(body.response_format).toEqual(format);
      expect(body.messages[0]?.content).toContain('You describe photos.');
      expect(body.messages[0]?.content).toContain(JSON.stringify(sampleSchema.schema));
      expect(body.messages[0]?.content).toContain('JSON');
    },
  );

  it('asks for text without a schema', () => {
    const { responseSchema: _, ...question } = sampleRequest();
    const body = toChatCompletionBody(question, sampleConnection({ modelId: 'gpt-4-turbo' }), {
      stream: false,
    });
    expect(body).not.toHaveProperty('response_format');
    expect(body.messages[0]?.content).toBe('You describe photos.');
  });

  it('asks a stream for its usage, and leaves that out where it is refused', () => {
    expect(bodyFor({}, true)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    const learned = { unsupportedParameters: ['stream_options'] };
    expect(bodyFor({ learned }, true)).not.toHaveProperty('stream_options');
    const withoutStream = bodyFor({ learned: { unsupportedParameters: ['stream'] } }, true);
    expect(withoutStream).not.toHaveProperty('stream');
    expect(withoutStream).not.toHaveProperty('stream_options');
  });

  it('sends only its own part of a larger buffer', () => {
    const bytes = new Uint8Array([9, 9, 0xff, 0xd8, 9]).subarray(2, 4);
    const picture = {
      bytes,
      mediaType: 'image/jpeg' as const,
      widthPx: 1,
      heightPx: 1,
      detail: 'high' as const,
    };
    const body = toChatCompletionBody(sampleRequest({ pictures: [picture] }), sampleConnection(), {
      stream: false,
    });
    expect(JSON.stringify(body.messages)).toContain('"data:image/jpeg;base64,/9g="');
  });
});

const openapiPath = process.env['CUTLINE_OPENAPI'];
const hasOpenapi = openapiPath !== undefined && existsSync(openapiPath);
if (!hasOpenapi) {
  console.warn('CUTLINE_OPENAPI names no file: requests are not checked against the published API.');
}

describe.skipIf(!hasOpenapi)('toChatCompletionBody › OpenAI’s published API', () => {
  const validate = compilePublishedSchema(openapiPath);

  it.each<[string, Partial<Connection>, boolean]>([
    ['gpt-4.1', {}, false],
    ['a stream', {}, true],
    ['a reasoning model', { modelId: 'gpt-5.1' }, false],
    ['JSON mode', { learned: { structuredOutput: 'json_object' } }, false],
    ['nothing structured', { learned: { structuredOutput: 'none' } }, true],
  ])('allows what we send: %s', (_, connection, stream) => {
    validate?.(bodyFor(connection, stream));
    expect(validate?.errors ?? []).toEqual([]);
  });

  it('would tell us of a wrong detail', () => {
    const body = parseObject(JSON.stringify(bodyFor()).replace('"detail":"low"', '"detail":"medium"'));
    expect(validate?.(body)).toBe(false);
  });
});

/** The request's schema with all that it refers to; `nullable` is no word of JSON Schema, and Ajv minds it. */
function compilePublishedSchema(path: string | undefined) {
  if (path === undefined || !existsSync(path)) return undefined;
  const published = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    key === 'nullable' ? undefined : value,
  ) as { components: unknown };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openai', components: published.components });
  return ajv.compile({ $ref: 'openai#/components/schemas/CreateChatCompletionRequest' });
}
