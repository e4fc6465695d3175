import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import type { Connection } from '../../app/contract/models/connection.ts';
import { createProvider } from '../../app/providers/connections.ts';
import type { ProviderOutcome, SendOptions, VisionRequest } from '../../app/providers/provider.ts';
import { readStream } from '../../app/providers/stream.ts';
import { toResponsesBody } from '../../app/providers/responses-body.ts';
import type { FaultName } from '../azure-emulator/faults.ts';
import { personas } from '../azure-emulator/personas.ts';
import { readNamedFile } from '../azure-emulator/sample-requests.ts';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { sampleConnection, sampleRequest } from './samples.ts';

let emulator: Emulator;
let request: VisionRequest;
const onlyResponses = { name: 'pro', persona: personas.gpt5Pro };
const classic = { name: 'gpt-41', persona: personas.gpt41 };
const asked: Partial<Connection> = { deployment: 'pro', modelId: 'gpt-5-pro', learned: { api: 'responses' } };

beforeAll(async () => {
  emulator = await startEmulator({ deployments: [onlyResponses, classic] });
  const bytes = await encodePhoto({ widthPx: 512, heightPx: 341 });
  const picture = { bytes, mediaType: 'image/jpeg', widthPx: 512, heightPx: 341, detail: 'high' } as const;
  request = sampleRequest({ pictures: [picture], maxOutputTokens: 2_000 });
});
afterEach(() => {
  emulator.faults.clear();
});
afterAll(() => emulator.close());

async function ask(
  connection: Partial<Connection>,
  options: Partial<SendOptions> = {},
  more: Partial<VisionRequest> = {},
): Promise<ProviderOutcome> {
  const provider = createProvider({
    connection: sampleConnection({ endpoint: emulator.endpoint, ...connection }),
    credential: { kind: 'api-key', secret: emulator.key },
    timeoutMs: 10_000,
  });
  try {
    return await provider.describe(
      { ...request, ...more },
      { signal: new AbortController().signal, ...options },
    );
  } finally {
    provider.close();
  }
}

describe('a model that chat completions do not have', () => {
  it.each([
    ['Azure', {}],
    ['OpenAI', { kind: 'openai-compatible', form: null, endpoint: 'v1' }],
  ] as const)(
    'teaches the connection to use the Responses API, in the words of %s, and costs nothing',
    async (_, how) => {
      const endpoint = 'endpoint' in how ? emulator.compatibleBaseUrl : emulator.endpoint;
      const outcome = await ask({ ...how, endpoint, deployment: 'pro', modelId: 'gpt-5-pro' });
      expect(outcome).toMatchObject({ status: 'adapted', learned: { api: 'responses' } });
    },
  );

  it('cannot be reached by a dated address: the connection says what to change', async () => {
    const outcome = await ask({ form: 'dated', apiVersion: '2024-10-21', deployment: 'pro' });
    expect(outcome).toMatchObject({ status: 'blocked', code: 'provider-misconfigured' });
  });
});

describe('an answer of the Responses API', () => {
  it.each(['whole', 'streamed'])('is the text with its exact usage (%s)', async (way) => {
    const pieces: string[] = [];
    const options = way === 'streamed' ? { onText: (text: string) => pieces.push(text) } : {};
    const outcome = await ask(asked, options);
    if (outcome.status !== 'answered') throw new Error(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ finishReason: 'stop', modelAnswered: personas.gpt5Pro.model });
    expect(JSON.parse(outcome.text)).toMatchObject({ caption: expect.any(String) as unknown });
    const booked = emulator.requests.at(-1)?.usage;
    expect(outcome.usage).toMatchObject({
      inputTokens: booked?.promptTokens,
      outputTokens: booked?.completionTokens,
      reasoningTokens: booked?.reasoningTokens,
    });
    const { text, raw } = outcome;
    const isStreamed = way === 'streamed';
    expect(pieces.join('')).toBe(isStreamed ? text : '');
    // What was stored can be read again for free.
    expect(isStreamed ? readStream(raw).toCompletion()?.text : text).toBe(text);
  });

  it('keeps a conversation: the earlier turn and its picture stand before the new question', async () => {
    const earlier = [{ question: 'What is it?', answer: 'A boat.', hasPictures: true }];
    const outcome = await ask(asked, {}, { earlier });
    expect(outcome.status).toBe('answered');
    expect(emulator.requests.at(-1)?.pictures).toHaveLength(1);
  });

  it('that was cut by its limit is one that ended too early', async () => {
    const outcome = await ask(
      { ...asked, deployment: 'gpt-41', modelId: 'gpt-4.1' },
      {},
      { maxOutputTokens: 16 },
    );
    expect(outcome).toMatchObject({ status: 'answered', finishReason: 'length' });
  });

  const bad: readonly [FaultName, Record<string, unknown>][] = [
    ['content-filtered-completion', { status: 'answered', finishReason: 'content-filter' }],
    ['content-filtered-prompt', { status: 'rejected', code: 'content-filtered', charged: true }],
    ['rate-limited-ms', { status: 'rate-limited' }],
    ['server-error', { status: 'unavailable' }],
    ['cut-body', { status: 'unanswered', code: 'provider-cut-off' }],
    ['refusal', { status: 'answered' }],
    ['html-200', { status: 'unintelligible' }],
  ];
  it.each(bad)('may go wrong: %s', async (name, expected) => {
    emulator.faults.next(name);
    const outcome = await ask(asked);
    expect(outcome).toMatchObject(expected);
    expect('refusal' in outcome).toBe(name === 'refusal');
    expect('blockedCategory' in outcome).toBe(name === 'content-filtered-completion');
  });

  const badStreams: readonly [FaultName, Record<string, unknown>][] = [
    ['cut-stream', { status: 'unanswered', code: 'provider-cut-off' }],
    ['stream-error', { status: 'unavailable', charged: true }],
    ['stream-crlf', { status: 'answered', finishReason: 'stop' }],
    ['stream-comments', { status: 'answered', finishReason: 'stop' }],
    ['stream-split-characters', { status: 'answered', finishReason: 'stop' }],
  ];
  it.each(badStreams)('may stream badly: %s', async (name, expected) => {
    emulator.faults.next(name);
    expect(await ask(asked, { onText: () => undefined })).toMatchObject(expected);
  });
});

const published = readNamedFile('CUTLINE_OPENAPI');
test.skipIf(published === undefined)('what we send is what the published API takes', () => {
  // A message of a user fits two of its variants, which it tells apart by nothing: any of them will do.
  const schemas = JSON.parse((published ?? '{}').replaceAll('"oneOf":', '"anyOf":')) as object; // why: OpenAI's own description
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(schemas, 'openai');
  const validate = ajv.getSchema('openai#/components/schemas/CreateResponse');
  const earlier = [{ question: 'What is it?', answer: 'A boat.', hasPictures: true }];
  for (const stream of [false, true]) {
    const connection = { deployment: 'pro', modelId: 'gpt-5-pro', learned: {} };
    const body = toResponsesBody({ ...request, earlier }, connection, { stream });
    expect([validate?.(body), validate?.errors]).toEqual([true, null]);
    expect(validate?.({ ...body, max_output_tokens: 'many' })).toBe(false);
  }
});
