/**
 * @file A strict stand-in for Azure OpenAI on loopback: README.md says what it plays.
 *
 * It imports nothing of `app/`, so that it judges our requests from outside.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerAnalysis, type AnalysisOptions } from './analysis.ts';
import { checkAuth, type Keys } from './auth.ts';
import { BatchService, type BatchOptions, type EmulatedBatches } from './batch/serve.ts';
import { answerChat, type ChatService } from './chat.ts';
import { errorCodeOf, gatewayError, Refusal, resourceNotFound, type ErrorAnswer } from './errors.ts';
import { FaultSwitches } from './faults.ts';
import { Journal, type JournalEntry, type PictureCount, type Totals } from './journal.ts';
import { listFor } from './listings.ts';
import type { Internet } from './pictures.ts';
import { defaultDeployments, type Deployment } from './personas.ts';
import { RateLimiter } from './rate-limit.ts';
import { servers } from './servers/list.ts';
import { answerLocally, type LocalServer } from './servers/serve.ts';
import type { ServerName } from './servers/traits.ts';
import { errorReply, jsonReply, writeReply, type Reply } from './reply.ts';
import type { RetrievalOptions } from './retrieval/ingestions.ts';
import { isRetrieval, RetrievalService, type EmulatedRetrieval } from './retrieval/serve.ts';
import { findBatchRoute, findRoute, formOf } from './routes.ts';

export type EmulatorOptions = {
  /** @default 0: any free port */
  readonly port?: number;
  /** Plays this server alone, at `/v1` and its own addresses. @default Azure OpenAI, and a plain `/v1` beside it */
  readonly server?: ServerName;
  /** With `server`: as versions before the newest answer. @default false */
  readonly isOldServer?: boolean;
  /** @default those of the server, else `defaultDeployments` */
  readonly deployments?: readonly Deployment[];
  /** @default 'emulator-key' */
  readonly key?: string;
  /** A bearer token that begins so passes as one from Entra. @default 'emulator-entra-token' */
  readonly entraToken?: string;
  /** What the plain `/v1` base demands as a bearer token. @default nothing: like a local server */
  readonly compatibleKey?: string;
  /** What Image Analysis sees, and what its region has. */
  readonly analysis?: AnalysisOptions;
  /** What video retrieval sees, and how long it takes. */
  readonly retrieval?: RetrievalOptions;
  /** What it reaches when it is given the address of a picture. @default nothing */
  readonly internet?: Internet;
  /** Before every completion. @default 0 */
  readonly latencyMs?: number;
  /** A longer body is answered with 413. @default 256 MiB */
  readonly mostBodyBytes?: number;
  /** Files and batches: their limits, times and oddities. */
  readonly batches?: BatchOptions;
  /** How many requests the journal keeps; its sums cover all. @default 20 000 */
  readonly mostEntries?: number;
};

export type Emulator = {
  /** `http://127.0.0.1:PORT`: what the Azure settings take as endpoint. */
  readonly endpoint: string;
  /** `http://127.0.0.1:PORT/v1`: what the OpenAI-compatible settings take as base URL. */
  readonly compatibleBaseUrl: string;
  readonly port: number;
  /** The one at the start. */
  readonly key: string;
  readonly entraToken: string;
  readonly faults: FaultSwitches;
  readonly batches: EmulatedBatches;
  readonly retrieval: EmulatedRetrieval;
  /** Every request so far, oldest first. An entry is filled in while its request goes on. */
  readonly requests: readonly JournalEntry[];
  /** By fingerprint: how often each picture was sent and answered. */
  readonly pictures: ReadonlyMap<string, PictureCount>;
  totals(): Totals;
  /** Resolves once this many requests have come in. */
  waitForRequests(count: number): Promise<void>;
  /** Revokes the key; another one is taken from now on. */
  changeKey(key: string): void;
  /** From now on connections are refused, and open ones are cut. */
  goOffline(): Promise<void>;
  /** Listens again on the same port. */
  goOnline(): Promise<void>;
  close(): Promise<void>;
};

