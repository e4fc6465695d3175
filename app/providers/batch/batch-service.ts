import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenAI } from 'openai';
import type { ErrorDetails } from '../../contract/errors.ts';
import { systemCode } from '../../platform/errors.ts';
import { createClient, findMissingPart, toBatchBaseUrl } from '../client.ts';
import { parseErrorBody } from '../error-body.ts';
import { toErrorOutcome, type RefusedRequest } from '../errors.ts';
import type { ProviderOptions, ProviderOutcome } from '../provider.ts';
import { readPauseMs } from '../rate-limit.ts';
import { createRedact } from '../redact.ts';
import { readBody } from '../response-body.ts';
import { freshen, sendSignedIn } from '../signed-in.ts';
import { toTransportOutcome } from '../transport.ts';
import { countOf, listOf, objectOf, parseJson, textOf } from '../wire.ts';
import { nameKey, readBatch, type RemoteBatch } from './batch-state.ts';

/** How a call ended that was not answered as it should be. */
export type BatchTrouble = {
  readonly status: 'trouble';
  readonly outcome: Exclude<ProviderOutcome, { status: 'answered' }>;
};

export type BatchReply<Value> =
  | { readonly status: 'ok'; readonly value: Value; readonly pauseMs: number | undefined }
  /** There is no such file or batch. */
  | { readonly status: 'gone'; readonly details: ErrorDetails }
  | BatchTrouble;

export type RemoteFile = {
  readonly id: string;
  readonly name: string | undefined;
  readonly bytes: number | undefined;
  /** It may be used: checked, or nothing is said of checks. */
  readonly isReady: boolean;
  readonly isFaulty: boolean;
};

const callTimeoutMs = 180_000;
/** 200 MB at half a megabit a second take an hour. */
const transferTimeoutMs = 2 * 60 * 60 * 1000;
/** Fourteen days: the least that Azure takes. We delete our files ourselves; this is for those that we cannot. */
const expirySeconds = 1_209_600;
/** Batches that are looked through for one of ours: the newest come first. */
const mostPages = 5;
const pageSize = 100;

