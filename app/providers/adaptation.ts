import type { Learned } from '../contract/models/connection.ts';
import type { ErrorBody } from './error-body.ts';
import type { JsonObject } from './wire.ts';
import { objectOf } from './wire.ts';

/**
 * Without these a request is none, has no limit to what it costs, or is kept at the service; everything else that we send
 * may be left out.
 */
const indispensable = new Set(['model', 'messages', 'input', 'instructions', 'max_output_tokens', 'store']);

/** Where structured output is asked for: in chat completions, and in the Responses API. */
const formats = new Set(['response_format', 'text']);

/**
 * OpenAI's words for a model that chat completions do not have, and Azure's (neither is documented; both are quoted in
 * public threads). Such a model is asked through the Responses API from then on.
 */
const responsesOnly = /only supported in v1\/responses|chatCompletion operation does not work/i;

/** @returns what is known of the deployment now; `undefined` when the error is about something else */
export function learnResponsesApi(error: ErrorBody, body: JsonObject, learned: Learned): Learned | undefined {
  const isChat = 'messages' in body;
  return isChat && responsesOnly.test(error.message ?? '') ? { ...learned, api: 'responses' } : undefined;
}

const tokenLimitParameters = ['max_tokens', 'max_completion_tokens'] as const;

/**
 * What a 400 teaches about one parameter of the body that was sent: rename it (token limits), weaken it (structured
 * output), or leave it out (AZURE §1.5). The result is all that is known now: what was learned before, and this.
 * `undefined` when the error is not about a parameter, or when there is nothing left to change, so that adapting ends.
 */
export function learnFromRefusal(error: ErrorBody, body: JsonObject, learned: Learned): Learned | undefined {
  const parameter = findRefusedParameter(error, body);
  if (parameter === undefined) return undefined;

  if (formats.has(parameter)) {
    const format = objectOf(body['response_format']) ?? objectOf(objectOf(body['text'])?.['format']);
    const type = format?.['type'];
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
  // “text” is a word like any other, and no sign of the parameter.
  const mentioned =
    named ?? names.find((name) => name !== 'text' && new RegExp(String.raw`\b${name}\b`).test(message));

  if (mentioned === undefined) {
    const isAboutFormat = /json[_ ](schema|object|mode)|structured output/i.test(message);
    return isAboutFormat ? names.find((name) => formats.has(name)) : undefined;
  }
  // Whatever is wrong with a response format, a weaker one has a chance; a number that is too large has none.
  return formats.has(mentioned) || isUnsupported(error) ? mentioned : undefined;
}

const unsupportedCodes = new Set(['unsupported_parameter', 'unsupported_value', 'unknown_parameter']);
const unsupportedWords =
  /unsupported|unrecogni[sz]ed|unknown|unexpected|not (supported|permitted|allowed)|does(n't| not) support|extra (inputs|fields)/i;

function isUnsupported(error: ErrorBody): boolean {
  return unsupportedCodes.has(error.code ?? '') || unsupportedWords.test(error.message ?? '');
}
