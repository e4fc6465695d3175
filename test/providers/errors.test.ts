import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toErrorOutcome } from '../../app/providers/errors.ts';
import type { ErrorOutcome, RefusedRequest } from '../../app/providers/errors.ts';
import { createRedact } from '../../app/providers/redact.ts';
import { textWith } from './matchers.ts';
import { readFixture } from './replay-server.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const secret = 'k3y-of-the-test-0123456789';
const body = {
  model: 'my-gpt41',
  messages: [],
  max_tokens: 300,
  temperature: 0.2,
  response_format: { type: 'json_schema' },
};

function judge(
  httpStatus: number,
  error: unknown,
  options: { headers?: Record<string, string>; request?: Partial<RefusedRequest> } = {},
): ErrorOutcome {
  return toErrorOutcome(
    {
      httpStatus,
      headers: new Headers(options.headers),
      body: typeof error === 'string' ? error : JSON.stringify(error),
    },
    {
      deployment: 'my-gpt41',
      learned: {},
      body,
      hasResponses: true,
      redact: createRedact(secret),
      nowMs,
      ...options.request,
    },
  );
}

/** The gateway's envelope, and the model service's. */
const gateway = (code: string, message: string) => ({ error: { code, message } });
const service = (message: string, rest: object = {}) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...rest },
});