type Call = {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

/** Files and batches of a service (AZURE §7). One exchange per call; expected outcomes are values. */
export class BatchService {
  readonly #options: ProviderOptions;
  #client: Promise<OpenAI> | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  async upload(path: string, name: string, signal: AbortSignal): Promise<BatchReply<RemoteFile>> {
    const body = new FormData();
    body.set('purpose', 'batch');
    if (this.#hasExpiry) {
      body.set('expires_after[anchor]', 'created_at');
      body.set('expires_after[seconds]', String(expirySeconds));
    }
    // Read from the disk while it is sent.
    body.set('file', await openAsBlob(path, { type: 'application/jsonl' }), name);
    return this.#read(
      { method: 'post', path: '/files', body, signal, timeoutMs: transferTimeoutMs },
      readFile,
    );
  }

  getFile(id: string, signal: AbortSignal): Promise<BatchReply<RemoteFile>> {
    return this.#read({ method: 'get', path: `/files/${encodeURIComponent(id)}`, signal }, readFile);
  }

  listFiles(signal: AbortSignal): Promise<BatchReply<RemoteFile[]>> {
    return this.#read({ method: 'get', path: '/files', query: { purpose: 'batch' }, signal }, (body) =>
      listOf(objectOf(body)?.['data'])?.flatMap((file) => readFile(file) ?? []),
    );
  }

  deleteFile(id: string, signal: AbortSignal): Promise<BatchReply<true>> {
    return this.#read({ method: 'delete', path: `/files/${encodeURIComponent(id)}`, signal }, () => true);
  }

  createBatch(
    batch: { readonly inputFileId: string; readonly endpoint: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<BatchReply<RemoteBatch>> {
    const body = {
      input_file_id: batch.inputFileId,
      endpoint: batch.endpoint,
      completion_window: '24h',
      metadata: { [nameKey]: batch.name },
      ...(this.#hasExpiry && { output_expires_after: { anchor: 'created_at', seconds: expirySeconds } }),
    };
    return this.#read({ method: 'post', path: '/batches', body, signal }, readBatch);
  }

  /** One that was created before, by its name or its file; `undefined` when there is none. */
  async findBatch(
    { name, inputFileId }: { readonly name: string; readonly inputFileId: string },
    signal: AbortSignal,
  ): Promise<BatchReply<RemoteBatch | undefined>> {
    let after: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const query = { limit: pageSize, ...(after !== undefined && { after }) };
      const reply = await this.#read({ method: 'get', path: '/batches', query, signal }, readPage);
      if (reply.status !== 'ok') return reply;
      const found = reply.value.batches.find(
        (batch) => batch.name === name || batch.inputFileId === inputFileId,
      );
      after = reply.value.hasMore ? reply.value.batches.at(-1)?.id : undefined;
      if (found !== undefined || after === undefined) return { ...reply, value: found };
    }
    return { status: 'ok', value: undefined, pauseMs: undefined };
  }

  getBatch(id: string, signal: AbortSignal): Promise<BatchReply<RemoteBatch>> {
    return this.#read({ method: 'get', path: `/batches/${encodeURIComponent(id)}`, signal }, readBatch);
  }

  cancelBatch(id: string, signal: AbortSignal): Promise<BatchReply<RemoteBatch>> {
    return this.#read(
      { method: 'post', path: `/batches/${encodeURIComponent(id)}/cancel`, signal },
      readBatch,
    );
  }

  /** Writes a file of the service to the disk. */
  async fetchFile(id: string, path: string, signal: AbortSignal): Promise<BatchReply<true>> {
    const call: Call = {
      method: 'get',
      path: `/files/${encodeURIComponent(id)}/content`,
      signal,
      timeoutMs: transferTimeoutMs,
    };
    const response = await this.#send(call);
    if (!(response instanceof Response)) return response;
    if (response.status < 200 || response.status >= 300) return this.#refuse(response, call);
    try {
      const { body } = response;
      await pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body), createWriteStream(path), {
        signal,
      });
    } catch (error) {
      // A full disk is everybody's trouble, and not the network's.
      if (['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT'].includes(systemCode(error) ?? '')) throw error;
      return this.#broken(error, call);
    }
    return { status: 'ok', value: true, pauseMs: undefined };
  }

  /** Older versions do not know that a file may expire. */
  get #hasExpiry(): boolean {
    return this.#options.connection.form !== 'dated';
  }

  async #read<Value>(call: Call, read: (body: unknown) => Value | undefined): Promise<BatchReply<Value>> {
    const response = await this.#send(call);
    if (!(response instanceof Response)) return response;
    if (response.status < 200 || response.status >= 300) return this.#refuse(response, call);
    const { text, end } = await readBody(response.body);
    if (end.kind === 'broken') return this.#broken(end.error, call);
    const value = read(parseJson(text));
    const pauseMs = readPauseMs(response.headers, undefined, Date.now());
    if (value !== undefined) return { status: 'ok', value, pauseMs };
    const details = { httpStatus: response.status, reason: 'It is no answer about files or batches.' };
    return { status: 'trouble', outcome: { status: 'unintelligible', details, raw: text.slice(0, 10_000) } };
  }

  async #send({ method, path, query, body, signal, timeoutMs }: Call): Promise<Response | BatchTrouble> {
    const missing = findMissingPart(this.#options);
    if (missing !== undefined) {
      const details = { reason: missing };
      return { status: 'trouble', outcome: { status: 'blocked', code: 'provider-misconfigured', details } };
    }
    const { connection, credential } = this.#options;
    const signedOut = await freshen(credential);
    if (signedOut !== undefined) return { status: 'trouble', outcome: signedOut };
    const client = await (this.#client ??= createClient(this.#options, toBatchBaseUrl(connection)));
    const timeout = AbortSignal.timeout(timeoutMs ?? callTimeoutMs);
    signal.throwIfAborted();
    try {
      const options = {
        ...(query !== undefined && { query: { ...query } }),
        ...(body !== undefined && { body }),
        signal: AbortSignal.any([signal, timeout]),
      };
      return await sendSignedIn(credential, () => client[method](path, options).asResponse());
    } catch (error) {
      const { APIConnectionError } = await import('openai');
      const isTransport = signal.aborted || timeout.aborted || error instanceof APIConnectionError;
      if (!isTransport) throw error;
      return this.#broken(error, { signal }, timeout.aborted);
    }
  }

  #broken(error: unknown, { signal }: Pick<Call, 'signal'>, timedOut = false): BatchTrouble {
    const { host } = new URL(toBatchBaseUrl(this.#options.connection));
    const outcome = toTransportOutcome(error, { host, canceled: signal.aborted, timedOut });
    return { status: 'trouble', outcome };
  }

  async #refuse(
    response: Response,
    { body }: Call,
  ): Promise<BatchTrouble | Extract<BatchReply<never>, { status: 'gone' }>> {
    const { text } = await readBody(response.body);
    const { message, code } = parseErrorBody(text);
    // A file or a batch that is gone has a word for it; a wrong address has not.
    const isGone =
      response.status === 404 && /no such file|no batch|not[_ ]found/i.test(`${code ?? ''} ${message ?? ''}`);
    if (isGone && !/resource not found|deployment/i.test(message ?? '')) {
      return { status: 'gone', details: { httpStatus: 404, reason: message } };
    }
    const { connection, credential } = this.#options;
    const request: RefusedRequest = {
      deployment: connection.batchDeployment ?? connection.deployment ?? undefined,
      learned: connection.learned,
      body: objectOf(body) ?? {},
      hasResponses: connection.form !== 'dated',
      redact: createRedact(credential?.secret),
      nowMs: Date.now(),
    };
    const { status: httpStatus, headers } = response;
    return { status: 'trouble', outcome: toErrorOutcome({ httpStatus, headers, body: text }, request) };
  }
}

function readFile(value: unknown): RemoteFile | undefined {
  const file = objectOf(value);
  const id = textOf(file?.['id']);
  if (file === undefined || id === undefined) return undefined;
  const status = textOf(file['status'])?.toLowerCase();
  return {
    id,
    name: textOf(file['filename']),
    bytes: countOf(file['bytes']),
    isReady: status === undefined || status === 'processed',
    isFaulty: status === 'error' || status === 'failed' || status === 'deleted',
  };
}

function readPage(value: unknown): { batches: RemoteBatch[]; hasMore: boolean } | undefined {
  const page = objectOf(value);
  const data = listOf(page?.['data']);
  if (page === undefined || data === undefined) return undefined;
  return { batches: data.flatMap((batch) => readBatch(batch) ?? []), hasMore: page['has_more'] === true };
}
