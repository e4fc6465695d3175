import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createProvider } from '../../app/providers/connections.ts';
import type { ProviderOutcome } from '../../app/providers/provider.ts';
import { toTransportOutcome } from '../../app/providers/transport.ts';
import { textWith } from './matchers.ts';
import { listening } from './listening.ts';
import { readFixture, startReplayServer } from './replay-server.ts';
import { sampleConnection, sampleRequest } from './samples.ts';

function ask(endpoint: string): Promise<ProviderOutcome> {
  const provider = createProvider({
    connection: sampleConnection({ endpoint }),
    credential: { kind: 'api-key', secret: 'key-of-the-test' },
    timeoutMs: 10_000,
  });
  return provider.describe(sampleRequest(), { signal: new AbortController().signal });
}

/** As fetch and the client wrap it. */
const wrapped = (cause: object): Error =>
  new Error('Connection error.', { cause: new TypeError('fetch failed', { cause }) });
const systemError = (code: string, rest: object = {}): Error =>
  Object.assign(new Error(code), { code, ...rest });
const judge = (cause: object, changes: Partial<Parameters<typeof toTransportOutcome>[1]> = {}) =>
  toTransportOutcome(wrapped(cause), {
    host: 'me.openai.azure.com',
    canceled: false,
    timedOut: false,
    ...changes,
  });

describe('toTransportOutcome', () => {
  it.each([
    ['ECONNREFUSED', {}],
    ['ENOTFOUND', {}],
    ['EAI_AGAIN', {}],
    ['ENETUNREACH', {}],
    ['UND_ERR_CONNECT_TIMEOUT', {}],
    ['ETIMEDOUT', { syscall: 'connect' }],
    ['ECONNRESET', { host: 'me.openai.azure.com', port: 443 }],
  ])('knows from %s that nothing was sent', (code, rest) => {
    expect(judge(systemError(code, rest))).toEqual({
      status: 'unreachable',
      details: { host: 'me.openai.azure.com', reason: code },
    });
  });

  it('knows it also when every address of the host was tried', () => {
    const attempts = ['ETIMEDOUT', 'ENETUNREACH'].map((code) => systemError(code, { syscall: 'connect' }));
    const aggregate = Object.assign(new AggregateError(attempts), { code: 'ETIMEDOUT' });
    expect(judge(aggregate)).toMatchObject({ status: 'unreachable', details: { reason: 'ETIMEDOUT' } });
  });

  it.each([
    ['ECONNRESET', { syscall: 'read' }],
    ['EPIPE', { syscall: 'write' }],
    ['UND_ERR_SOCKET', {}],
    ['ETIMEDOUT', { syscall: 'read' }],
    ['SOMETHING_NEW', {}],
  ])('takes %s for an answer that was cut off, which may have been charged', (code, rest) => {
    expect(judge(systemError(code, rest))).toMatchObject({ status: 'unanswered', code: 'provider-cut-off' });
  });

  it.each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])('takes %s for a timeout', (code) => {
    expect(judge(systemError(code))).toMatchObject({ status: 'unanswered', code: 'provider-timeout' });
  });

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('waits for a person when the certificate is not trusted: %s', (code) => {
    expect(judge(systemError(code))).toMatchObject({
      status: 'blocked',
      code: 'provider-misconfigured',
      details: { reason: textWith(code) },
    });
  });

  it('says canceled before timed out, and timed out before what broke because of it', () => {
    const error = systemError('UND_ERR_SOCKET');
    expect(judge(error, { canceled: true, timedOut: true })).toMatchObject({ code: 'canceled' });
    expect(judge(error, { timedOut: true })).toMatchObject({ code: 'provider-timeout' });
  });

  it('does not lose its way in an error that is its own cause', () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    expect(judge(error)).toMatchObject({ status: 'unanswered' });
  });
});

describe('a connection that cannot come about', () => {
  it('names https where the server speaks plain http', async () => {
    const server = await startReplayServer((response) => response.end());
    try {
      expect(await ask(server.url.replace('http:', 'https:'))).toMatchObject({
        status: 'blocked',
        code: 'provider-misconfigured',
        details: { reason: textWith('does not speak https') },
      });
      expect(server.requests).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('knows that nothing was sent when the server hangs up during the TLS handshake', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    const port = await listening(server);
    try {
      expect(await ask(`https://127.0.0.1:${port}`)).toMatchObject({ status: 'unreachable' });
    } finally {
      server.close();
    }
  });

  it('names a port that fetch never speaks to', async () => {
    expect(await ask('http://127.0.0.1:25')).toMatchObject({
      status: 'blocked',
      details: { reason: textWith('reserved') },
    });
  });

  it('names a server that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    const port = await listening(server);
    try {
      expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject({
        status: 'blocked',
        details: { reason: textWith('does not speak HTTP') },
      });
    } finally {
      server.close();
    }
  });
});

describe('the connection itself', () => {
  it('follows no redirect with a photo and a key', async () => {
    const elsewhere = await startReplayServer((response) =>
      response.end(readFixture('azure-completion.json')),
    );
    const server = await startReplayServer((response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    try {
      expect(await ask(server.url)).toMatchObject({
        status: 'blocked',
        code: 'provider-misconfigured',
        httpStatus: 307,
      });
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await server.stop();
      await elsewhere.stop();
    }
  });

  it('is used again for later photos, also after an error and after a stream', async () => {
    const sockets = new Set<unknown>();
    const round = [
      { status: 429, body: '{"error":{"code":"429","message":"later"}}' },
      { status: 200, body: readFixture('azure-stream.txt') },
      { status: 200, body: readFixture('azure-completion.json') },
    ];
    const answers = [...round, ...round, ...round];
    const server = await startReplayServer((response) => {
      sockets.add(response.socket);
      const answer = answers.shift();
      response.writeHead(answer?.status ?? 500).end(answer?.body);
    });
    try {
      const statuses = [];
      for (let count = 0; count < 9; count += 1) statuses.push((await ask(server.url)).status);
      expect(statuses.slice(0, 3)).toEqual(['rate-limited', 'answered', 'answered']);
      // One may still be closing its books while the next request goes out on another.
      expect(sockets.size).toBeLessThanOrEqual(2);
    } finally {
      await server.stop();
    }
  });
});
