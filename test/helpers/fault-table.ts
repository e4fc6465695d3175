import type { ErrorCode } from '../../app/contract/errors.ts';
import type { QuotedAnswer } from '../azure-emulator/faults.ts';

/**
 * The errors of AZURE §3, §4 and §8 line by line, in their own words, each with what has to become of it. To be read beside
 * the document; the tests and the long proof play every line through the whole engine.
 */
export type FaultLine = QuotedAnswer & {
  /** The section, and its words for the line. */
  readonly line: string;
  /**
   * `final`: this photo's end, kept and said. `blocked`: the queue waits for a person. `rests`: it waits by itself, and that is
   * nobody's failed attempt. `again`: one attempt, then another. `adapted`: at once, without what was refused.
   */
  readonly end: 'final' | 'blocked' | 'rests' | 'again' | 'adapted';
  readonly code: ErrorCode;
};

/** The gateway's envelope. */
function gateway(code: string, message: string): { readonly error: object } {
  return { error: { code, message } };
}

/** The model service's envelope. */
function service(message: string, more: object = {}): { readonly error: object } {
  return { error: { message, type: 'invalid_request_error', param: null, code: null, ...more } };
}

const filtered = {
  message:
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
  type: null,
  param: 'prompt',
  code: 'content_filter',
  status: 400,
};
const isSexual = { sexual: { filtered: true, severity: 'medium' } };

const contentFilter: readonly FaultLine[] = [
  {
    line: '§3 prompt (incl. image) blocked',
    httpStatus: 400,
    body: {
      error: {
        ...filtered,
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: isSexual },
      },
    },
    end: 'final',
    code: 'content-filtered',
    booking: 'estimate',
  },
  {
    line: '§3 the same with the plural key, and self-harm with a hyphen',
    httpStatus: 400,
    body: {
      error: {
        ...filtered,
        innererror: { content_filter_results: { 'self-harm': { filtered: true, severity: 'high' } } },
      },
    },
    end: 'final',
    code: 'content-filtered',
    booking: 'estimate',
  },
  {
    line: '§3 InvalidContentFilterPolicy',
    httpStatus: 400,
    body: gateway(
      'InvalidContentFilterPolicy',
      'Your request contains invalid content filter policy. Please provide a valid policy.',
    ),
    end: 'blocked',
    code: 'provider-misconfigured',
  },
  {
    line: '§3 invalid_prompt',
    httpStatus: 400,
    body: service('Invalid prompt: your prompt was flagged.', { code: 'invalid_prompt' }),
    end: 'final',
    code: 'content-filtered',
    booking: 'estimate',
  },
  {
    line: '§3 abuse block',
    httpStatus: 403,
    body: gateway(
      'Forbidden',
      'Your resource has been temporarily blocked because we detected behavior that may violate our content policy…',
    ),
    end: 'blocked',
    code: 'provider-forbidden',
  },
];

