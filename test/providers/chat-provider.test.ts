import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../app/contract/models/connection.ts';
import { createProvider } from '../../app/providers/connections.ts';
import type {
  ProviderOptions,
  ProviderOutcome,
  SendOptions,
  VisionRequest,
} from '../../app/providers/provider.ts';
import type { ServerResponse } from 'node:http';
import type { FaultName } from '../azure-emulator/faults.ts';
import { personas } from '../azure-emulator/personas.ts';
import { startEmulator } from '../azure-emulator/server.ts';
import type { Emulator } from '../azure-emulator/server.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { anyNumber, anyText, parseObject, textLike } from './matchers.ts';
import { startReplayServer } from './replay-server.ts';
import { answered, sampleConnection, sampleRequest } from './samples.ts';

let emulator: Emulator;
let request: VisionRequest;

beforeAll(async () => {
  emulator = await startEmulator();
  const bytes = await encodePhoto({ widthPx: 512, heightPx: 341 });
  const picture = {
    bytes,
    mediaType: 'image/jpeg' as const,
    widthPx: 512,
    heightPx: 341,
    detail: 'low' as const,
  };
  request = sampleRequest({ pictures: [picture] });
});
afterEach(() => {
  emulator.faults.clear();
});
afterAll(() => emulator.close());

type Credential = NonNullable<ProviderOptions['credential']>;

/** One request through a provider of its own. */
async function ask(
  connection: Partial<Connection> = {},
  options: Partial<SendOptions> & { credential?: Credential | undefined; timeoutMs?: number } = {},
): Promise<ProviderOutcome> {
  const { credential, timeoutMs, ...send } = { credential: apiKey(), timeoutMs: 10_000, ...options };
  const provider = createProvider({
    connection: sampleConnection({ endpoint: emulator.endpoint, deployment: 'gpt-41', ...connection }),
    credential,
    timeoutMs,
  });
  try {
    return await provider.describe(request, { signal: new AbortController().signal, ...send });
  } finally {
    provider.close();
  }
}

/** What it answers when one fault is met. */
function askWith(fault: FaultName, options: Parameters<typeof ask>[1] = {}): Promise<ProviderOutcome> {
  emulator.faults.next(fault);
  return ask({}, options);
}

const lastRequest = () => emulator.requests.at(-1);

const usageOfLastRequest = () => ({
  inputTokens: lastRequest()?.usage?.promptTokens,
  outputTokens: lastRequest()?.usage?.completionTokens,
});

/** The emulator has written down how its last answer went. */
const settled = () => expect.poll(() => lastRequest()?.outcome).not.toBe('pending');

const apiKey = (): Credential => ({ kind: 'api-key', secret: emulator.key });
const entra = (): Credential => ({ kind: 'bearer', secret: `${emulator.entraToken}.of-today` });
const compatibleServer = (): Partial<Connection> => ({
  kind: 'openai-compatible',
  form: null,
  endpoint: emulator.compatibleBaseUrl,
});

