import type { Learned } from '../contract/models/connection.ts';
import { learnFromRefusal, learnResponsesApi } from './adaptation.ts';
import { findBlockedCategory } from './content-filter.ts';
import { parseErrorBody } from './error-body.ts';
import type { ErrorBody } from './error-body.ts';
import type { ProviderOutcome } from './provider.ts';
import { readPauseMs } from './rate-limit.ts';
import type { ResponseHeaders } from './rate-limit.ts';
import type { Redact } from './redact.ts';
import type { JsonObject } from './wire.ts';
import { omitUndefined } from './wire.ts';

/** What `toErrorOutcome` has to know of the request that was refused. */
export type RefusedRequest = {
  readonly deployment: string | undefined;
  readonly learned: Learned;
  /** The body as sent; only the names of its parameters and its response format are read. */
  readonly body: JsonObject;
  /** The address has the Responses API beside chat completions: the dated form does not. */
  readonly hasResponses: boolean;
  readonly redact: Redact;
  readonly nowMs: number;
};

export type ErrorResponse = {
  readonly httpStatus: number;
  readonly headers: ResponseHeaders;
  readonly body: string;
};

export type ErrorOutcome = Extract<
  ProviderOutcome,
  { readonly status: 'rejected' | 'blocked' | 'rate-limited' | 'adapted' | 'unavailable' }
>;

type Verdict =
  | { status: 'rejected'; code: Extract<ErrorOutcome, { status: 'rejected' }>['code']; charged?: boolean }
  | { status: 'blocked'; code: Extract<ErrorOutcome, { status: 'blocked' }>['code']; reason?: string }
  | { status: 'rate-limited' }
  | { status: 'adapted'; learned: Learned }
  | { status: 'unavailable'; charged?: boolean };

/** What an HTTP error means for the queue and the ledger: the rows of AZURE §4, by code first and by text second. */
export function toErrorOutcome(response: ErrorResponse, request: RefusedRequest): ErrorOutcome {
  const error = parseErrorBody(response.body);
  return complete(judge(response.httpStatus, error, request), { response, error, request });
}

/**
 * An error in the middle of a stream, after HTTP 200. The status is taken from the body; the request was accepted, so it
 * may have been charged.
 */
export function toStreamErrorOutcome(
  error: ErrorBody,
  response: ErrorResponse,
  request: RefusedRequest,
): ErrorOutcome {
  const httpStatus =
    error.httpStatus ??
    (error.type === 'invalid_request_error' || error.code === 'content_filter' ? 400 : 500);
  const outcome = complete(judge(httpStatus, error, request), { response, error, request });
  return 'charged' in outcome ? { ...outcome, charged: true } : outcome;
}

function judge(httpStatus: number, error: ErrorBody, request: RefusedRequest): Verdict {
  if (httpStatus >= 300 && httpStatus < 400) {
    return blocked(
      'provider-misconfigured',
      'The endpoint sends us on to another address, and photos are not sent after it.',
    );
  }
  if (error.code === 'insufficient_quota' || httpStatus === 402) return blocked('provider-forbidden');
  const learned = learnResponsesApi(error, request.body, request.learned);
  if (learned !== undefined) {
    return request.hasResponses ? { status: 'adapted', learned } : blocked('provider-misconfigured', wantsV1);
  }
  switch (httpStatus) {
    case 401:
      return blocked('provider-unauthorized');
    case 403:
      return blocked('provider-forbidden');
    case 404:
      return judgeNotFound(error);
    case 405:
      return blocked('provider-not-found');
    case 407:
      return blocked('provider-misconfigured', 'The proxy on the way asks for a name and a password.');
    case 408:
      return { status: 'unavailable', charged: true };
    case 413:
      return { status: 'rejected', code: 'provider-request-too-large' };
    case 429:
      return { status: 'rate-limited' };
    case 431:
      return blocked(
        'provider-misconfigured',
        'The headers are too large for the service: is the key really a key?',
      );
    case 409:
    case 425:
      return { status: 'unavailable' };
    default:
      if (httpStatus < 500) return judgeBadRequest(error, request);
      // llama.cpp without its projector calls that a mistake of its own.
      return visionTexts.test(error.message ?? '')
        ? blocked('provider-no-vision')
        : { status: 'unavailable' };
  }
}

const wantsV1 =
  'This model is served by the Responses API alone: give the endpoint without an API version, which is the v1 form.';

const blocked = (code: Extract<Verdict, { status: 'blocked' }>['code'], reason?: string): Verdict =>
  reason === undefined ? { status: 'blocked', code } : { status: 'blocked', code, reason };

/** Azure's `DeploymentNotFound`, OpenAI's `model_not_found`, Ollama's `model "x" not found`; anything else is a wrong path. */
function judgeNotFound(error: ErrorBody): Verdict {
  const isDeployment =
    error.code === 'deploymentnotfound' ||
    error.code === 'model_not_found' ||
    /\bmodel\b/i.test(error.message ?? '');
  return blocked(isDeployment ? 'provider-deployment-not-found' : 'provider-not-found');
}

