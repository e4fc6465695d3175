import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors.ts';
import { readBody } from '../response-body.ts';
import { toTransportOutcome } from '../transport.ts';
import { omitUndefined } from '../wire.ts';
import { signedUrl, type ContainerSas } from './container-sas.ts';

/** Of AZURE §6: 50,000 blocks at most. */
const mostBlocks = 50_000;
const mebibyte = 1024 * 1024;
const usualBlockBytes = 8 * mebibyte;
const version = '2021-08-06';

export type Upload = {
  readonly sas: ContainerSas;
  /** The name says what is in it: what is there already under it is taken for the same. */
  readonly blob: string;
  readonly file: Pick<FileHandle, 'read'>;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly signal: AbortSignal;
  /** Bytes that are there, of all. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined;
  /** @default 8 MiB, more for files that would have too many */
  readonly blockBytes?: number | undefined;
  /** Before the first repetition; doubled before each next. @default 1 s */
  readonly retryMs?: number | undefined;
  /** Of one block. @default 10 min, for slow lines */
  readonly timeoutMs?: number | undefined;
};

/**
 * Puts a file into a container by its signed address. What is there is not sent again: a whole blob of the same size, and, of
 * an upload that broke off, its blocks, which the service keeps for a week.
 *
 * @throws {AppError} `sas-expired`, also in the middle, and what came so far stays; `upload-refused`, `file-changing`,
 *   `provider-unreachable`, `provider-unavailable`, `canceled`
 */
export async function uploadBlob(upload: Upload): Promise<void> {
  const { sizeBytes, onProgress } = upload;
  if (await isThere(upload)) {
    onProgress?.(sizeBytes);
    return;
  }
  const blockBytes = blockBytesOf(sizeBytes, upload.blockBytes);
  if (sizeBytes <= blockBytes) {
    const bytes = await readRange(upload, 0, sizeBytes);
    await send(upload, 'PUT', {}, bytes, {
      'x-ms-blob-type': 'BlockBlob',
      'Content-Type': upload.contentType,
      'Content-MD5': md5(bytes),
    });
    onProgress?.(sizeBytes);
    return;
  }
  const ids = blockIds(Math.ceil(sizeBytes / blockBytes), blockBytes);
  const kept = await keptBlocks(upload);
  let doneBytes = 0;
  for (const [index, id] of ids.entries()) {
    const start = index * blockBytes;
    const end = Math.min(sizeBytes, start + blockBytes);
    if (kept.get(id) !== end - start) {
      const bytes = await readRange(upload, start, end);
      await send(upload, 'PUT', { comp: 'block', blockid: id }, bytes, { 'Content-MD5': md5(bytes) });
    }
    doneBytes += end - start;
    onProgress?.(doneBytes);
  }
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
  const body = Buffer.from(`<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`);
  await send(upload, 'PUT', { comp: 'blocklist' }, body, { 'x-ms-blob-content-type': upload.contentType });
}

/** As wished, and as large as the limit of blocks demands. */
export function blockBytesOf(sizeBytes: number, wished = usualBlockBytes): number {
  const least = Math.ceil(sizeBytes / mostBlocks / mebibyte) * mebibyte;
  return sizeBytes / wished > mostBlocks ? least : wished;
}

/** The same for the same file and size of blocks, so that they are known again; all of one length, as the service demands. */
export function blockIds(count: number, blockBytes: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(`${String(blockBytes).padStart(10, '0')}-${String(index).padStart(6, '0')}`).toString(
      'base64',
    ),
  );
}

async function isThere(upload: Upload): Promise<boolean> {
  const { httpStatus, headers } = await send(upload, 'HEAD', {});
  return httpStatus === 200 && Number(headers.get('content-length')) === upload.sizeBytes;
}

/** Sizes of the blocks that wait for their list, by id. */
async function keptBlocks(upload: Upload): Promise<ReadonlyMap<string, number>> {
  const { text } = await send(upload, 'GET', { comp: 'blocklist', blocklisttype: 'uncommitted' });
  const blocks = text.matchAll(/<Block>\s*<Name>([^<]*)<\/Name>\s*<Size>(\d+)<\/Size>/g);
  return new Map([...blocks].map(([, id = '', size]) => [id, Number(size)]));
}

async function readRange({ file }: Upload, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
    // It was longer a moment ago.
    if (bytesRead === 0) throw new AppError('file-changing');
    filled += bytesRead;
  }
  return bytes;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('base64');
}

type Reply = { readonly httpStatus: number; readonly headers: Headers; readonly text: string };

const mostTries = 5;

