import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors.ts';
import { parseErrorBody } from '../error-body.ts';
import type { Credential } from '../provider.ts';
import { createRedact, type Redact } from '../redact.ts';
import { readBody } from '../response-body.ts';
import { sendSignedIn } from '../signed-in.ts';
import { toTransportOutcome } from '../transport.ts';
import { listOf, objectOf, omitUndefined, parseJson, textOf } from '../wire.ts';
import {
  readDocument,
  readHit,
  readIndex,
  readIngestion,
  type Hit,
  type IndexDocument,
  type IndexField,
  type Ingestion,
  type VideoIndex,
} from './answers.ts';

/** The last version that there was: the service was retired on 2025-06-30. */
const apiVersion = '2023-05-01-preview';
const pageSize = 100;
/** Ten thousand pages are no list, but a service that goes in circles. */
const mostPages = 10_000;

export type RetrievalOptions = {
  /** Of the Azure AI Vision resource, without `/computervision`. */
  readonly endpoint: string;
  readonly credential: Credential | undefined;
  /** Of one exchange. @default 60 s */
  readonly timeoutMs?: number | undefined;
  /** Longest wait between two questions about an ingestion. @default 10 s, as the service's samples ask */
  readonly pollMs?: number | undefined;
};

export type NewVideo = {
  readonly documentId: string;
  /** With its signature: it is sent, and never kept. */
  readonly url: string;
  readonly metadata: Readonly<Record<string, string>>;
};

export type Question = {
  readonly text: string;
  readonly top: number;
  readonly features?: readonly ('vision' | 'speech')[] | undefined;
  /** Any of the values of a field. */
  readonly strings?: readonly { readonly field: string; readonly values: readonly string[] }[] | undefined;
  readonly times?:
    | readonly { readonly field: string; readonly start?: string; readonly end?: string }[]
    | undefined;
};

type Answer = { readonly httpStatus: number; readonly value: unknown };

/**
 * Video retrieval of Azure AI Vision (AZURE §6). Every method rejects with an `AppError` whose sentence says what to do;
 * `retrieval-missing` where the endpoint does not have it (any more).
 */
export class RetrievalClient {
  readonly #options: RetrievalOptions;
  readonly #redact: Redact;

  constructor(options: RetrievalOptions) {
    this.#options = options;
    this.#redact = createRedact(options.credential?.secret);
  }

  async createIndex(
    name: string,
    index: { readonly fields: readonly IndexField[]; readonly features: readonly string[] },
    signal: AbortSignal,
  ): Promise<VideoIndex> {
    const body = {
      metadataSchema: { language: 'en', fields: index.fields },
      features: index.features.map((feature) => ({ name: feature })),
    };
    const { value } = await this.#ask('PUT', indexPath(name), { body, signal, what: `The index “${name}”` });
    return readIndex(value) ?? { name, features: index.features, fields: index.fields };
  }

  async getIndex(name: string, signal: AbortSignal): Promise<VideoIndex> {
    const { value } = await this.#ask('GET', indexPath(name), { signal, what: `The index “${name}”` });
    return readIndex(value) ?? unintelligible();
  }

