/** @file Requests to files and batches: what each path does, and the faults that a test asked for. */

import type { IncomingMessage } from 'node:http';
import { answerChat, type ChatService } from '../chat.ts';
import { readChatRequest } from '../chat-request.ts';
import { gatewayError, modelError, Refusal } from '../errors.ts';
import type { Journal } from '../journal.ts';
import { RateLimiter } from '../rate-limit.ts';
import { errorReply, jsonReply, textReply, type Reply } from '../reply.ts';
import { toChatBody } from '../responses.ts';
import type { BatchRoute } from '../routes.ts';
import { BatchDesk, type Batch, type BatchFate, type BatchTimes, type LineAnswer } from './batches.ts';
import { ServiceClock } from './clock.ts';
import { FileShelf, type StoredFile } from './files.ts';
import type { BatchLine } from './validate.ts';

export type BatchOptions = Partial<BatchTimes> & {
  /** @default 200 MB */
  readonly mostFileBytes?: number;
  /** @default 100 000 */
  readonly mostLines?: number;
  /** @default 0 */
  readonly filePendingMs?: number;
  /** Of a deployment. @default no limit */
  readonly enqueuedTokens?: number;
  /** Statuses in capital letters, ISO dates, no counts. @default false */
  readonly isOdd?: boolean;
  /** What a poll is told to wait. @default nothing */
  readonly pollAfterMs?: number;
  /** @default 0: time stands still until `advance` */
  readonly clockSpeed?: number;
};

/** `done-and-cut`: it is done, and nobody hears of it. */
export type BatchFault = {
  readonly on: BatchRoute['action'];
  readonly kind: 'done-and-cut' | 'unavailable' | 'rate-limited' | 'unauthorized' | 'cut-halfway';
};

/** What a test sees and steers. */
export type EmulatedBatches = {
  readonly all: readonly Batch[];
  /** Those that are there now. */
  readonly files: readonly StoredFile[];
  /** Moves the service's time on. */
  advance(ms: number): void;
  nextFate(fate: BatchFate): void;
  /** Resolves when it has been played. */
  nextFault(fault: BatchFault): Promise<void>;
  now(): number;
  /** How often somebody asked about a batch too soon, and was refused. */
  readonly impatient: number;
  /** As if none of them had ever been made: the resource was deleted and made anew. */
  forgetAll(): void;
};

/** A timer of Node's may fire a moment early. */
const timerSlackMs = 2;

export class BatchService implements EmulatedBatches {
  readonly #clock: ServiceClock;
  readonly #shelf: FileShelf;
  readonly #desk: BatchDesk;
  readonly #service: ChatService;
  readonly #journal: Journal;
  readonly #pollAfterMs: number | undefined;
  /** When each batch was last asked about: by our time, and by the service's, which may stand still or run. */
  readonly #polled = new Map<string, { readonly realMs: number; readonly serviceMs: number }>();
  readonly #faults: { readonly fault: BatchFault; readonly played: () => void }[] = [];
  #answered = 0;
  #impatient = 0;

