import type { Learned } from '../contract/models.ts';
import type { ErrorBody } from './error-body.ts';
import type { JsonObject } from './wire.ts';
import { objectOf } from './wire.ts';

/** Without these a request is none; everything else that we send may be left out. */
const indispensable = new Set(['model', 'messages']);

const tokenLimitParameters = ['max_tokens', 'max_completion_tokens'] as const;

/**
 * What a 400 teaches about one parameter of the body that was sent: rename it (token limits), weaken it (structured
 * output), or leave it out (AZURE §1.5). The result is all that is known now: what was learned before, and this.
 * `undefined` when the error is not about a parameter, or when there is nothing left to change, so that adapting ends.
 */
export function learnFromRefusal(error: ErrorBody, body: JsonObject, learned: Learned): Learned | undefined {
  const parameter = findRefusedParameter(error, body);
  if (parameter === undefined) return undefined;

  if (parameter === 'response_format') {
    const type = objectOf(body['response_format'])?.['type'];
    return { ...learned, structuredOutput: type === 'json_schema' ? 'json_object' : 'none' };
  }
  const other = tokenLimitParameters.find((name) => name !== parameter);
  if (tokenLimitParameters.some((name) => name === parameter) && other !== undefined) {
    // Both refused: a service that takes no limit at all is none that we can pay for safely (AZURE §1.5).
    return learned.tokenLimitParameter === parameter ? undefined : { ...learned, tokenLimitParameter: other };
  }
  return {
    ...learned,
    unsupportedParameters: [...new Set([...(learned.unsupportedParameters ?? []), parameter])],
  };
}

/** By `param` where the error has one, else by the one name of ours that its text mentions. */
function findRefusedParameter(error: ErrorBody, body: JsonObject): string | undefined {
  const names = Object.keys(body).filter((name) => !indispensable.has(name));
  const message = error.message ?? '';
  const root = error.param?.split(/[.[]/, 1)[0];
  const named = root !== undefined && names.includes(root) ? root : undefined;
  const mentioned = named ?? names.find((name) => new RegExp(String.raw`\b${name}\b`).test(message));

  if (mentioned === undefined) {
    const isAboutFormat =
      'response_format' in body && /json[_ ](schema|object|mode)|structured output/i.test(message);
    return isAboutFormat ? 'response_format' : undefined;
  }
  // Whatever is wrong with a response format, a weaker one has a chance; a number that is too large has none.
  return mentioned === 'response_format' || isUnsupported(error) ? mentioned : undefined;
}

const unsupportedCodes = new Set(['unsupported_parameter', 'unsupported_value', 'unknown_parameter']);
const unsupportedWords =
  /unsupported|unrecogni[sz]ed|unknown|unexpected|not (supported|permitted|allowed)|does(n't| not) support|extra (inputs|fields)/i;

function isUnsupported(error: ErrorBody): boolean {
  return unsupportedCodes.has(error.code ?? '') || unsupportedWords.test(error.message ?? '');
}