  async listIndexes(signal: AbortSignal): Promise<VideoIndex[]> {
    return (await this.#list('/indexes', signal)).flatMap((value) => readIndex(value) ?? []);
  }

  /** Its schema alone can be changed, and only as a whole: fields that are left out are gone. */
  async updateIndex(name: string, fields: readonly IndexField[], signal: AbortSignal): Promise<VideoIndex> {
    const body = { metadataSchema: { language: 'en', fields } };
    const { value } = await this.#ask('PATCH', indexPath(name), {
      body,
      signal,
      what: `The index “${name}”`,
    });
    return readIndex(value) ?? unintelligible();
  }

  async deleteIndex(name: string, signal: AbortSignal): Promise<void> {
    await this.#ask('DELETE', indexPath(name), { signal, what: `The index “${name}”` });
  }

  async listDocuments(index: string, signal: AbortSignal): Promise<IndexDocument[]> {
    const values = await this.#list(`${indexPath(index)}/documents`, signal, `The index “${index}”`);
    return values.flatMap((value) => readDocument(value) ?? []);
  }

  async listIngestions(index: string, signal: AbortSignal): Promise<Ingestion[]> {
    const values = await this.#list(`${indexPath(index)}/ingestions`, signal, `The index “${index}”`);
    return values.flatMap((value) => readIngestion(value) ?? []);
  }

  /** Has videos looked at. Each costs money from here on. */
  async addVideos(
    index: string,
    { name, videos, hasSpeech }: { name: string; videos: readonly NewVideo[]; hasSpeech: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const body = {
      videos: videos.map(({ documentId, url, metadata }) => ({
        mode: 'add',
        documentId,
        documentUrl: url,
        metadata,
      })),
      documentAuthenticationKind: 'none',
      includeSpeechTranscript: hasSpeech,
    };
    await this.#ask('PUT', ingestionPath(index, name), { body, signal, what: `The index “${index}”` });
  }

  /** Says something else of videos that are in the index. They are not looked at again. */
  async updateVideos(
    index: string,
    { name, videos }: { name: string; videos: readonly Omit<NewVideo, 'url'>[] },
    signal: AbortSignal,
  ): Promise<void> {
    const body = {
      videos: videos.map(({ documentId, metadata }) => ({ mode: 'update', documentId, metadata })),
    };
    await this.#ask('PUT', ingestionPath(index, name), { body, signal, what: `The index “${index}”` });
  }

  async removeVideos(
    index: string,
    { name, documentIds }: { name: string; documentIds: readonly string[] },
    signal: AbortSignal,
  ): Promise<void> {
    const body = { videos: documentIds.map((documentId) => ({ mode: 'remove', documentId })) };
    await this.#ask('PUT', ingestionPath(index, name), { body, signal, what: `The index “${index}”` });
  }

  /** Asks until it is over. A service that is away for a while is waited for: what was begun goes on there. */
  async whenIngested(
    index: string,
    name: string,
    { signal, onLook }: { signal: AbortSignal; onLook?: (ingestion: Ingestion) => void },
  ): Promise<Ingestion> {
    const { pollMs = 10_000 } = this.#options;
    let troubles = 0;
    for (let looks = 0; ; looks += 1) {
      // What is small is over soon.
      let waitMs = Math.min(pollMs, firstPollMs * 2 ** looks);
      try {
        const { value } = await this.#ask('GET', ingestionPath(index, name), {
          signal,
          query: { detailLevel: 'document' },
          what: 'What was begun',
        });
        const ingestion = readIngestion(value) ?? unintelligible();
        troubles = 0;
        onLook?.(ingestion);
        if (isOver(ingestion)) return ingestion;
      } catch (error) {
        troubles += 1;
        if (!(error instanceof AppError) || !passing.has(error.code) || troubles > mostTroubles) throw error;
        const wished = error.details['pauseMs'];
        waitMs = Math.max(pollMs * troubles, typeof wished === 'number' ? wished : 0);
      }
      await pause(waitMs, undefined, { signal }).catch(() => {
        throw new AppError('canceled');
      });
    }
  }

  /** What was found, best first. */
  async query(index: string, question: Question, signal: AbortSignal): Promise<Hit[]> {
    const filters = omitUndefined({
      stringFilters: question.strings?.map(({ field, values }) => ({ fieldName: field, values })),
      datetimeFilters: question.times?.map(({ field, start, end }) => ({
        fieldName: field,
        ...omitUndefined({ startTime: start, endTime: end }),
      })),
      featureFilters: question.features,
    });
    const body = { queryText: question.text, filters, top: question.top, dedup: true };
    const { value } = await this.#ask('POST', `${indexPath(index)}:queryByText`, {
      body,
      signal,
      what: `The index “${index}”`,
    });
    const hits = listOf(objectOf(value)?.['value']) ?? unintelligible();
    return hits
      .flatMap((hit) => readHit(hit) ?? [])
      .toSorted((one, other) => other.relevance - one.relevance);
  }

  /** All pages of a list. The next one is asked for at the same endpoint, whatever host the answer names. */
  async #list(path: string, signal: AbortSignal, what?: string): Promise<unknown[]> {
    const values: unknown[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const query = { $skip: String(values.length), $top: String(pageSize) };
      const { value } = await this.#ask('GET', path, { signal, query, ...omitUndefined({ what }) });
      const some = listOf(objectOf(value)?.['value']) ?? unintelligible();
      values.push(...some);
      const hasNext = textOf(objectOf(value)?.['nextLink']) !== undefined;
      if (some.length === 0 || (!hasNext && some.length < pageSize)) return values;
    }
    return unintelligible();
  }

  async #ask(
    method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    asked: {
      readonly signal: AbortSignal;
      readonly body?: unknown;
      readonly query?: Readonly<Record<string, string>>;
      /** What is missing when it is not there. */
      readonly what?: string;
    },
  ): Promise<Answer> {
    const { endpoint, credential, timeoutMs = 60_000 } = this.#options;
    const { signal: job, body, query = {}, what = 'It' } = asked;
    const url = new URL(`${endpoint.replace(/\/+$/, '')}/computervision/retrieval${path}`);
    url.searchParams.set('api-version', apiVersion);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const timeout = AbortSignal.timeout(timeoutMs);
    const fail = (error: unknown, raw = ''): never => {
      const context = { host: url.host, canceled: job.aborted, timedOut: timeout.aborted, raw };
      throw transportError(toTransportOutcome(error, context));
    };
    // An ingestion may take longer than a token lasts.
    await credential?.renew?.();
    const send = (): Promise<Response> =>
      fetch(url, {
        method,
        headers: {
          'User-Agent': 'Cutline',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(credential?.kind === 'bearer'
            ? { Authorization: `Bearer ${credential.secret}` }
            : { 'Ocp-Apim-Subscription-Key': credential?.secret ?? '' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // Neither addresses with signatures nor the key may follow to another host.
        redirect: 'manual',
        signal: AbortSignal.any([job, timeout]),
      });
    let response: Response;
    try {
      response = await sendSignedIn(credential, send);
    } catch (error) {
      return fail(error);
    }
    const { text, end } = await readBody(response.body);
    const { status: httpStatus, headers } = response;
    if (httpStatus < 200 || httpStatus >= 300) {
      throw refusalError({ httpStatus, text, what, retryAfter: headers.get('retry-after') }, this.#redact);
    }
    if (end.kind === 'broken') return fail(end.error, text);
    const value = parseJson(text);
    if (text !== '' && value === undefined) return unintelligible();
    return { httpStatus, value };
  }
}

export function isOver({ state }: Ingestion): boolean {
  return state === 'completed' || state === 'failed' || state === 'partially-succeeded';
}

/** Troubles that pass by themselves. */
const passing: ReadonlySet<string> = new Set([
  'provider-rate-limited',
  'provider-unavailable',
  'provider-unreachable',
  'provider-timeout',
  'provider-cut-off',
]);
const mostTroubles = 20;
const firstPollMs = 1_000;

function indexPath(name: string): string {
  return `/indexes/${encodeURIComponent(name)}`;
}

function ingestionPath(index: string, name: string): string {
  return `${indexPath(index)}/ingestions/${encodeURIComponent(name)}`;
}

function unintelligible(): never {
  throw new AppError('provider-bad-response', { reason: 'It is no answer of video retrieval.' });
}

function transportError(outcome: ReturnType<typeof toTransportOutcome>): AppError {
  const code = outcome.status === 'unreachable' ? 'provider-unreachable' : outcome.code;
  return new AppError(code, outcome.details);
}

type Refused = {
  readonly httpStatus: number;
  readonly text: string;
  readonly what: string;
  readonly retryAfter: string | null;
};

/** What an HTTP error means to a person. */
function refusalError({ httpStatus, text, what, retryAfter }: Refused, redact: Redact): AppError {
  const { code = '', message, from } = parseErrorBody(text);
  const reason = message === undefined ? undefined : redact(message).slice(0, 300);
  const details = omitUndefined({ httpStatus, reason });
  switch (httpStatus) {
    case 401:
      return new AppError('provider-unauthorized', details);
    case 403:
      return new AppError('provider-forbidden', details);
    case 404:
    case 410:
      // The gateway knows no such address: not one thing is missing, but all of it.
      return from !== 'service' || code === '404' || code === ''
        ? new AppError('retrieval-missing', details)
        : new AppError('not-found', { what });
    case 409:
      return new AppError('conflict', details);
    case 429: {
      const seconds = Number(retryAfter);
      return new AppError('provider-rate-limited', {
        ...details,
        ...(retryAfter !== null && seconds > 0 ? { pauseMs: seconds * 1_000 } : {}),
      });
    }
    default: {
      if (httpStatus >= 500 || httpStatus === 408) return new AppError('provider-unavailable', details);
      return httpStatus < 400
        ? new AppError('provider-misconfigured', {
            reason: 'The endpoint sends us on to another address, and nothing is sent after it.',
          })
        : new AppError('provider-bad-request', details);
    }
  }
}