/** `ResponseErrorCode` of AZURE §4, and what older versions say. */
const imageCodes = new Set([
  'invalid_image',
  'invalid_image_format',
  'invalid_base64_image',
  'invalid_image_url',
  'image_too_large',
  'image_too_small',
  'image_parse_error',
  'invalid_image_mode',
  'image_file_too_large',
  'unsupported_image_media_type',
  'empty_image_file',
  'failed_to_download_image',
  'image_file_not_found',
  'sanitizer_server_error',
]);
const filterCodes = new Set([
  'content_filter',
  'image_content_policy_violation',
  'invalid_prompt',
  'responsibleaipolicyviolation',
]);

const imageTexts =
  /invalid image|unsupported image|unable to process input image|while downloading|image url|image_url|data url|base64|failed to (load|decode|process)[^.]*image/i;
/** It sees pictures, but has not what the retired route adds to them (AZURE §4). */
const enhancementTexts = /vision enhancement/i;
const visionTexts =
  /image_url is only supported by certain models|does(n't| not) support (vision|images?\b)|(image|vision)s?( input)?s? (is|are) not supported|not a (multimodal|vision) model|mmproj|at most 0 image/i;
const tooManyImagesTexts = /too many images|maximum number of images|at most \d+ image/i;
const contextTexts =
  /maximum context length|context (length|window|size)|context the overflows|too many tokens/i;

function judgeBadRequest(error: ErrorBody, request: RefusedRequest): Verdict {
  const message = error.message ?? '';
  // A page is a proxy's answer and says nothing of this photo: the next photo would get it as well.
  if (error.from === 'page') return blocked('provider-misconfigured');
  if (filterCodes.has(error.code ?? '') || error.contentFilter !== undefined) {
    return { status: 'rejected', code: 'content-filtered', charged: true };
  }
  if (error.code === 'invalidcontentfilterpolicy') return blocked('provider-misconfigured');
  if (imageCodes.has(error.code ?? '')) return { status: 'rejected', code: 'provider-image-refused' };
  if (enhancementTexts.test(message)) return blocked('provider-misconfigured');
  if (visionTexts.test(message)) return blocked('provider-no-vision');
  if (
    error.code === 'context_length_exceeded' ||
    contextTexts.test(message) ||
    tooManyImagesTexts.test(message)
  ) {
    return { status: 'rejected', code: 'provider-request-too-large' };
  }
  const learned = learnFromRefusal(error, request.body, request.learned);
  if (learned !== undefined) return { status: 'adapted', learned };
  if (imageTexts.test(message)) return { status: 'rejected', code: 'provider-image-refused' };
  // What is wrong with the deployment or the version is wrong for every photo.
  if (error.code === 'operationnotsupported' || /api[ -]version/i.test(message)) {
    return blocked('provider-misconfigured');
  }
  return { status: 'rejected', code: 'provider-bad-request' };
}

/** An error's body is kept for a person to look at, but not by the megabyte. */
const keptErrorChars = 100_000;

/** Puts beside the verdict what a person and the ledger need. Nothing in it may hold a secret. */
function complete(
  verdict: Verdict,
  context: { response: ErrorResponse; error: ErrorBody; request: RefusedRequest },
): ErrorOutcome {
  const { response, error, request } = context;
  const sent = omitUndefined({
    httpStatus: response.httpStatus,
    serviceRequestId: readServiceRequestId(response.headers),
    raw: response.body === '' ? undefined : request.redact(response.body.slice(0, keptErrorChars)),
  });
  const details = omitUndefined({
    httpStatus: response.httpStatus,
    serviceCode: error.code === undefined ? undefined : request.redact(error.code),
    reason: error.message === undefined ? undefined : shorten(request.redact(error.message)),
  });
  const pauseMs = readPauseMs(response.headers, error.message, request.nowMs);
  switch (verdict.status) {
    case 'rejected':
      return {
        ...sent,
        status: verdict.status,
        code: verdict.code,
        charged: verdict.charged ?? false,
        details: omitUndefined({ ...details, category: findBlockedCategory(error.contentFilter) }),
        ...omitUndefined({ contentFilter: error.contentFilter }),
      };
    case 'blocked':
      return {
        ...sent,
        status: verdict.status,
        code: verdict.code,
        details: omitUndefined({
          ...details,
          deployment: request.deployment,
          reason: verdict.reason ?? details.reason,
        }),
      };
    case 'rate-limited':
      return {
        ...sent,
        status: verdict.status,
        details: omitUndefined({ ...details, pauseMs }),
        ...omitUndefined({ pauseMs }),
      };
    case 'adapted':
      return { ...sent, status: verdict.status, details, learned: verdict.learned };
    case 'unavailable':
      return {
        ...sent,
        status: verdict.status,
        details,
        charged: verdict.charged ?? false,
        ...omitUndefined({ pauseMs }),
      };
  }
}

/** A person reads the first sentences; the rest is in `raw`. */
const shorten = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 299)}…`);

/** The id that a service's support asks for (AZURE §1.2). */
export function readServiceRequestId(headers: ResponseHeaders): string | undefined {
  return headers.get('apim-request-id') ?? headers.get('x-request-id') ?? undefined;
}