describe('toErrorOutcome › rows of AZURE §4', () => {
  const denied =
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.';
  const noDeployment =
    'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.';
  const blockedForAbuse =
    'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.';
  it.each<[string, number, unknown, Partial<ErrorOutcome>]>([
    ['key refused', 401, gateway('401', denied), { status: 'blocked', code: 'provider-unauthorized' }],
    [
      'network rule',
      403,
      gateway('403', 'Access denied due to Virtual Network/Firewall rules.'),
      { status: 'blocked', code: 'provider-forbidden' },
    ],
    [
      'abuse block',
      403,
      gateway('Forbidden', blockedForAbuse),
      { status: 'blocked', code: 'provider-forbidden' },
    ],
    [
      'deployment unknown',
      404,
      gateway('DeploymentNotFound', noDeployment),
      { status: 'blocked', code: 'provider-deployment-not-found' },
    ],
    [
      'model unknown to OpenAI',
      404,
      service('The model `gpt-9` does not exist', { code: 'model_not_found' }),
      { status: 'blocked', code: 'provider-deployment-not-found' },
    ],
    [
      'model unknown to Ollama',
      404,
      service('model "llava" not found, try pulling it first', { type: 'not_found_error' }),
      { status: 'blocked', code: 'provider-deployment-not-found' },
    ],
    [
      'path or version unknown',
      404,
      gateway('404', 'Resource not found'),
      { status: 'blocked', code: 'provider-not-found' },
    ],
    [
      'path unknown to a proxy',
      404,
      '<html><title>404 Not Found</title></html>',
      { status: 'blocked', code: 'provider-not-found' },
    ],
    [
      'timeout at the service',
      408,
      gateway('Timeout', 'The operation was timeout.'),
      { status: 'unavailable', charged: true },
    ],
    ['conflict', 409, '', { status: 'unavailable', charged: false }],
    [
      'payload too large',
      413,
      '',
      { status: 'rejected', code: 'provider-request-too-large', charged: false },
    ],
    ['headers too large', 431, '', { status: 'blocked', code: 'provider-misconfigured' }],
    [
      'quota of OpenAI used up',
      429,
      service('You exceeded your current quota', { code: 'insufficient_quota' }),
      { status: 'blocked', code: 'provider-forbidden' },
    ],
    [
      'server error',
      500,
      gateway('InternalServerError', 'Internal server error'),
      { status: 'unavailable', charged: false },
    ],
    [
      'bad gateway with a page',
      502,
      '<html><head><title>502 Bad Gateway</title></head></html>',
      { status: 'unavailable', charged: false },
    ],
    [
      'queue of Ollama full',
      503,
      service('server busy, please try again'),
      { status: 'unavailable', charged: false },
    ],
    ['gateway timeout, empty', 504, '', { status: 'unavailable', charged: false }],
    [
      'context too long, by code',
      400,
      service('…', { code: 'context_length_exceeded' }),
      { status: 'rejected', code: 'provider-request-too-large', charged: false },
    ],
    [
      'context too long, by text',
      400,
      service("This model's maximum context length is 4096 tokens."),
      { status: 'rejected', code: 'provider-request-too-large', charged: false },
    ],
    [
      'too many images',
      400,
      service('Too many images in request. Max is 10.'),
      { status: 'rejected', code: 'provider-request-too-large' },
    ],
    [
      'too many images at vLLM',
      400,
      {
        object: 'error',
        message: 'At most 5 image(s) may be provided in one request.',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      { status: 'rejected', code: 'provider-request-too-large' },
    ],
    [
      'filter policy unknown',
      400,
      gateway('InvalidContentFilterPolicy', 'Your request contains invalid content filter policy.'),
      { status: 'blocked', code: 'provider-misconfigured' },
    ],
    [
      'prompt flagged',
      400,
      service('Invalid prompt: …', { code: 'invalid_prompt' }),
      { status: 'rejected', code: 'content-filtered' },
    ],
    [
      'picture flagged',
      400,
      service('…', { code: 'image_content_policy_violation' }),
      { status: 'rejected', code: 'content-filtered' },
    ],
    [
      'version too old',
      400,
      gateway('BadRequest', 'API version not supported'),
      { status: 'blocked', code: 'provider-misconfigured' },
    ],
    [
      'proxy page on 400',
      400,
      '<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
      { status: 'blocked', code: 'provider-misconfigured' },
    ],
    ['redirect', 307, '', { status: 'blocked', code: 'provider-misconfigured' }],
    [
      'anything else',
      400,
      service('Something is wrong.'),
      { status: 'rejected', code: 'provider-bad-request', charged: false },
    ],
    [
      'a validation error of FastAPI',
      422,
      { detail: [{ loc: ['body'], msg: 'Field required' }] },
      { status: 'rejected', code: 'provider-bad-request', charged: false },
    ],
  ])('%s (%i)', (_, httpStatus, error, expected) => {
    expect(judge(httpStatus, error)).toMatchObject({ httpStatus, ...expected });
  });

  it('books a blocked prompt as charged and names the category', () => {
    const error = readFixture('content-filter-400.json');
    expect(judge(400, error)).toMatchObject({
      status: 'rejected',
      code: 'content-filtered',
      charged: true,
      details: { category: 'sexual/medium' },
      contentFilter: {
        sexual: { filtered: true, severity: 'medium' },
        violence: { filtered: false, severity: 'safe' },
      },
      raw: textWith('ResponsibleAIPolicyViolation'),
    });
  });

  it('takes the plural and the hyphen of the documents too', () => {
    const results = { 'self-harm': { filtered: true, severity: 'high' } };
    const error = service('…', { code: 'content_filter', innererror: { content_filter_results: results } });
    expect(judge(400, error).details).toMatchObject({ category: 'self-harm/high' });
  });
});

describe('toErrorOutcome › image errors', () => {
  it.each([
    'Invalid Image (base64) data',
    'Invalid image data.',
    'Invalid image.',
    "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    'You uploaded an unsupported image. Please make sure your image is valid.',
    'Timeout while downloading https://example.org/a.jpg.',
    "Image URL domain 'upload.wikimedia.org' is not allowed.",
    "Invalid 'input[101].content[1].image_url'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1n'), but got empty base64-encoded bytes.",
    'image URLs are not currently supported, please use base64 encoded data instead',
    'invalid image input',
  ])('is final for the photo: %s', (message) => {
    expect(judge(400, service(message))).toMatchObject({
      status: 'rejected',
      code: 'provider-image-refused',
      charged: false,
    });
  });

  it('reads LM Studio’s error, which is only text', () => {
    expect(judge(400, { error: "'url' field must be a base64 encoded image." })).toMatchObject({
      status: 'rejected',
      code: 'provider-image-refused',
      details: { reason: "'url' field must be a base64 encoded image." },
    });
  });

  it('goes by the code before the text', () => {
    expect(judge(400, service('…', { code: 'image_parse_error' }))).toMatchObject({
      code: 'provider-image-refused',
    });
  });

  it.each([
    'Invalid content type. image_url is only supported by certain models.',
    'This model does not support images.',
    'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
    'llama3 is not a multimodal model',
  ])('stops the connection when the model cannot see: %s', (message) => {
    expect(judge(400, service(message))).toMatchObject({ status: 'blocked', code: 'provider-no-vision' });
  });
});

describe('toErrorOutcome › rate limits', () => {
  const text = (seconds: string) =>
    gateway(
      '429',
      `Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-08-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after ${seconds} seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.`,
    );
  it.each<[string, Record<string, string>, unknown, number | undefined]>([
    ['retry-after-ms before all', { 'retry-after-ms': '1500', 'retry-after': '9' }, text('27'), 1500],
    ['retry-after in seconds', { 'retry-after': '9' }, text('27'), 9000],
    ['retry-after as a date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, text('27'), 30_000],
    ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, '', 0],
    ['the number in the text', {}, text('27'), 27_000],
    ['a whole day', {}, text('86400'), 86_400_000],
    ['nonsense before the text', { 'retry-after-ms': '-1', 'retry-after': 'soon' }, text('45'), 45_000],
    ['OpenAI’s wording', {}, service('Please try again in 1.2s. Visit …'), 1200],
    ['no word of it', {}, gateway('429', 'System is experiencing high demand'), undefined],
    ['an empty body', {}, '', undefined],
  ])('waits as long as the service says: %s', (_, headers, error, pauseMs) => {
    const outcome = judge(429, error, { headers });
    expect(outcome.status).toBe('rate-limited');
    expect('pauseMs' in outcome ? outcome.pauseMs : undefined).toBe(pauseMs);
  });

  it('keeps a server’s wish to be left alone for a while', () => {
    expect(judge(503, '', { headers: { 'retry-after': '5' } })).toMatchObject({
      status: 'unavailable',
      pauseMs: 5000,
    });
  });
});

const unsupported = (param: string | null, message: string, code: string | null = 'unsupported_parameter') =>
  service(message, { param, code });

describe('toErrorOutcome › what a deployment teaches', () => {
  it.each<[string, unknown, object]>([
    [
      'renames the token limit',
      unsupported(
        'max_tokens',
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
      { tokenLimitParameter: 'max_completion_tokens' },
    ],
    [
      'by the text alone',
      unsupported(null, "Unsupported parameter: 'max_tokens' is not supported with this model.", null),
      { tokenLimitParameter: 'max_completion_tokens' },
    ],
    [
      'leaves the temperature out',
      unsupported(
        'temperature',
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        'unsupported_value',
      ),
      { unsupportedParameters: ['temperature'] },
    ],
    [
      'an older version’s words',
      unsupported(null, 'Unrecognized request argument supplied: temperature', null),
      { unsupportedParameters: ['temperature'] },
    ],
    [
      'weakens structured output',
      unsupported(
        null,
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        null,
      ),
      { structuredOutput: 'json_object' },
    ],
    [
      'a version without schemas',
      gateway(
        'BadRequest',
        'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
      ),
      { structuredOutput: 'json_object' },
    ],
    [
      'LM Studio’s words',
      { error: "'response_format.type' must be 'json_schema' or 'text'" },
      { structuredOutput: 'json_object' },
    ],
  ])('%s', (_, error, learned) => {
    expect(judge(400, error)).toMatchObject({ status: 'adapted', learned });
  });

  it('adds to what it knew', () => {
    const known = { tokenLimitParameter: 'max_tokens' as const, unsupportedParameters: ['stream_options'] };
    const outcome = judge(400, unsupported('temperature', 'no'), { request: { learned: known } });
    expect(outcome).toMatchObject({
      learned: {
        tokenLimitParameter: 'max_tokens',
        unsupportedParameters: ['stream_options', 'temperature'],
      },
    });
  });

  it('goes from a schema to JSON mode to nothing', () => {
    const error = unsupported('response_format', 'no');
    const request = { body: { ...body, response_format: { type: 'json_object' } } };
    expect(judge(400, error, { request })).toMatchObject({ learned: { structuredOutput: 'none' } });
  });

  it('gives up when both names of the token limit are refused', () => {
    const outcome = judge(400, unsupported('max_tokens', 'no'), {
      request: { learned: { tokenLimitParameter: 'max_tokens' } },
    });
    expect(outcome).toMatchObject({ status: 'rejected', code: 'provider-bad-request' });
  });

  it('gives up when the parameter was not even sent, so that adapting ends', () => {
    expect(judge(400, unsupported('seed', 'no'))).toMatchObject({
      status: 'rejected',
      code: 'provider-bad-request',
    });
  });

  it('does not leave a limit out because its number is too large', () => {
    const message = 'max_tokens is too large: 300. This model supports at most 16 completion tokens.';
    expect(judge(400, unsupported('max_tokens', message, 'invalid_value'))).toMatchObject({
      status: 'rejected',
      code: 'provider-bad-request',
    });
  });
});

describe('toErrorOutcome › what a person reads', () => {
  it('has the service’s reason, its request id, and the deployment', () => {
    const error = gateway('DeploymentNotFound', 'The API deployment does not exist.');
    expect(judge(404, error, { headers: { 'apim-request-id': 'a-1', 'x-request-id': 'b-2' } })).toMatchObject(
      {
        serviceRequestId: 'a-1',
        details: {
          deployment: 'my-gpt41',
          reason: 'The API deployment does not exist.',
          serviceCode: 'deploymentnotfound',
        },
      },
    );
  });

  it('never has a key, a token or a query', () => {
    const message = `Key ${secret} refused, also Bearer abcdefghijkl and sk-proj-abcdefghijkl at https://host/path?sig=signature.`;
    const outcome = judge(401, service(message));
    expect(JSON.stringify(outcome)).not.toMatch(/k3y-of|abcdefghijkl|signature/);
    expect(outcome.details['reason']).toMatch(/^Key \[removed\] refused/);
  });

  it('is short, and the rest is kept', () => {
    const message = 'word '.repeat(1000);
    const outcome = judge(400, service(message));
    expect(String(outcome.details['reason']).length).toBeLessThanOrEqual(300);
    expect(outcome.raw).toContain(message);
  });

  it('never throws, whatever status and body came', () => {
    const oddBody = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((error) => JSON.stringify({ error })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), oddBody, (httpStatus, error) => {
        expect(() => judge(httpStatus, error)).not.toThrow();
      }),
    );
  });
});
