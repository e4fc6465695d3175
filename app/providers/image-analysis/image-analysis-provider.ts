import type { VisionFeature } from '../../contract/models/usage.ts';
import { findMissingPart } from '../client.ts';
import type {
  Picture,
  ProviderOptions,
  ProviderOutcome,
  SendOptions,
  VisionProvider,
  VisionRequest,
} from '../provider.ts';
import { createRedact, createSecretRedact } from '../redact.ts';
import { readServiceRequestId } from '../errors.ts';
import { readBody } from '../response-body.ts';
import { freshen, sendSignedIn } from '../signed-in.ts';
import { toTransportOutcome, type TransportContext } from '../transport.ts';
import { objectOf, omitUndefined, parseJson, textOf } from '../wire.ts';
import { analysisLanguage, analysisUrl } from './address.ts';
import { toDescription } from './description.ts';
import { toRefusal } from './refusal.ts';

const defaultTimeoutMs = 60_000;

/** The service's own limits (AZURE §5.2). */
const mostBytes = 20 * 1024 * 1024;
const isTooNarrow = (px: number): boolean => px <= 50;
const isTooLarge = (px: number): boolean => px >= 16_000;

/**
 * Image Analysis 4.0 of Azure AI Vision: no model that is told what to write, but a service that is asked for features and
 * counts them. What it gives is put into the same words as a model's answer, so that everything behind it is the same.
 */
export class ImageAnalysisProvider implements VisionProvider {
  readonly #options: ProviderOptions;
  readonly #closing = new AbortController();

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  async describe(request: VisionRequest, { signal, onText }: SendOptions): Promise<ProviderOutcome> {
    const { connection, timeoutMs = defaultTimeoutMs } = this.#options;
    const missing = findMissingPart(this.#options);
    if (missing !== undefined) return misconfigured(missing);
    const unsupported = connection.learned.unsupportedFeatures ?? [];
    const features = (request.features ?? []).filter((feature) => !unsupported.includes(feature));
    if (features.length === 0) {
      return misconfigured(
        'Nothing that it can say in its region was asked for: captions are written in some regions only.',
      );
    }
    const [picture] = request.pictures;
    if (picture === undefined) return misconfigured('It answers no questions: it describes pictures alone.');
    const unfit = whyUnfit(picture);
    if (unfit !== undefined) {
      const details = { reason: unfit };
      return { status: 'rejected', code: 'provider-image-refused', charged: false, details };
    }
    const signedOut = await freshen(this.#options.credential);
    if (signedOut !== undefined) return signedOut;
    const job = AbortSignal.any([signal, this.#closing.signal]);
    job.throwIfAborted();
    const outcome = await this.#exchange(
      { features, language: analysisLanguage(features, request.language), picture },
      { job, timeout: AbortSignal.timeout(timeoutMs) },
    );
    if (outcome.status === 'answered') onText?.(outcome.text);
    return outcome;
  }

  close(): void {
    this.#closing.abort();
  }

  async #exchange(
    asked: { features: readonly VisionFeature[]; language: string; picture: Picture },
    { job, timeout }: { readonly job: AbortSignal; readonly timeout: AbortSignal },
  ): Promise<ProviderOutcome> {
    const { connection, credential } = this.#options;
    const { features, language, picture } = asked;
    const url = analysisUrl(connection.endpoint ?? '', features, language);
    const end = (error: unknown, raw = ''): ProviderOutcome => {
      const context: TransportContext = {
        host: url.host,
        canceled: job.aborted,
        timedOut: timeout.aborted,
        raw,
      };
      return toTransportOutcome(error, context);
    };
    const post = (): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': picture.address === undefined ? 'application/octet-stream' : 'application/json',
          'User-Agent': 'Cutline',
          ...(credential?.kind === 'bearer'
            ? { Authorization: `Bearer ${credential.secret}` }
            : { 'Ocp-Apim-Subscription-Key': credential?.secret ?? '' }),
        },
        body:
          picture.address === undefined
            ? new Uint8Array(picture.bytes)
            : JSON.stringify({ url: picture.address }),
        // Neither photo nor key may follow to another host.
        redirect: 'manual',
        signal: AbortSignal.any([job, timeout]),
      });
    let response: Response;
    try {
      response = await sendSignedIn(credential, post);
    } catch (error) {
      return end(error);
    }
    const body = await readBody(response.body);
    const { status: httpStatus, headers } = response;
    if (httpStatus !== 200) {
      return toRefusal(
        { httpStatus, headers, body: body.text },
        {
          features,
          learned: connection.learned,
          redact: createRedact(credential?.secret),
          nowMs: Date.now(),
        },
      );
    }
    if (body.end.kind === 'broken') return end(body.end.error, body.text);
    const raw = createSecretRedact(credential?.secret)(body.text);
    const serviceRequestId = readServiceRequestId(headers);
    const result = objectOf(parseJson(body.text));
    const said = result && toDescription(result);
    if (result === undefined || said === undefined) {
      const details = { httpStatus, reason: 'It is no analysis of a picture.' };
      return { status: 'unintelligible', httpStatus, raw: raw.slice(0, 100_000), details };
    }
    const version = textOf(result['modelVersion']);
    return {
      status: 'answered',
      text: JSON.stringify(said),
      finishReason: 'stop',
      usage: { inputTokens: 0, outputTokens: 0, features: [...features] },
      raw,
      ...omitUndefined({
        modelAnswered: version === undefined ? undefined : `image-analysis-${version}`,
        serviceRequestId,
      }),
    };
  }
}

function misconfigured(reason: string): ProviderOutcome {
  return { status: 'blocked', code: 'provider-misconfigured', details: { reason } };
}

/** Why the service would refuse it: found out before it is sent. */
function whyUnfit({ widthPx, heightPx, bytes }: Picture): string | undefined {
  if (isTooNarrow(widthPx) || isTooNarrow(heightPx)) {
    return `Image Analysis takes pictures of more than 50 pixels on each side; this one has ${widthPx} × ${heightPx}.`;
  }
  if (isTooLarge(widthPx) || isTooLarge(heightPx)) {
    return `Image Analysis takes pictures of less than 16,000 pixels on each side; this one has ${widthPx} × ${heightPx}.`;
  }
  return bytes.byteLength >= mostBytes ? 'Image Analysis takes pictures of less than 20 MB.' : undefined;
}