  constructor(service: ChatService, journal: Journal, options: BatchOptions = {}) {
    this.#service = {
      ...service,
      latencyMs: 0,
      // What batches send is no matter of requests per minute.
      deployments: new Map(
        [...service.deployments].map(([name, { deployment }]) => [
          name,
          { deployment, limiter: new RateLimiter({ requestsPerMinute: 1e9, tokensPerMinute: 1e15 }) },
        ]),
      ),
    };
    this.#journal = journal;
    this.#pollAfterMs = options.pollAfterMs;
    this.#clock = new ServiceClock(options.clockSpeed);
    this.#shelf = new FileShelf(this.#clock, {
      mostFileBytes: options.mostFileBytes ?? 200 * 1024 * 1024,
      filePendingMs: options.filePendingMs ?? 0,
    });
    this.#desk = new BatchDesk(this.#clock, this.#shelf, {
      mostLines: options.mostLines ?? 100_000,
      times: {
        validatingMs: options.validatingMs ?? 30_000,
        lineMs: options.lineMs ?? 1_000,
        finalizingMs: options.finalizingMs ?? 30_000,
        cancellingMs: options.cancellingMs ?? 60_000,
      },
      isOdd: options.isOdd === true,
      enqueuedTokens: options.enqueuedTokens ?? Number.POSITIVE_INFINITY,
      findDeployment: (name, form) => {
        const deployment = service.deployments.get(name)?.deployment;
        return form === 'compatible' || deployment?.isBatch === true ? deployment : undefined;
      },
      countTokens: (line, form) => this.#countTokens(line, form === 'dated' ? '2024-10-21' : undefined),
      answer: (line, form, endpoint) => this.#answerLine(line, form, endpoint),
    });
  }

  get all(): readonly Batch[] {
    return this.#desk.all;
  }

  get files(): readonly StoredFile[] {
    return this.#shelf.all;
  }

  get impatient(): number {
    return this.#impatient;
  }

  now(): number {
    return this.#clock.now();
  }

  advance(ms: number): void {
    this.#clock.advance(ms);
  }

  forgetAll(): void {
    this.#desk.all.length = 0;
  }

  nextFate(fate: BatchFate): void {
    this.#desk.nextFate(fate);
  }

  nextFault(fault: BatchFault): Promise<void> {
    return new Promise((played) => {
      this.#faults.push({ fault, played });
    });
  }

  /** Throws `Refusal`. */
  async serve(route: BatchRoute, request: IncomingMessage, body: Buffer): Promise<Reply> {
    const index = this.#faults.findIndex(({ fault: { on } }) => on === route.action);
    const [next] = index === -1 ? [] : this.#faults.splice(index, 1);
    next?.played();
    const fault = next?.fault;
    if (fault?.kind === 'unavailable') {
      return errorReply(gatewayError(503, '503', 'Service unavailable.'), '503');
    }
    if (fault?.kind === 'rate-limited') {
      const answer = gatewayError(429, '429', 'Too many requests. Please retry after 10 seconds.', {
        'retry-after': '10',
      });
      return errorReply(answer, '429');
    }
    if (fault?.kind === 'unauthorized') {
      return errorReply(gatewayError(401, '401', 'Access denied due to invalid subscription key.'), '401');
    }
    await this.#desk.catchUp();
    const reply = await this.#act(route, request, body);
    if (fault?.kind === 'done-and-cut') return { ...reply, wire: { end: 'cut-before-headers' } };
    return fault?.kind === 'cut-halfway' ? { ...reply, wire: { end: 'cut-halfway' } } : reply;
  }

  /** No faster than every minute (AZURE §7), unless we have wished otherwise. Throws `Refusal`. */
  #assertPatient(id: string): void {
    const restMs = this.#pollAfterMs ?? 60_000;
    const now = { realMs: performance.now(), serviceMs: this.#clock.now() };
    const last = this.#polled.get(id);
    const waitedMs =
      last === undefined
        ? Number.POSITIVE_INFINITY
        : Math.max(now.realMs - last.realMs, now.serviceMs - last.serviceMs);
    if (waitedMs + timerSlackMs < restMs) {
      this.#impatient += 1;
      const seconds = Math.ceil((restMs - waitedMs) / 1000);
      throw new Refusal(
        gatewayError(
          429,
          '429',
          `Batches are asked about every 60 seconds at most. Please retry after ${seconds} seconds.`,
          {
            'retry-after': String(seconds),
          },
        ),
      );
    }
    this.#polled.set(id, now);
  }

  async #act(route: BatchRoute, request: IncomingMessage, body: Buffer): Promise<Reply> {
    const { action, form, id = '' } = route;
    const contentType = request.headers['content-type'] ?? '';
    switch (action) {
      case 'upload':
        return jsonReply(
          form === 'compatible' ? 200 : 201,
          this.#shelf.show(await this.#shelf.upload(body, contentType, form)),
        );
      case 'list-files': {
        const files = this.#shelf.all.toReversed();
        const data = files.map((file) => this.#shelf.show(file));
        const ends = { first_id: files[0]?.id ?? '', last_id: files.at(-1)?.id ?? '' };
        return jsonReply(200, { object: 'list', data, has_more: false, ...ends });
      }
      case 'get-file':
        return jsonReply(200, this.#shelf.show(this.#shelf.get(id)));
      case 'read-file':
        return textReply(200, 'application/octet-stream', this.#shelf.get(id).content.toString('utf8'));
      case 'delete-file':
        this.#shelf.delete(id);
        return jsonReply(200, { id, object: 'file', deleted: true });
      case 'create':
        if (!/^application\/json\b/i.test(contentType)) {
          throw new Refusal(
            gatewayError(415, '415', 'Unsupported media type: the body must be application/json.'),
          );
        }
        return jsonReply(
          form === 'compatible' ? 200 : 201,
          this.#desk.show(this.#desk.create(parse(body), form)),
        );
      case 'list': {
        const { data, hasMore } = this.#desk.page(route.after ?? null, route.limit ?? 20);
        const shown = data.map((batch) => this.#desk.show(batch));
        const ends = data.length === 0 ? {} : { first_id: data[0]?.id, last_id: data.at(-1)?.id };
        return jsonReply(200, { object: 'list', data: shown, has_more: hasMore, ...ends });
      }
      case 'poll':
        this.#assertPatient(id);
        return jsonReply(200, this.#desk.show(this.#desk.get(id)), { headers: this.#wish });
      case 'cancel':
        return jsonReply(200, this.#desk.show(this.#desk.cancel(id)), { headers: this.#wish });
    }
  }

  get #wish(): Record<string, string> {
    return this.#pollAfterMs === undefined ? {} : { 'retry-after-ms': String(this.#pollAfterMs) };
  }

  async #countTokens({ body }: BatchLine, apiVersion: string | undefined): Promise<number> {
    const deployment = this.#service.deployments.get(String(body['model']))?.deployment;
    if (deployment === undefined) return 0;
    try {
      const chat = 'messages' in body ? body : toChatBody(body);
      const request = await readChatRequest(chat, {
        deployment,
        apiVersion,
        internet: this.#service.internet,
      });
      return request.promptTokens + (request.maxOutputTokens ?? deployment.persona.defaultOutputTokens);
    } catch (error) {
      if (error instanceof Refusal) return 0; // It is answered with that refusal, at its turn.
      throw error;
    }
  }

  /** As strictly as a live request, and with the same faults. */
  async #answerLine({ body }: BatchLine, form: BatchRoute['form'], endpoint: string): Promise<LineAnswer> {
    this.#answered += 1;
    const facts = { method: 'BATCH', path: endpoint, apiVersion: undefined, form };
    const entry = this.#journal.begin(facts, {});
    const route = {
      kind: 'chat',
      api: endpoint.endsWith('/responses') ? 'responses' : 'chat',
      form: form === 'dated' ? 'v1' : form,
      deployment: undefined,
      apiVersion: undefined,
      isBatchLine: true,
    } as const;
    let reply: Reply;
    try {
      reply = await answerChat(route, Buffer.from(JSON.stringify(body)), entry, this.#service);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply = errorReply(error.answer, undefined);
    }
    // What would break on the wire breaks inside the service.
    if (reply.wire.end !== undefined) {
      reply = errorReply(
        modelError('The server had an error.', { httpStatus: 500, code: 'server_error' }),
        'server_error',
      );
    }
    entry.httpStatus = reply.httpStatus;
    entry.outcome = reply.httpStatus === 200 ? 'answered' : 'refused';
    entry.charge = reply.charge;
    entry.usage = reply.usage;
    this.#journal.end(entry);
    const text = Buffer.concat(reply.chunks).toString('utf8');
    return {
      httpStatus: reply.httpStatus,
      body: parse(Buffer.from(text)) ?? text,
      requestId: `line-${this.#answered}`,
    };
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