/** Sends one request, and again where that may help. 404 is an answer to questions alone. */
async function send(
  upload: Upload,
  method: 'HEAD' | 'GET' | 'PUT',
  query: Readonly<Record<string, string>>,
  body?: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { retryMs = 1_000, signal } = upload;
  for (let tries = 1; ; tries += 1) {
    const { reply, error } = await sendOnce(upload, method, query, body, headers);
    if (reply !== undefined) return reply;
    if (!error.isPassing || tries === mostTries) throw error.error;
    await pause(retryMs * 2 ** (tries - 1), undefined, { signal }).catch(() => {
      throw new AppError('canceled');
    });
  }
}

type Trouble = { readonly error: AppError; readonly isPassing: boolean };
type Sent =
  | { readonly reply: Reply; readonly error?: never }
  | { readonly reply?: never; readonly error: Trouble };

async function sendOnce(
  { sas, blob, signal, timeoutMs = 600_000 }: Upload,
  method: 'HEAD' | 'GET' | 'PUT',
  query: Readonly<Record<string, string>>,
  body: Uint8Array<ArrayBuffer> | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Sent> {
  const url = new URL(signedUrl(sas, blob));
  // Beside what is signed, which stays as it is.
  const added = new URLSearchParams(query).toString();
  if (added !== '') url.search = `${added}&${sas.query}`;
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: { 'User-Agent': 'Cutline', 'x-ms-version': version, ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    const outcome = toTransportOutcome(error, {
      host: url.host,
      canceled: signal.aborted,
      timedOut: timeout.aborted,
    });
    const code = outcome.status === 'unreachable' ? 'provider-unreachable' : outcome.code;
    return {
      error: {
        error: new AppError(code, outcome.details),
        isPassing: outcome.status === 'unanswered' && code !== 'canceled',
      },
    };
  }
  const { text } = await readBody(response.body);
  const { status: httpStatus } = response;
  const isAnswer = (httpStatus >= 200 && httpStatus < 300) || (httpStatus === 404 && method !== 'PUT');
  const code = errorCodeOf(response.headers, text);
  if (isAnswer && code !== 'ContainerNotFound') {
    return { reply: { httpStatus, headers: response.headers, text } };
  }
  return { error: troubleOf({ httpStatus, code, headers: response.headers, text }, sas, url.host) };
}

function errorCodeOf(headers: Headers, text: string): string {
  return headers.get('x-ms-error-code') ?? /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? '';
}

type Refused = Reply & { readonly code: string };

function troubleOf({ httpStatus, code, headers, text }: Refused, sas: ContainerSas, host: string): Trouble {
  const details = omitUndefined({ httpStatus, serviceCode: code === '' ? undefined : code, host });
  if (httpStatus >= 500 || httpStatus === 408 || httpStatus === 429 || code === 'Md5Mismatch') {
    return { error: new AppError('provider-unavailable', details), isPassing: true };
  }
  if (isExpired({ code, headers, text }, sas)) {
    return { error: new AppError('sas-expired', details), isPassing: false };
  }
  const reason = reasons[code];
  return {
    error: new AppError('upload-refused', reason === undefined ? details : { ...details, reason }),
    isPassing: false,
  };
}

/** By the service's clock where it says it: ours may be wrong. */
function isExpired(
  { code, headers, text }: Pick<Refused, 'code' | 'headers' | 'text'>,
  { expiresAtMs }: ContainerSas,
): boolean {
  if (!notSigned.has(code)) return false;
  const serverMs = Date.parse(headers.get('date') ?? '');
  const nowMs = Number.isNaN(serverMs) ? Date.now() : serverMs;
  return (
    (expiresAtMs !== undefined && expiresAtMs <= nowMs) ||
    /signature not valid in the specified time frame/i.test(text)
  );
}

/** Azure's word, and that of Azurite. */
const notSigned: ReadonlySet<string> = new Set(['AuthenticationFailed', 'AuthorizationFailure']);

const reasons: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'Its signature was not accepted: copy the whole address once more.',
  AuthorizationFailure:
    'Its signature was not accepted, or not from this network: copy the whole address once more, and check the network rules.',
  AuthorizationPermissionMismatch:
    'It does not allow that: make one with the permissions Read, Create and Write.',
  AuthorizationProtocolMismatch: 'It allows https alone.',
  AuthorizationSourceIPMismatch: 'It does not allow the network that you are in.',
  ContainerNotFound: 'There is no such container: make it first.',
  InsufficientAccountPermissions:
    'It does not allow that: make one with the permissions Read, Create and Write.',
  RequestEntityTooLarge: 'A block was too large for it.',
};
