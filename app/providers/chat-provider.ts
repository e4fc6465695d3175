import type { OpenAI } from 'openai';
import { createClient, findMissingPart } from './client.ts';
import { enhancedPath, enhancedVersion, isEnhanced, toEnhancedBody } from './enhanced-body.ts';
import { withGrounding } from './enhancements.ts';
import { readOutcome } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type {
  ProviderOptions,
  ProviderOutcome,
  SendOptions,
  VisionProvider,
  VisionRequest,
} from './provider.ts';
import { createRedact, createSecretRedact } from './redact.ts';
import { toChatCompletionBody } from './request-body.ts';
import { toResponsesBody } from './responses-body.ts';
import { freshen, sendSignedIn } from './signed-in.ts';
import { toTransportOutcome } from './transport.ts';

const defaultTimeoutMs = 180_000;

const noVisionResource: ProviderOutcome = {
  status: 'blocked',
  code: 'provider-misconfigured',
  details: {
    reason:
      'Its enhancements need the key of an Azure AI Vision resource: give that connection its key, or take the enhancements away.',
  },
};

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
    const signedOut = await freshen(credential);
    if (signedOut !== undefined) return signedOut;
    const { vision } = this.#options;
    const stream = onText !== undefined;
    const wanted = isEnhanced(connection, request, { stream });
    if (wanted && vision === undefined) return noVisionResource;
    const enhanced = wanted && vision !== undefined ? toEnhancedBody(request, connection, vision) : undefined;
    const usesResponses = connection.learned.api === 'responses' && enhanced === undefined;
    const toBody = usesResponses ? toResponsesBody : toChatCompletionBody;
    const body = enhanced ?? toBody(request, connection, { stream });
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
        redact: createRedact(credential?.secret, vision?.key),
        nowMs: Date.now(),
      },
      onText,
      redactRaw: createSecretRedact(credential?.secret, vision?.key),
      toTransportOutcome: (error, raw) =>
        toTransportOutcome(error, { host, canceled: job.aborted, timedOut: timeout.aborted, raw }),
    };

    const post = (): Promise<Response> =>
      client
        .post(enhanced === undefined ? (usesResponses ? '/responses' : '/chat/completions') : enhancedPath, {
          body,
          ...(enhanced !== undefined && { query: { 'api-version': enhancedVersion } }),
          signal: AbortSignal.any([job, timeout]),
        })
        .asResponse();
    let response: Response;
    try {
      response = await sendSignedIn(credential, post);
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