/** Starts an emulator on 127.0.0.1. The caller closes it. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const keys: { -readonly [Name in keyof Keys]: Keys[Name] } = {
    key: options.key ?? 'emulator-key',
    entraToken: options.entraToken ?? 'emulator-entra-token',
    compatibleKey: options.compatibleKey,
  };
  const traits = options.server === undefined ? undefined : servers[options.server];
  const local: LocalServer | undefined =
    traits === undefined
      ? undefined
      : {
          traits,
          // OpenAI is never without one.
          key: options.compatibleKey ?? (traits.name === 'openai' ? keys.key : undefined),
          isOld: options.isOldServer === true,
        };
  const deployments = (options.deployments ?? traits?.deployments ?? defaultDeployments).map((deployment) =>
    traits === undefined ? deployment : { ...deployment, persona: { ...deployment.persona, server: traits } },
  );
  const faults = new FaultSwitches();
  const journal = new Journal(options.mostEntries ?? 20_000);
  const service: ChatService = {
    deployments: new Map(
      deployments.map((deployment) => [
        deployment.name,
        { deployment, limiter: new RateLimiter(deployment.rateLimit) },
      ]),
    ),
    faults,
    latencyMs: options.latencyMs ?? 0,
    traits,
    internet: options.internet,
    visionKey: () => keys.key,
  };
  const batches = new BatchService(service, journal, options.batches);
  const retrieval = new RetrievalService(options.retrieval);
  const desk = new Desk(keys, { service, batches, retrieval }, journal, {
    mostBodyBytes: options.mostBodyBytes ?? 256 * 1024 * 1024,
    local,
    analysis: options.analysis ?? {},
  });
  const server = createServer((request, response) => void desk.serve(request, response));
  // Longer than a client keeps an idle connection, so that none is closed just as it is used again.
  server.keepAliveTimeout = 120_000;

  const port = await listen(server, options.port ?? 0);
  const goOffline = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    // A client in this process hears of it in the loop's next turn: before, it would send on a connection that is gone.
    await nextTurn();
    await nextTurn();
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    compatibleBaseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    key: keys.key,
    entraToken: keys.entraToken,
    faults,
    batches,
    retrieval,
    requests: journal.requests,
    pictures: journal.pictures,
    totals: () => journal.totals(),
    waitForRequests: (count) => journal.waitForRequests(count),
    changeKey: (key) => {
      keys.key = key;
    },
    goOffline,
    goOnline: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: goOffline,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port); // why: a server that listens on a port has no other address
    });
  });
}

/** Where requests come in: writes each into the journal, has it answered, and says how that went. */
class Desk {
  readonly #keys: Keys;
  readonly #service: ChatService;
  readonly #batches: BatchService;
  readonly #retrieval: RetrievalService;
  readonly #journal: Journal;
  readonly #mostBodyBytes: number;
  readonly #local: LocalServer | undefined;
  readonly #analysis: AnalysisOptions;

