import { lookup as lookUp, type LookupAddress } from 'node:dns';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { AppError, systemCode } from '../../platform/errors.ts';
import { isPublicAddress, literalAddress } from './public-address.ts';

export type FetchOptions = {
  readonly signal: AbortSignal;
  /** Also from this machine and its network. @default false, see [Note: Private addresses] */
  readonly allowPrivate?: boolean;
  readonly mostBytes?: number;
  /** For everything together, in ms. */
  readonly timeoutMs?: number;
};

export type FetchedPicture = {
  readonly bytes: Buffer;
  /** As the server says; `undefined` when it does not. */
  readonly modifiedAtMs: number | undefined;
};

const mostBytesUsually = 100 * 1024 * 1024;
const timeoutUsuallyMs = 60_000;
const mostRedirects = 5;

/** What may hold a picture: servers of files often say no more than that it is bytes. What it is, its bytes say. */
const pictureTypes = /^(image\/|application\/octet-stream\b|binary\/octet-stream\b)/i;

/**
 * An address as a person typed or pasted it, if it is one that can be fetched.
 *
 * @throws {AppError} `invalid-input`
 */
export function parseWebAddress(typed: string): URL {
  const url = URL.parse(typed.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError('invalid-input', {
      reason: 'An address of a picture begins with https:// or http://.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('invalid-input', { reason: 'The address has a name or password in it. Take it out.' });
  }
  url.hash = '';
  return url;
}

/**
 * Fetches what is at an address: in clear bytes, in time, no larger than allowed, over a few redirects and never from https to
 * http. Sends nothing of ours but the request: no cookies, no referrer, no key.
 *
 * @throws {AppError} `web-private`, `web-unreachable`, `web-no-picture`, `web-too-large`, `canceled`
 */
export async function fetchPicture(start: URL, options: FetchOptions): Promise<FetchedPicture> {
  const { signal, timeoutMs = timeoutUsuallyMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  try {
    return await follow(start, { ...options, signal: either });
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal.aborted) throw new AppError('canceled');
    const reason = timeout.aborted ? 'It took too long.' : (systemCode(error) ?? 'The connection broke.');
    throw new AppError('web-unreachable', { host: start.host, reason });
  }
}

async function follow(start: URL, options: FetchOptions): Promise<FetchedPicture> {
  let url = start;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await open(url, options);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return readAll(response, url, options);
    response.destroy();
    const next = redirectStatuses.has(statusCode) ? URL.parse(headers.location ?? '', url.href) : null;
    if (next === null) throw new AppError('web-unreachable', { host: url.host, httpStatus: statusCode });
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new AppError('web-unreachable', {
        host: url.host,
        reason: 'It leads from https to an open address.',
      });
    }
    url = parseWebAddress(next.href);
  }
  throw new AppError('web-unreachable', {
    host: start.host,
    reason: 'It leads from one address to the next.',
  });
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function open(url: URL, { signal, allowPrivate = false }: FetchOptions): Promise<IncomingMessage> {
  const isPrivate = (address: string): boolean => !allowPrivate && !isPublicAddress(address);
  const refusal = new AppError('web-private', { host: url.hostname });
  const literal = literalAddress(url);
  // A host that is an address is connected to without being looked up.
  if (literal !== undefined && isPrivate(literal)) throw refusal;
  // With the first fetch: Node's own modules bring its whole client for the web along, which most starts do not need.
  const web = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions = {
    signal,
    // A connection of its own, made now: one that was kept was made for whoever asked then.
    agent: false,
    headers: { Accept: 'image/*', 'Accept-Encoding': 'identity', 'User-Agent': 'Cutline' },
    lookup: (host, wish, done) => {
      lookUp(host, { ...wish, all: true }, (error, found) => {
        if (error !== null) {
          done(error, '');
          return;
        }
        if (found.some(({ address }) => isPrivate(address))) {
          done(refusal, '');
          return;
        }
        answer(found, wish.all === true, done);
      });
    },
  };
  const request = web.request(url, options, resolve);
  request.on('error', reject);
  // Once more where it cannot be otherwise: what is connected to is what was looked at.
  request.on('socket', (socket) => {
    socket.once('connect', () => {
      if (isPrivate(socket.remoteAddress ?? '')) request.destroy(refusal);
    });
  });
  request.end();
  return promise;
}

type LookupDone = Parameters<NonNullable<RequestOptions['lookup']>>[2];

function answer(found: readonly LookupAddress[], wantsAll: boolean, done: LookupDone): void {
  const [first] = found;
  if (wantsAll) done(null, [...found]);
  else if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
  else done(null, first.address, first.family);
}

async function readAll(
  response: IncomingMessage,
  url: URL,
  { mostBytes = mostBytesUsually }: FetchOptions,
): Promise<FetchedPicture> {
  const { headers } = response;
  const type = headers['content-type'];
  if (type !== undefined && !pictureTypes.test(type)) {
    response.destroy();
    throw new AppError('web-no-picture', { host: url.host, type: type.split(';', 1)[0]?.slice(0, 60) });
  }
  const tooLarge = new AppError('web-too-large', {
    host: url.host,
    limitMb: Math.floor(mostBytes / 1024 / 1024),
  });
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    response.destroy();
    throw tooLarge;
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // The last chunk of a broken connection is an error.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    // why: no encoding is set, so chunks are buffers
    sizeBytes += chunk.byteLength;
    if (sizeBytes > mostBytes) {
      response.destroy();
      throw tooLarge;
    }
    chunks.push(chunk);
  }
  const modified = Date.parse(headers['last-modified'] ?? '');
  return {
    bytes: Buffer.concat(chunks, sizeBytes),
    modifiedAtMs: Number.isNaN(modified) ? undefined : modified,
  };
}
