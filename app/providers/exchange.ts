import { readCompletion } from './answer.ts';
import type { Completion } from './answer.ts';
import { parseErrorBody, readError } from './error-body.ts';
import { readServiceRequestId, toErrorOutcome, toStreamErrorOutcome } from './errors.ts';
import type { RefusedRequest } from './errors.ts';
import type { ProviderOutcome } from './provider.ts';
import { readRateLimit } from './rate-limit.ts';
import { readBody } from './response-body.ts';
import { readResponse } from './responses-answer.ts';
import type { BodyEnd } from './response-body.ts';
import { AnswerStream } from './stream.ts';
import type { TransportOutcome } from './transport.ts';
import { objectOf, omitUndefined, parseJson } from './wire.ts';

/** What is known of a request while its answer is read. */
export type Exchange = {
  readonly request: RefusedRequest;
  readonly onText?: ((text: string) => void) | undefined;
  /** Takes the secret out of what is kept. */
  readonly redactRaw: (raw: string) => string;
  /** Says why the exchange broke: the job's signal, the time limit, or the network. */
  readonly toTransportOutcome: (error: unknown, raw: string) => TransportOutcome;
};

/** A nonsense body is kept for a person to look at, but not by the megabyte. */
const keptNonsenseChars = 100_000;

/** The outcome of an exchange whose headers have arrived. Reads the whole body, streamed or not. */
export function readOutcome(response: Response, exchange: Exchange): Promise<ProviderOutcome> {
  return response.status >= 200 && response.status < 300
    ? readAnswer(response, exchange)
    : readRefusal(response, exchange);
}

async function readRefusal(response: Response, { request }: Exchange): Promise<ProviderOutcome> {
  // The status says enough, also when the body breaks off.
  const { text } = await readBody(response.body);
  return toErrorOutcome({ httpStatus: response.status, headers: response.headers, body: text }, request);
}

async function readAnswer(response: Response, exchange: Exchange): Promise<ProviderOutcome> {
  // What came decides, not what was asked for: some servers do not stream, some always do.
  const stream = new AnswerStream(exchange.onText);
  const { text, end } = await readBody(response.body, (piece) => {
    stream.push(piece);
    return stream.isDone;
  });
  stream.end();
  const isStream = stream.raw !== '';
  const raw = exchange.redactRaw(isStream ? stream.raw : text);

  const json = isStream ? undefined : parseJson(text);
  const completion = isStream ? stream.toCompletion() : (readCompletion(json) ?? readResponse(json));
  if (completion !== undefined) {
    if (!isStream && completion.text !== '') exchange.onText?.(completion.text);
    return toAnswer(completion, response, raw);
  }
  const error = stream.error ?? objectOf(json)?.['error'] ?? undefined;
  if (error !== undefined) {
    const { status: httpStatus, headers } = response;
    return toStreamErrorOutcome(readError(error), { httpStatus, headers, body: raw }, exchange.request);
  }
  if (end.kind === 'broken') return exchange.toTransportOutcome(end.error, raw);
  // A stream that nobody finished was cut, however politely.
  if (isStream) return exchange.toTransportOutcome(undefined, raw);
  return {
    status: 'unintelligible',
    raw: raw.slice(0, keptNonsenseChars),
    details: { httpStatus: response.status, reason: describeNonsense(text, end) },
    ...omitUndefined({
      httpStatus: response.status,
      serviceRequestId: readServiceRequestId(response.headers),
    }),
  };
}

function toAnswer(completion: Completion, { headers }: Response, raw: string): ProviderOutcome {
  return {
    ...completion,
    ...omitUndefined({ serviceRequestId: readServiceRequestId(headers), rateLimit: readRateLimit(headers) }),
    status: 'answered',
    raw,
  };
}

function describeNonsense(text: string, end: BodyEnd): string {
  if (end.kind === 'too-long') return 'It does not end.';
  const { from } = parseErrorBody(text);
  if (from === 'empty') return 'It is empty.';
  if (from === 'service') return 'It has no choices.';
  return text.trimStart().startsWith('<') ? 'It is a web page.' : 'It is not JSON.';
}
