import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOutcome } from '../../app/providers/exchange.ts';
import type { Exchange } from '../../app/providers/exchange.ts';
import { createRedact, createSecretRedact } from '../../app/providers/redact.ts';
import { toTransportOutcome } from '../../app/providers/transport.ts';
import { textLike } from './matchers.ts';
import { readFixture } from './replay-server.ts';

const secret = 'k3y-of-the-test-0123456789';

function exchange(onText?: (text: string) => void): Exchange {
  return {
    request: {
      deployment: 'my-gpt41',
      learned: {},
      body: {},
      hasResponses: true,
      redact: createRedact(secret),
      nowMs: 0,
    },
    onText,
    redactRaw: createSecretRedact(secret),
    toTransportOutcome: (error, raw) =>
      toTransportOutcome(error, { host: 'service', canceled: false, timedOut: false, raw }),
  };
}

const read = (
  body: ConstructorParameters<typeof Response>[0],
  options: ResponseInit & { onText?: (text: string) => void } = {},
) => readOutcome(new Response(body, options), exchange(options.onText));

/** A body that breaks off after these pieces, as fetch breaks it. */
function broken(...pieces: string[]): ReadableStream {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.error(new TypeError('terminated', { cause }));
      else controller.enqueue(next);
    },
  });
}

const stream = readFixture('azure-stream.txt');
const whole = readFixture('azure-completion.json');

describe('readOutcome', () => {
  it('keeps the body as it came, and what its headers say', async () => {
    const headers = {
      'apim-request-id': 'id-1',
      'x-ratelimit-remaining-tokens': '99',
      'x-ratelimit-limit-tokens': '-1',
    };
    expect(await read(whole, { headers })).toMatchObject({
      status: 'answered',
      raw: whole,
      serviceRequestId: 'id-1',
      rateLimit: { remainingTokens: 99 },
    });
  });

  it('takes a whole answer where a stream was asked for, and passes its text on', async () => {
    const pieces: string[] = [];
    expect(await read(whole, { onText: (text) => pieces.push(text) })).toMatchObject({
      status: 'answered',
      raw: whole,
    });
    expect(pieces).toEqual(['A harbour at dusk.']);
  });

  it('takes a stream where a whole answer was asked for', async () => {
    expect(await read(stream)).toMatchObject({ status: 'answered', text: 'Hafen in der Dämmerung 🌆' });
  });

  it('keeps an answer that was complete before the connection broke', async () => {
    const finished = stream.slice(
      0,
      stream.indexOf(
        'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1730000000,"model":"gpt-4o-mini-2024-07-18","choices":[],"usage"',
      ),
    );
    const outcome = await read(broken(finished));
    expect(outcome).toMatchObject({ status: 'answered', finishReason: 'stop' });
    expect(outcome).not.toHaveProperty('usage');
  });

  it('keeps what had arrived of an answer that was cut', async () => {
    expect(await read(broken(stream.slice(0, 900)))).toMatchObject({
      status: 'unanswered',
      code: 'provider-cut-off',
      raw: textLike(/^data: /),
    });
    expect(await read(broken(whole.slice(0, 100)))).toMatchObject({
      status: 'unanswered',
      code: 'provider-cut-off',
      raw: whole.slice(0, 100),
    });
  });

  it('goes by the status of an error whose body was cut', async () => {
    expect(await read(broken('{"error":'), { status: 429 })).toMatchObject({ status: 'rate-limited' });
  });

  it('does not wait for the end of a stream that has said [DONE]', async () => {
    const open = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(stream));
      },
    });
    expect(await read(open)).toMatchObject({ status: 'answered' });
  });

  it.each<[string, string, object]>([
    [
      'a server error',
      '{"message":"The server had an error","type":"server_error","code":null}',
      { status: 'unavailable', charged: true },
    ],
    [
      'a filter',
      '{"message":"…","code":"content_filter","innererror":{"content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}',
      { status: 'rejected', code: 'content-filtered', charged: true, details: { category: 'hate/high' } },
    ],
    [
      'a context that is too small',
      '{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}',
      { status: 'rejected', code: 'provider-request-too-large', charged: true },
    ],
    [
      'only text',
      '"out of memory"',
      { status: 'unavailable', charged: true, details: { reason: 'out of memory' } },
    ],
  ])('reads an error after 200: %s', async (_, error, expected) => {
    for (const body of [
      `data: {"choices":[{"delta":{"content":"A"}}]}\n\ndata: {"error":${error}}\n\n`,
      `{"error":${error}}`,
    ]) {
      expect(await read(body)).toMatchObject(expected);
    }
  });

  it.each([
    ['', 'It is empty.'],
    ['<!doctype html><title>Sign in</title>', 'It is a web page.'],
    ['Bad gateway', 'It is not JSON.'],
    ['{"id":"chatcmpl-1","choices":[', 'It is not JSON.'],
    ['{"id":"chatcmpl-1","choices":[]}', 'It has no choices.'],
  ])('says what is wrong with %j, and keeps it', async (raw, reason) => {
    expect(await read(raw)).toEqual({
      status: 'unintelligible',
      httpStatus: 200,
      raw,
      details: { httpStatus: 200, reason },
    });
  });

  it('keeps no key, whoever quoted it', async () => {
    for (const status of [200, 401, 500]) {
      const body = JSON.stringify({
        choices: [{ message: { content: secret } }],
        error: { message: secret },
      });
      const outcome = await read(status === 200 ? body.replace(/,"error".*/, '}') : body, { status });
      expect('raw' in outcome ? outcome.raw : secret).not.toContain(secret);
    }
  });

  it('never throws, whatever bytes came', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((json) => new TextEncoder().encode(json)),
      fc
        .array(fc.json())
        .map((events) => new TextEncoder().encode(events.map((json) => `data: ${json}\n\n`).join(''))),
      fc.jsonValue().map((choices) => new TextEncoder().encode(JSON.stringify({ choices }))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(200, 201, 302, 400, 404, 429, 500), async (body, status) => {
        const outcome = await read(Buffer.from(body), { status });
        expect(outcome.status).not.toBe('unreachable');
      }),
    );
  });
});
