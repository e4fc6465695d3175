/** An HTTP answer that is no completion: the two envelopes of AZURE §4. */
export type ErrorAnswer = {
  readonly httpStatus: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already in the words and the envelope of the server that is played. */
  readonly isOwn?: true;
};

/** The service refuses the request: thrown by the checks, answered once by the server. */
export class Refusal extends Error {
  readonly answer: ErrorAnswer;

  constructor(answer: ErrorAnswer) {
    super(`${answer.httpStatus} ${JSON.stringify(answer.body)}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

/** `{"error":{"code","message"}}`, as Azure's gateway says it. */
export function gatewayError(
  httpStatus: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ErrorAnswer {
  return { httpStatus, body: { error: { code, message } }, headers };
}

/** `{"error":{"message","type","param","code"}}`, as the model service says it. */
export function modelError(
  message: string,
  {
    param = null,
    code = null,
    httpStatus = 400,
  }: { param?: string | null; code?: string | null; httpStatus?: number },
): ErrorAnswer {
  return { httpStatus, body: { error: { message, type: 'invalid_request_error', param, code } } };
}

/** `{"error":{"code","message","innererror"}}`, as Image Analysis says it (AZURE §5.2). */
export function analysisError(code: string, message: string): ErrorAnswer {
  return {
    httpStatus: 400,
    body: { error: { code: 'InvalidRequest', message, innererror: { code, message } } },
  };
}

/** `error.code` of an answer's body, for the journal. */
export function errorCodeOf(answer: ErrorAnswer): string | undefined {
  const body: unknown = answer.body;
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export const deploymentNotFound = gatewayError(
  404,
  'DeploymentNotFound',
  'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
);

export const resourceNotFound = gatewayError(404, '404', 'Resource not found');

export const accessDenied = gatewayError(
  401,
  '401',
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
);

export const unsupportedImage = modelError(
  "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
  { code: 'invalid_image_format' },
);

export const brokenImage = modelError(
  'You uploaded an unsupported image. Please make sure your image is valid.',
  { code: 'invalid_image_format' },
);

export const brokenBase64 = modelError('Invalid Image (base64) data', { code: 'invalid_base64_image' });

export function noVision(messageIndex: number, partIndex: number): ErrorAnswer {
  return modelError('Invalid content type. image_url is only supported by certain models.', {
    param: `messages.[${messageIndex}].content.[${partIndex}].type`,
  });
}

export function contextTooLong(
  contextTokens: number,
  promptTokens: number,
  outputTokens: number,
): ErrorAnswer {
  return modelError(
    `This model's maximum context length is ${contextTokens} tokens. However, you requested ${promptTokens + outputTokens} tokens (${promptTokens} in the messages, ${outputTokens} in the completion). Please reduce the length of the messages or completion.`,
    { param: 'messages', code: 'context_length_exceeded' },
  );
}

export function unsupportedParameter(name: string, instead?: string): ErrorAnswer {
  const hint = instead === undefined ? '' : ` Use '${instead}' instead.`;
  return modelError(`Unsupported parameter: '${name}' is not supported with this model.${hint}`, {
    param: name,
    code: 'unsupported_parameter',
  });
}