describe('ChatProvider › every form, key and way to answer', () => {
  const dated = { form: 'dated', apiVersion: '2024-10-21' } as const;
  const forms: [string, () => Partial<Connection>, () => Credential | undefined][] = [
    ['dated form, api-key', () => dated, apiKey],
    ['dated form, bearer', () => dated, entra],
    ['v1 form, api-key', () => ({}), apiKey],
    ['v1 form, bearer', () => ({}), entra],
    ['v1 form, the key as bearer', () => ({}), () => ({ kind: 'bearer', secret: emulator.key })],
    ['compatible, bearer', compatibleServer, entra],
    ['compatible, without a key', compatibleServer, () => undefined],
  ];

  it.each(forms)('%s', async (_, connection, credential) => {
    const answer = answered(await ask(connection(), { credential: credential() }));
    await settled();
    expect(answer).toMatchObject({
      finishReason: 'stop',
      modelAnswered: 'gpt-4.1-2025-04-14',
      usage: usageOfLastRequest(),
      serviceRequestId: `emulator-${lastRequest()?.number}`,
      rateLimit: { limitRequests: anyNumber },
    });
    expect(parseObject(answer.text)).toHaveProperty('caption');
    expect(lastRequest()).toMatchObject({ isStream: false, pictures: [{ widthPx: 512, heightPx: 341 }] });
  });

  it.each(forms)('%s, streamed', async (_, connection, credential) => {
    const pieces: string[] = [];
    const onText = (text: string) => pieces.push(text);
    const answer = answered(await ask(connection(), { credential: credential(), onText }));
    await settled();
    expect(lastRequest()).toMatchObject({ isStream: true, outcome: 'answered' });
    expect(answer).toMatchObject({ finishReason: 'stop', usage: usageOfLastRequest() });
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(answer.text);
  });

  it('sends no key where there is none', async () => {
    await ask(compatibleServer(), { credential: undefined });
    expect(Object.keys(lastRequest()?.headers ?? {})).not.toEqual(
      expect.arrayContaining([textLike(/^(api-key|authorization)$/)]),
    );
  });

  it.each([
    ['gpt-5-mini', 'gpt-5-mini'],
    ['gpt-55', 'gpt-5.5'],
    ['gpt-4-turbo', 'gpt-4-turbo'],
  ])('asks %s in a way that it takes at once', async (deployment, modelId) => {
    expect(await ask({ deployment, modelId })).toMatchObject({ status: 'answered' });
  });

  it('learns what a model takes that it knows nothing of', async () => {
    const mystery = await startEmulator({ deployments: [{ name: 'mystery', persona: personas.gpt5Mini }] });
    const { endpoint } = mystery;
    const statuses: string[] = [];
    let learned: Connection['learned'] = {};
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const outcome = await ask({ endpoint, deployment: 'mystery', modelId: null, learned });
      statuses.push(outcome.status);
      if (outcome.status === 'adapted') learned = outcome.learned;
    }
    await mystery.close();
    expect(statuses).toEqual(['adapted', 'adapted', 'answered']);
    expect(learned).toEqual({
      tokenLimitParameter: 'max_completion_tokens',
      unsupportedParameters: ['temperature'],
    });
  });

  it('says nothing about the machine, and sends no header that it need not', async () => {
    await ask();
    expect(Object.keys(lastRequest()?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
    expect(lastRequest()?.headers['user-agent']).toBe('Cutline');
    expect(lastRequest()?.headers).not.toHaveProperty('authorization');
  });

  it('is not turned aside by what the environment says of OpenAI', async () => {
    const names = [
      'OPENAI_BASE_URL',
      'OPENAI_API_KEY',
      'AZURE_OPENAI_API_KEY',
      'OPENAI_ORG_ID',
      'OPENAI_PROJECT_ID',
    ];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = 'http://elsewhere.invalid';
    try {
      expect(await ask({ form: 'dated', apiVersion: '2024-10-21' }, {})).toMatchObject({
        status: 'answered',
      });
      expect(Object.keys(lastRequest()?.headers ?? {}).filter((name) => name.startsWith('openai-'))).toEqual(
        [],
      );
    } finally {
      for (const [index, name] of names.entries()) {
        if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[index];
      }
    }
  });
});

describe('ChatProvider › bad days', () => {
  it.each<[FaultName, Partial<ProviderOutcome>]>([
    ['unauthorized', { status: 'blocked', code: 'provider-unauthorized' }],
    ['forbidden-network', { status: 'blocked', code: 'provider-forbidden' }],
    ['forbidden-role', { status: 'blocked', code: 'provider-forbidden' }],
    ['forbidden-abuse', { status: 'blocked', code: 'provider-forbidden' }],
    ['deployment-not-found', { status: 'blocked', code: 'provider-deployment-not-found' }],
    ['resource-not-found', { status: 'blocked', code: 'provider-not-found' }],
    ['no-vision', { status: 'blocked', code: 'provider-no-vision' }],
    ['headers-too-large', { status: 'blocked', code: 'provider-misconfigured' }],
    ['payload-too-large', { status: 'rejected', code: 'provider-request-too-large', charged: false }],
    ['context-length-exceeded', { status: 'rejected', code: 'provider-request-too-large', charged: false }],
    ['content-filtered-prompt', { status: 'rejected', code: 'content-filtered', charged: true }],
    ['image-broken-base64', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-invalid-data', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-invalid', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-unsupported', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-broken', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-timeout', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['image-domain', { status: 'rejected', code: 'provider-image-refused', charged: false }],
    ['unsupported-parameter', { status: 'adapted', learned: { unsupportedParameters: ['temperature'] } }],
    ['timeout', { status: 'unavailable', charged: true }],
    ['server-error', { status: 'unavailable', charged: false }],
    ['bad-gateway-html', { status: 'unavailable', charged: false }],
    ['unavailable', { status: 'unavailable', charged: false }],
    ['gateway-timeout', { status: 'unavailable', charged: false }],
    ['rate-limited-ms', { status: 'rate-limited', pauseMs: 1000 }],
    ['rate-limited-seconds', { status: 'rate-limited', pauseMs: 1000 }],
    ['rate-limited-text', { status: 'rate-limited', pauseMs: 1000 }],
    ['rate-limited-calls', { status: 'rate-limited' }],
    ['rate-limited-capacity', { status: 'rate-limited' }],
    ['rate-limited-bare', { status: 'rate-limited' }],
    ['rate-limited-day', { status: 'rate-limited', pauseMs: 86_400_000 }],
    ['rate-limited-date', { status: 'rate-limited', pauseMs: anyNumber }],
    [
      'content-filtered-completion',
      { status: 'answered', finishReason: 'content-filter', blockedCategory: 'sexual/medium' },
    ],
    ['content-filter-error', { status: 'answered', finishReason: 'stop' }],
    ['finish-reason-object', { status: 'answered', finishReason: 'stop' }],
    ['finish-details', { status: 'answered', finishReason: 'stop' }],
    ['finish-details-max-tokens', { status: 'answered', finishReason: 'length' }],
    ['truncated', { status: 'answered', finishReason: 'length' }],
    ['refusal', { status: 'answered', refusal: anyText }],
    ['empty-content', { status: 'answered', text: '' }],
    ['invalid-json', { status: 'answered' }],
    ['empty-body', { status: 'unintelligible', raw: '' }],
    ['html-200', { status: 'unintelligible' }],
    ['cut-before-headers', { status: 'unanswered', code: 'provider-cut-off' }],
    ['cut-body', { status: 'unanswered', code: 'provider-cut-off' }],
  ])('%s', async (fault, expected) => {
    const { requests } = emulator;
    const before = requests.length;
    expect(await askWith(fault)).toMatchObject(expected);
    expect(requests.length - before).toBe(1);
  });

  it('does not make up a usage that was not said', async () => {
    const outcome = await askWith('missing-usage');
    expect(outcome.status).toBe('answered');
    expect(outcome).not.toHaveProperty('usage');
  });

  it.each<FaultName>([
    'slow-stream',
    'stream-without-done',
    'stream-crlf',
    'stream-comments',
    'stream-split-characters',
    'stream-async-filter',
  ])('reads a whole answer from a stream with %s', async (fault) => {
    const answer = answered(await askWith(fault, { onText: () => undefined }));
    await settled();
    expect(answer).toMatchObject({ finishReason: 'stop', usage: usageOfLastRequest() });
    expect(parseObject(answer.text)).toHaveProperty('caption');
  });

  it.each<[FaultName, Partial<ProviderOutcome>]>([
    ['stream-late-filter', { status: 'answered', finishReason: 'content-filter' }],
    ['stream-error', { status: 'unavailable', charged: true }],
    ['cut-stream', { status: 'unanswered', code: 'provider-cut-off', raw: textLike(/^data: /) }],
  ])('in a stream: %s', async (fault, expected) => {
    expect(await askWith(fault, { onText: () => undefined })).toMatchObject(expected);
  });

  it('does not make up the usage of a stream that did not say it', async () => {
    const answer = answered(await askWith('stream-without-usage', { onText: () => undefined }));
    expect(answer).not.toHaveProperty('usage');
  });

  it('gives up on a body that stalls, after the headers came', async () => {
    expect(await askWith('stalled-body', { timeoutMs: 300 })).toMatchObject({
      status: 'unanswered',
      code: 'provider-timeout',
    });
  });

  it('gives up on an answer that does not begin', async () => {
    emulator.faults.next({ name: 'slow', until: new Promise(() => undefined) });
    expect(await ask({}, { timeoutMs: 300 })).toMatchObject({
      status: 'unanswered',
      code: 'provider-timeout',
    });
  });

  it('says that nobody is there, and that nothing was sent', async () => {
    const lonely = await startEmulator();
    await lonely.close();
    expect(await ask({ endpoint: lonely.endpoint })).toEqual({
      status: 'unreachable',
      details: { host: `127.0.0.1:${lonely.port}`, reason: 'ECONNREFUSED' },
    });
    expect(await ask({ endpoint: 'http://no-such-host.invalid' })).toMatchObject({ status: 'unreachable' });
  });
});

describe('ChatProvider › canceling', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['before the answer', () => undefined],
    ['in the middle of a body', (response) => void response.writeHead(200).write('{"choices"')],
    [
      'in the middle of a stream',
      (response) => void response.writeHead(200).write('data: {"choices":[{"delta":{}}]}\n\n'),
    ],
  ])('hangs up %s, and the service sees it', async (_, begin) => {
    const job = new AbortController();
    const hungUp = Promise.withResolvers<undefined>();
    const server = await startReplayServer((response) => {
      response.once('close', () => {
        hungUp.resolve(undefined);
      });
      begin(response);
      job.abort();
    });
    try {
      expect(await ask({ endpoint: server.url }, { signal: job.signal })).toMatchObject({
        status: 'unanswered',
        code: 'canceled',
      });
      await hungUp.promise;
    } finally {
      await server.stop();
    }
  });

  it('sends nothing when it was canceled before', async () => {
    const before = emulator.requests.length;
    await expect(ask({}, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(emulator.requests.length).toBe(before);
  });

  it('hangs up when the provider is closed', async () => {
    const provider = createProvider({
      connection: sampleConnection({ endpoint: emulator.endpoint, deployment: 'gpt-41' }),
      credential: { kind: 'api-key', secret: emulator.key },
    });
    emulator.faults.next({ name: 'slow', until: new Promise(() => undefined) });
    const arrived = emulator.waitForRequests(emulator.totals().requests + 1);
    const answer = provider.describe(request, { signal: new AbortController().signal });
    await arrived;
    provider.close();
    expect(await answer).toMatchObject({ status: 'unanswered', code: 'canceled' });
  });
});

describe('ChatProvider › a connection that is not complete', () => {
  it.each<[string, Partial<Connection>, Credential | undefined, RegExp]>([
    ['no endpoint', { endpoint: null }, { kind: 'api-key', secret: 'x' }, /endpoint/],
    ['no deployment', { deployment: null }, { kind: 'api-key', secret: 'x' }, /deployment/],
    ['no model', { kind: 'openai-compatible', deployment: null }, undefined, /model/],
    ['no version', { form: 'dated' }, { kind: 'api-key', secret: 'x' }, /version/],
    ['a key that is none', {}, { kind: 'api-key', secret: 'my key\n' }, /key/],
  ])('says what is missing: %s', async (_, connection, credential, reason) => {
    const before = emulator.requests.length;
    const provider = createProvider({
      connection: sampleConnection({ endpoint: emulator.endpoint, deployment: 'gpt-41', ...connection }),
      credential,
    });
    expect(await provider.describe(request, { signal: new AbortController().signal })).toMatchObject({
      status: 'blocked',
      code: 'provider-misconfigured',
      details: { reason: textLike(reason) },
    });
    expect(emulator.requests.length).toBe(before);
  });

  it('says that Azure wants a key', async () => {
    const provider = createProvider({ connection: sampleConnection(), credential: undefined });
    expect(await provider.describe(request, { signal: new AbortController().signal })).toMatchObject({
      status: 'blocked',
      details: { reason: textLike(/AZURE_OPENAI_API_KEY/) },
    });
  });
});

describe('ChatProvider › a server that is not ours', () => {
  it('is understood by an independent mock, in all forms', async () => {
    const mock = new LLMock({ port: 0 });
    mock.onMessage('Describe this photo.', { content: '{"caption":"A heron.","keywords":[]}' });
    await mock.start();
    try {
      for (const onText of [undefined, () => undefined]) {
        const send = onText === undefined ? {} : { onText };
        const credential: Credential = { kind: 'bearer', secret: 'mock' };
        const compatible = { kind: 'openai-compatible', form: null, endpoint: `${mock.url}/v1` } as const;
        const dated = { form: 'dated', apiVersion: '2024-10-21', endpoint: mock.url } as const;
        for (const connection of [compatible, dated]) {
          expect(await ask(connection, { credential, ...send })).toMatchObject({
            status: 'answered',
            text: '{"caption":"A heron.","keywords":[]}',
            finishReason: 'stop',
          });
        }
      }
    } finally {
      await mock.stop();
    }
  });
});
