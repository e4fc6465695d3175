import type { OpenAI } from 'openai';
import { createClient, findMissingPart } from './client.ts';
import { withGrounding } from './enhancements.ts';
import { readOutcome } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { toAppError } from '../platform/errors.ts';
import type {
  Credential,
  ProviderOptions,
  ProviderOutcome,
  SendOptions,
  VisionProvider,
  VisionRequest,
} from './provider.ts';
import { createRedact, createSecretRedact } from './redact.ts';
import { toChatCompletionBody } from './request-body.ts';
import { toResponsesBody } from './responses-body.ts';
import { toTransportOutcome } from './transport.ts';

const defaultTimeoutMs = 180_000;

/** Whether there is another token than the one that was refused. */
async function renewRefused(credential: Credential | undefined): Promise<boolean> {
  if (credential?.renew === undefined) return false;
  const refused = credential.secret;
  try {
    await credential.renew({ refused });
  } catch (error) {
    if (toAppError(error).code !== 'entra-sign-in-needed') throw error;
    return false; // Then the refusal stands as it is.
  }
  return credential.secret !== refused;
}

/** Azure OpenAI in both forms, OpenAI itself, and everything that speaks like it (AZURE §1, §8). */
export class ChatProvider implements VisionProvider {
  readonly #options: ProviderOptions;
  readonly #closing = new AbortController();
  #client: Promise<OpenAI> | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  async describe(request: VisionRequest, { signal, onText }: SendOptions): Promise<ProviderOutcome> {
    const { connection, credential, timeoutMs = defaultTimeoutMs } = this.#options;
    const missing = findMissingPart(this.#options);
    if (missing !== undefined) {
      return { status: 'blocked', code: 'provider-misconfigured', details: { reason: missing } };
    }
    try {
      await credential?.renew?.();
    } catch (error) {
      const { code, details } = toAppError(error).toInfo();
      if (code !== 'entra-sign-in-needed') throw error;
      return { status: 'blocked', code, details };
    }
    const usesResponses = connection.learned.api === 'responses';
    const toBody = usesResponses ? toResponsesBody : toChatCompletionBody;
    const body = toBody(request, connection, { stream: onText !== undefined });
    const client = await (this.#client ??= createClient(this.#options));

    const job = AbortSignal.any([signal, this.#closing.signal]);
    job.throwIfAborted();
    // The client's own limit ends with the headers; this one covers a body that stalls as well (LIBRARIES §3 a).
    const timeout = AbortSignal.timeout(timeoutMs);
    const { host } = new URL(client.baseURL);
    const exchange: Exchange = {
      request: {
        deployment: connection.deployment ?? undefined,
        learned: connection.learned,
        body: { ...body },
        hasResponses: connection.form !== 'dated',
        redact: createRedact(credential?.secret),
        nowMs: Date.now(),
      },
      onText,
      redactRaw: createSecretRedact(credential?.secret),
      toTransportOutcome: (error, raw) =>
        toTransportOutcome(error, { host, canceled: job.aborted, timedOut: timeout.aborted, raw }),
    };

    const post = (): Promise<Response> =>
      client
        .post(usesResponses ? '/responses' : '/chat/completions', {
          body,
          signal: AbortSignal.any([job, timeout]),
        })
        .asResponse();
    let response: Response;
    try {
      response = await post();
      // A token may be withdrawn before it ends. Nothing was charged: another one is worth one more try.
      if (response.status === 401 && (await renewRefused(credential))) {
        await response.body?.cancel();
        response = await post();
      }
    } catch (error) {
      const { APIConnectionError } = await import('openai');
      const isTransport = job.aborted || timeout.aborted || error instanceof APIConnectionError;
      if (!isTransport) throw error;
      return exchange.toTransportOutcome(error, '');
    }
    const outcome = await readOutcome(response, exchange);
    // Of a description of one photo alone: the answer to a question is its text.
    const isOfOne = request.responseSchema !== undefined && request.pictures.length === 1;
    if (outcome.status !== 'answered' || !isOfOne) return outcome;
    return { ...outcome, text: withGrounding(outcome.text, outcome.raw) };
  }

  close(): void {
    this.#closing.abort();
  }
}