  constructor(
    keys: Keys,
    {
      service,
      batches,
      retrieval,
    }: {
      readonly service: ChatService;
      readonly batches: BatchService;
      readonly retrieval: RetrievalService;
    },
    journal: Journal,
    options: {
      readonly mostBodyBytes: number;
      readonly local: LocalServer | undefined;
      readonly analysis: AnalysisOptions;
    },
  ) {
    this.#local = options.local;
    this.#analysis = options.analysis;
    this.#keys = keys;
    this.#service = service;
    this.#batches = batches;
    this.#retrieval = retrieval;
    this.#journal = journal;
    this.#mostBodyBytes = options.mostBodyBytes;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A target that is no path at all is answered like any other path that is not there.
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? new URL('http://127.0.0.1/');
    const entry = this.#journal.begin(
      {
        method: request.method ?? 'GET',
        path: url.pathname,
        apiVersion: url.searchParams.get('api-version') ?? undefined,
        form: formOf(url.pathname),
      },
      request.headers,
    );
    const reply = await this.#reply(request, url, entry);
    if (reply === undefined) entry.outcome = 'reader-gone';
    else await send(response, reply, entry);
    this.#journal.end(entry);
  }

  /** `undefined` when the sender went away before the whole request was here. */
  async #reply(request: IncomingMessage, url: URL, entry: JournalEntry): Promise<Reply | undefined> {
    try {
      const body = await readBody(request, this.#mostBodyBytes);
      return body && (await this.#answer(request, url, body, entry));
    } catch (error) {
      if (error instanceof Refusal) {
        const { answer: given } = error;
        const answer = given.isOwn === true ? given : (this.#local?.traits.toError(given) ?? given);
        return errorReply(answer, errorCodeOf(answer));
      }
      // A mistake of the emulator must be seen by the test that met it, not be taken for the service's trouble.
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(`The emulator made a mistake: ${reason}`);
      return jsonReply(
        599,
        { error: { code: 'emulator_mistake', message: reason } },
        { errorCode: 'emulator_mistake' },
      );
    }
  }

  async #answer(request: IncomingMessage, url: URL, body: Buffer, entry: JournalEntry): Promise<Reply> {
    if (this.#local !== undefined) {
      const all = [...this.#service.deployments.values()].map(({ deployment }) => deployment);
      const asked = { method: entry.method, path: url.pathname, headers: request.headers };
      // OpenAI alone of them has batches.
      const batch =
        this.#local.traits.name === 'openai' && url.pathname.startsWith('/v1/')
          ? findBatchRoute(entry.method, url.pathname.slice('/v1/'.length), url, 'compatible')
          : undefined;
      if (batch !== undefined) {
        if (request.headers.authorization !== `Bearer ${this.#local.key}`) {
          throw new Refusal(this.#local.traits.unauthorized);
        }
        return this.#batches.serve(batch, request, body);
      }
      const reply = answerLocally(this.#local, asked, body, all);
      if (reply !== undefined) return reply;
      const route = {
        kind: 'chat',
        api: 'chat',
        form: 'compatible',
        deployment: undefined,
        apiVersion: undefined,
      } as const;
      return answerChat(route, body, entry, this.#service);
    }
    if (entry.form === undefined) throw new Refusal(resourceNotFound);
    const denied = checkAuth(request.headers, entry.form, this.#keys);
    if (denied !== undefined) throw new Refusal(denied);
    if (entry.form === 'vision') {
      const { faults, latencyMs, internet } = this.#service;
      const asked = { url, method: entry.method, headers: request.headers, body };
      if (isRetrieval(url.pathname)) return this.#retrieval.serve(asked, entry);
      return answerAnalysis(asked, entry, { options: this.#analysis, faults, latencyMs, internet });
    }
    const route = findRoute(entry.method, url);
    if (route.kind === 'error') throw new Refusal(route.answer);
    if (route.kind === 'chat') {
      checkHeaders(request);
      return answerChat(route, body, entry, this.#service);
    }
    if (route.kind === 'batch') return this.#batches.serve(route, request, body);
    const deployments = [...this.#service.deployments.values()].map(({ deployment }) => deployment);
    return jsonReply(200, listFor(route, deployments));
  }
}

async function send(response: ServerResponse, reply: Reply, entry: JournalEntry): Promise<void> {
  entry.httpStatus = reply.httpStatus;
  entry.errorCode = reply.errorCode;
  const requestId = `emulator-${entry.number}`;
  const headers = { 'apim-request-id': requestId, 'x-request-id': requestId, ...reply.headers };
  const outcome = await writeReply(response, { ...reply, headers });
  const isError = reply.httpStatus >= 300;
  entry.outcome = outcome === 'answered' && isError ? 'refused' : outcome;
  entry.usage = reply.usage;
  entry.charge = outcome !== 'answered' && reply.charge === 'said' ? 'unsaid' : reply.charge;
}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      // why: no encoding is set, so chunks are buffers
      sizeBytes += chunk.byteLength;
      if (sizeBytes <= mostBytes) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  if (sizeBytes > mostBytes) throw new Refusal(gatewayError(413, '413', 'Request payload is too large.'));
  return Buffer.concat(chunks, sizeBytes);
}

/** Every client and every proxy sends these; the official client's `x-stainless-*` pass at the real service too. */
const ordinaryHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'api-key',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'keep-alive',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
]);

const tooManyHeaders: ErrorAnswer = { httpStatus: 431, body: '' };

function checkHeaders({ headers }: IncomingMessage): void {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(gatewayError(415, '415', 'Unsupported media type: the body must be application/json.'));
  }
  const custom = Object.keys(headers).filter(
    (name) => !ordinaryHeaders.has(name) && !name.startsWith('x-stainless-'),
  );
  if (custom.length > 10) throw new Refusal(tooManyHeaders);
}