const statuses: readonly FaultLine[] = [
  {
    line: '§4 400 unsupported_parameter',
    httpStatus: 400,
    body: service(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { param: 'max_tokens', code: 'unsupported_parameter' },
    ),
    end: 'adapted',
    code: 'provider-bad-request',
  },
  {
    line: '§4 400 unsupported_value',
    httpStatus: 400,
    body: service(
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      { param: 'temperature', code: 'unsupported_value' },
    ),
    end: 'adapted',
    code: 'provider-bad-request',
  },
  {
    line: '§4 400 context_length_exceeded',
    httpStatus: 400,
    body: service("This model's maximum context length is 128000 tokens.", {
      code: 'context_length_exceeded',
    }),
    end: 'final',
    code: 'provider-request-too-large',
  },
  {
    line: '§4 401 Access denied',
    httpStatus: 401,
    body: gateway(
      '401',
      'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    ),
    end: 'blocked',
    code: 'provider-unauthorized',
  },
  {
    line: '§4 403 network rule',
    httpStatus: 403,
    body: gateway('403', 'Access denied due to Virtual Network/Firewall rules.'),
    end: 'blocked',
    code: 'provider-forbidden',
  },
  {
    line: '§4 403 missing role',
    httpStatus: 403,
    body: gateway('PermissionDenied', 'The principal lacks the required data action.'),
    end: 'blocked',
    code: 'provider-forbidden',
  },
  {
    line: '§4 404 DeploymentNotFound',
    httpStatus: 404,
    body: gateway(
      'DeploymentNotFound',
      'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
    ),
    end: 'blocked',
    code: 'provider-deployment-not-found',
  },
  {
    line: '§4 404 Resource not found',
    httpStatus: 404,
    body: gateway('404', 'Resource not found'),
    end: 'blocked',
    code: 'provider-not-found',
  },
  {
    line: '§4 408 timeout (charged)',
    httpStatus: 408,
    body: gateway('Timeout', 'The operation was timeout.'),
    end: 'again',
    code: 'provider-unavailable',
    booking: 'estimate',
  },
  {
    line: '§4 413 payload too large',
    httpStatus: 413,
    body: '',
    end: 'final',
    code: 'provider-request-too-large',
  },
  {
    line: '§4 431 headers too large',
    httpStatus: 431,
    body: '',
    end: 'blocked',
    code: 'provider-misconfigured',
  },
  {
    line: '§4 500 transient',
    httpStatus: 500,
    body: {
      error: { message: 'The server had an error while processing your request.', type: 'server_error' },
    },
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§4 500 model generated invalid Unicode output',
    httpStatus: 500,
    body: service('The model generated invalid Unicode output.', { type: 'server_error' }),
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§4 502, a proxy’s page',
    httpStatus: 502,
    body: '<html><head><title>502 Bad Gateway</title></head></html>',
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§4 503 transient',
    httpStatus: 503,
    body: gateway('ServiceUnavailable', 'The service is temporarily unable to process your request.'),
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§4 504, an empty body',
    httpStatus: 504,
    body: '',
    end: 'again',
    code: 'provider-unavailable',
  },
];

const throttled = (line: string, message: string, headers: Readonly<Record<string, string>>): FaultLine => ({
  line: `§4 429 ${line}`,
  httpStatus: 429,
  body: gateway('429', message),
  headers,
  end: 'rests',
  code: 'provider-rate-limited',
});

const rateLimits: readonly FaultLine[] = [
  throttled(
    'token rate limit, retry-after-ms',
    'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-08-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 27 seconds.',
    { 'retry-after-ms': '20', 'retry-after': '27' },
  ),
  throttled(
    'call rate limit, all headers',
    'Requests to the ChatCompletions_Create Operation have exceeded call rate limit of your current AIServices S0 pricing tier.',
    {
      'retry-after-ms': '20',
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1',
      'x-ratelimit-limit-tokens': '10000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1',
    },
  ),
  throttled(
    'of December 2025, by its text alone',
    'Your requests to gpt-4.1-nano for gpt-4.1-nano in Sweden Central have exceeded the token rate limit for your current AIServices S0 pricing tier. This request was for ChatCompletions_Create under Azure OpenAI API version 2023-05-15. Please retry after 1 seconds.',
    {},
  ),
  throttled('capacity', 'System is experiencing high demand', {}),
  throttled('capacity, the other words', 'The service is temporarily unable to process your request', {}),
  throttled('retry-after in seconds', 'Too many requests.', { 'retry-after': '1' }),
];

const image = (text: string, more: object = {}, code: ErrorCode = 'provider-image-refused'): FaultLine => ({
  line: `§4 image: ${text.slice(0, 72)}`,
  httpStatus: 400,
  body: service(text, more),
  end: 'final',
  code,
});

const imageErrors: readonly FaultLine[] = [
  {
    ...image('Invalid content type. image_url is only supported by certain models.', {
      param: 'messages.[1].content.[1].type',
    }),
    end: 'blocked',
    code: 'provider-no-vision',
  },
  image('Too many images in request. Max is 10.', {}, 'provider-request-too-large'),
  image(
    'Exceeded maximum number of images (50) allowed in the request.',
    { param: 'input' },
    'provider-request-too-large',
  ),
  image('Invalid Image (base64) data'),
  image('Invalid image data.'),
  image('Invalid image.'),
  image(
    "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    { code: 'sanitizer_server_error' },
  ),
  image('You uploaded an unsupported image. Please make sure your image is valid.', {
    code: 'invalid_image_format',
  }),
  image('Timeout while downloading https://example.com/photo.jpg.', { param: 'url', code: 'invalid_value' }),
  image('Timeout while downloading it.', { code: 'invalid_image_url' }),
  image("Image URL domain 'upload.wikimedia.org' is not allowed."),
  image(
    "Invalid 'input[101].content[1].image_url'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got empty base64-encoded bytes.",
    { code: 'invalid_value' },
  ),
];

/** The image codes of the Responses enum; their texts are not documented, so there is none. */
const imageCodes: readonly FaultLine[] = [
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
].map((code) => ({ ...image('…', { code }), line: `§4 code ${code}` }));

const flaggedImage: FaultLine = {
  ...image('…', { code: 'image_content_policy_violation' }, 'content-filtered'),
  line: '§4 code image_content_policy_violation',
  booking: 'estimate',
};

const homeServers: readonly FaultLine[] = [
  { ...image('invalid image input'), line: '§8 Ollama: bad prefix or base64' },
  {
    line: '§8 Ollama: native error, only text',
    httpStatus: 500,
    body: { error: 'model runner has unexpectedly stopped' },
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§8 Ollama: queue full',
    httpStatus: 503,
    body: service('server busy, please try again.  maximum pending requests exceeded'),
    end: 'again',
    code: 'provider-unavailable',
  },
  {
    line: '§8 LM Studio: error is a string',
    httpStatus: 400,
    body: { error: "'url' field must be a base64 encoded image." },
    end: 'final',
    code: 'provider-image-refused',
  },
  {
    line: '§8 vLLM: no envelope',
    httpStatus: 400,
    body: {
      object: 'error',
      message: 'At most 5 image(s) may be provided in one request.',
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    end: 'final',
    code: 'provider-request-too-large',
  },
];

export const faultTable: readonly FaultLine[] = [
  ...contentFilter,
  ...statuses,
  ...rateLimits,
  ...imageErrors,
  ...imageCodes,
  flaggedImage,
  ...homeServers,
];

export function linesThat(end: FaultLine['end']): readonly FaultLine[] {
  return faultTable.filter((row) => row.end === end);
}
