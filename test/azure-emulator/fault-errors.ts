import type { Fault, ErrorFaultName } from './faults.ts';
import { safePrompt } from './completion.ts';
import {
  accessDenied,
  brokenBase64,
  brokenImage,
  contextTooLong,
  deploymentNotFound,
  gatewayError,
  modelError,
  noVision,
  resourceNotFound,
  unsupportedImage,
  unsupportedParameter,
  type ErrorAnswer,
} from './errors.ts';
import { throttleText, type RateLimitHeaders } from './rate-limit.ts';

export type ErrorFaultContext = {
  readonly apiVersion: string | undefined;
  readonly promptTokens: number;
  readonly contextTokens: number;
  readonly rateLimitHeaders: RateLimitHeaders;
};

/** The answer of an error fault, in the words that AZURE §3 and §4 quote. */
export function faultError(name: ErrorFaultName, fault: Fault, context: ErrorFaultContext): ErrorAnswer {
  if (name.startsWith('rate-limited-')) return throttled(name, fault, context);
  if (name === 'content-filtered-prompt') return filteredPrompt(fault.category ?? 'sexual');
  if (name === 'context-length-exceeded') {
    return contextTooLong(context.contextTokens, context.promptTokens + context.contextTokens, 0);
  }
  if (name === 'unsupported-parameter') {
    const parameter = fault.parameter ?? 'temperature';
    return unsupportedParameter(parameter, parameter === 'max_tokens' ? 'max_completion_tokens' : undefined);
  }
  const answer = fixedAnswers[name];
  if (answer === undefined) throw new Error(`No answer for the fault ${name}`);
  return { ...answer, headers: { ...answer.headers, ...retryHeaders(fault) } };
}

/** 408 and a filtered prompt cost; no other error does (AZURE §2.4). */
export function isChargedError(name: ErrorFaultName): boolean {
  return name === 'timeout' || name === 'content-filtered-prompt';
}

function throttled(name: ErrorFaultName, fault: Fault, context: ErrorFaultContext): ErrorAnswer {
  const { apiVersion, rateLimitHeaders } = context;
  const ms = fault.retryAfterMs ?? 1000;
  const seconds = Math.ceil(ms / 1000);
  const tokenText = throttleText('token rate limit', apiVersion, seconds);
  const used = {
    ...rateLimitHeaders,
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-remaining-tokens': '0',
  };
  const bareText = 'Requests have exceeded token rate limit of your current AIServices S0 pricing tier.';
  switch (name) {
    case 'rate-limited-ms':
      return tooMany(tokenText, { ...used, 'retry-after-ms': String(ms) });
    case 'rate-limited-seconds':
      return tooMany(tokenText, { ...used, 'retry-after': String(seconds) });
    case 'rate-limited-date':
      return tooMany(bareText, { ...used, 'retry-after': new Date(Date.now() + ms).toUTCString() });
    case 'rate-limited-day':
      return tooMany(throttleText('token rate limit', apiVersion, 86_400), {
        ...used,
        'retry-after': '86400',
      });
    case 'rate-limited-text':
      return tooMany(tokenText, {});
    case 'rate-limited-calls':
      return tooMany(throttleText('call rate limit', apiVersion, seconds), {
        ...used,
        'retry-after-ms': String(ms),
        'retry-after': String(seconds),
      });
    case 'rate-limited-capacity':
      return tooMany('System is experiencing high demand', { 'x-ratelimit-remaining-requests': '-1' });
    default:
      return tooMany(bareText, {});
  }
}

function tooMany(text: string, headers: Readonly<Record<string, string>>): ErrorAnswer {
  return gatewayError(429, '429', text, headers);
}

function filteredPrompt(category: NonNullable<Fault['category']>): ErrorAnswer {
  const message =
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766";
  const content_filter_result = { ...safePrompt, [category]: { filtered: true, severity: 'medium' } };
  const innererror = { code: 'ResponsibleAIPolicyViolation', content_filter_result };
  return {
    httpStatus: 400,
    body: {
      error: { message, type: null, param: 'prompt', code: 'content_filter', status: 400, innererror },
    },
  };
}

function retryHeaders({ retryAfterMs }: Fault): Record<string, string> {
  return retryAfterMs === undefined ? {} : { 'retry-after-ms': String(retryAfterMs) };
}

const serverError = {
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
  param: null,
  code: null,
};

const fixedAnswers: Readonly<Partial<Record<ErrorFaultName, ErrorAnswer>>> = {
  unauthorized: accessDenied,
  'forbidden-network': gatewayError(403, '403', 'Access denied due to Virtual Network/Firewall rules.'),
  'forbidden-role': gatewayError(
    403,
    'PermissionDenied',
    'The principal lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation.',
  ),
  'forbidden-abuse': gatewayError(
    403,
    'Forbidden',
    'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.',
  ),
  'deployment-not-found': deploymentNotFound,
  'resource-not-found': resourceNotFound,
  timeout: gatewayError(408, 'Timeout', 'The operation was timeout.'),
  'payload-too-large': gatewayError(413, '413', 'Request payload is too large.'),
  'headers-too-large': { httpStatus: 431, body: '' },
  'server-error': { httpStatus: 500, body: { error: serverError } },
  'bad-gateway-html': {
    httpStatus: 502,
    body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
  },
  unavailable: gatewayError(
    503,
    'ServiceUnavailable',
    'The service is temporarily unable to process your request. Please try again later.',
  ),
  'gateway-timeout': gatewayError(504, 'GatewayTimeout', 'The gateway did not receive a response in time.'),
  'image-broken-base64': brokenBase64,
  'image-invalid-data': modelError('Invalid image data.', {}),
  'image-invalid': modelError('Invalid image.', {}),
  'image-unsupported': unsupportedImage,
  'image-broken': brokenImage,
  'image-timeout': modelError('Timeout while downloading https://example.com/photo.jpg.', {
    param: 'url',
    code: 'invalid_value',
  }),
  'image-domain': modelError("Image URL domain 'upload.wikimedia.org' is not allowed.", {}),
  'no-vision': noVision(1, 1),
};
