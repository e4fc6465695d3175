import { AppError } from '../../platform/errors.ts';
import { parseErrorBody } from '../error-body.ts';
import type { Credential } from '../provider.ts';
import { createRedact, type Redact } from '../redact.ts';
import { readBody } from '../response-body.ts';
import { sendSignedIn } from '../signed-in.ts';
import { toTransportOutcome } from '../transport.ts';
import { listOf, objectOf, omitUndefined, parseJson, textOf } from '../wire.ts';

/** The last version that there was: the service was retired on 2025-06-30. */
const apiVersion = '2023-05-01-preview';
const pageSize = 100;
/** Ten thousand pages are no list, but a service that goes in circles. */
const mostPages = 10_000;

export type ExchangeOptions = {
  /** Of the Azure AI Vision resource, without `/computervision`. */
  readonly endpoint: string;
  readonly credential: Credential | undefined;
  /** Of one exchange. @default 60 s */
  readonly timeoutMs?: number | undefined;
};

type Answer = { readonly httpStatus: number; readonly value: unknown };

/** One request and its answer. Every method rejects with an `AppError`, as `RetrievalClient` says. */
export class RetrievalExchange {
  readonly #options: ExchangeOptions;
  readonly #redact: Redact;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#redact = createRedact(options.credential?.secret);
  }

  /** All pages of a list. The next one is asked for at the same endpoint, whatever host the answer names. */
  async list(path: string, signal: AbortSignal, what?: string): Promise<unknown[]> {
    const values: unknown[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const query = { $skip: String(values.length), $top: String(pageSize) };
      const { value } = await this.ask('GET', path, { signal, query, ...omitUndefined({ what }) });
      const some = listOf(objectOf(value)?.['value']) ?? unintelligible();
      values.push(...some);
      const hasNext = textOf(objectOf(value)?.['nextLink']) !== undefined;
      if (some.length === 0 || (!hasNext && some.length < pageSize)) return values;
    }
    return unintelligible();
  }

  async ask(
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

export function unintelligible(): never {
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
