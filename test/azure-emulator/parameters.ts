/** @file Every top-level parameter of a chat completion: its type, its range, and which models refuse it. */

import {
  checkNumber,
  checkOneOf,
  checkObject,
  isArray,
  isObject,
  refuseType,
  refuseUnknown,
} from './checks.ts';
import type { JsonObject } from './checks.ts';
import { modelError, Refusal, unsupportedParameter } from './errors.ts';
import type { Persona } from './personas.ts';

type Check = (value: unknown, name: string) => void;

const decimal =
  (min: number, max: number): Check =>
  (value, name) =>
    void checkNumber(value, name, { min, max, integer: false });

const integer =
  (min: number, max: number): Check =>
  (value, name) =>
    void checkNumber(value, name, { min, max, integer: true });

const boolean: Check = (value, name) => {
  if (typeof value !== 'boolean') refuseType(name, 'a boolean', value);
};

const text: Check = (value, name) => {
  if (typeof value !== 'string') refuseType(name, 'a string', value);
};

const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, name) =>
    void checkOneOf(value, name, allowed);

const object: Check = (value, name) => void checkObject(value, name);

const stop: Check = (value, name) => {
  const texts = isArray(value) ? value : [value];
  if (texts.length > 4 || texts.some((one) => typeof one !== 'string')) {
    refuseType(name, 'a string or an array of at most 4 strings', value);
  }
};

/** What real services know but the emulator does not play: refused, so that no test takes silence for success. */
const notPlayed: Check = (_value, name) => {
  throw new Refusal(
    modelError(`The emulator does not play the parameter '${name}'.`, {
      param: name,
      code: 'emulator_not_played',
    }),
  );
};

/** Checked in files of their own: messages, response_format, stream_options. Names: OpenAI's published description. */
const checks: Readonly<Record<string, Check>> = {
  messages: () => undefined,
  model: text,
  frequency_penalty: decimal(-2, 2),
  logit_bias: object,
  logprobs: boolean,
  max_completion_tokens: integer(1, Number.MAX_SAFE_INTEGER),
  max_tokens: integer(1, Number.MAX_SAFE_INTEGER),
  metadata: object,
  n: integer(1, 1),
  presence_penalty: decimal(-2, 2),
  prompt_cache_key: text,
  prompt_cache_retention: text,
  reasoning_effort: oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  response_format: object,
  safety_identifier: text,
  seed: integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  service_tier: oneOf('auto', 'default', 'flex', 'scale', 'priority'),
  stop,
  store: boolean,
  stream: boolean,
  stream_options: object,
  temperature: decimal(0, 2),
  top_logprobs: integer(0, 20),
  top_p: decimal(0, 1),
  user: text,
  verbosity: oneOf('low', 'medium', 'high'),
  audio: notPlayed,
  data_sources: notPlayed,
  function_call: notPlayed,
  functions: notPlayed,
  modalities: notPlayed,
  parallel_tool_calls: notPlayed,
  prediction: notPlayed,
  tool_choice: notPlayed,
  tools: notPlayed,
  web_search_options: notPlayed,
};

/** `null` stands for "not set" where the published description says so; nothing else may be null. */
const nullable = new Set([
  'frequency_penalty',
  'logit_bias',
  'logprobs',
  'max_completion_tokens',
  'max_tokens',
  'metadata',
  'n',
  'presence_penalty',
  'reasoning_effort',
  'seed',
  'service_tier',
  'stop',
  'store',
  'stream',
  'stream_options',
  'temperature',
  'top_logprobs',
  'top_p',
  'verbosity',
]);

/** AZURE §1.5: not supported by reasoning models. `temperature` is apart, since its default value passes. */
const refusedByReasoning = [
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'logprobs',
  'top_logprobs',
  'logit_bias',
] as const;

export type Sampling = {
  /** The limit on output that the request names, under either name. */
  readonly maxOutputTokens: number | undefined;
  readonly reasoningEffort: string | undefined;
  readonly isStream: boolean;
  readonly includeUsage: boolean;
};

/** Checks every parameter but messages and response_format. Throws `Refusal`. */
export function checkParameters(body: JsonObject, persona: Persona): Sampling {
  const given: Record<string, unknown> = {};
  const { server } = persona;
  for (const [name, value] of Object.entries(body)) {
    if (server?.reads?.has(name) === false) continue;
    if (server !== undefined && name === 'chat_template_kwargs') {
      object(value, name);
      continue;
    }
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) refuseUnknown(name);
    if (value === null && nullable.has(name)) continue;
    check(value, name);
    given[name] = value;
  }
  if (persona.isReasoning) {
    refuseSampling(given);
    checkEffort(given['reasoning_effort'], persona);
  } else if (given['reasoning_effort'] !== undefined && server?.reads?.has('reasoning_effort') === true) {
    checkLocalEffort(given['reasoning_effort'], persona);
  } else if (given['reasoning_effort'] !== undefined) {
    throw new Refusal(unsupportedParameter('reasoning_effort'));
  }
  return {
    maxOutputTokens: outputLimit(given, persona),
    reasoningEffort: typeof given['reasoning_effort'] === 'string' ? given['reasoning_effort'] : undefined,
    isStream: given['stream'] === true,
    includeUsage: includesUsage(given),
  };
}

function refuseSampling(given: JsonObject): void {
  if (given['max_tokens'] !== undefined) {
    throw new Refusal(unsupportedParameter('max_tokens', 'max_completion_tokens'));
  }
  const refused = refusedByReasoning.find((name) => given[name] !== undefined);
  if (refused !== undefined) throw new Refusal(unsupportedParameter(refused));
  const temperature = given['temperature'];
  if (typeof temperature === 'number' && temperature !== 1) {
    const message = `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`;
    throw new Refusal(modelError(message, { param: 'temperature', code: 'unsupported_value' }));
  }
}

function checkEffort(effort: unknown, { efforts = [], model }: Persona): void {
  if (typeof effort !== 'string' || efforts.includes(effort)) return;
  const [last, ...rest] = efforts.map((one) => `'${one}'`).toReversed();
  const supported = rest.length === 0 ? last : `${rest.toReversed().join(', ')}, and ${last}`;
  const family = model.replace(/-\d{4}-\d\d-\d\d$/, '');
  const message = `Unsupported value: '${effort}' is not supported with the '${family}' model. Supported values are: ${supported}.`;
  throw new Refusal(modelError(message, { param: 'reasoning_effort', code: 'unsupported_value' }));
}

/** Ollama: every model can be told not to think, but only one that thinks can be told to. */
function checkLocalEffort(effort: unknown, { model, thinks }: Persona): void {
  if (effort === 'none' || thinks === true) return;
  throw new Refusal(modelError(`"${model}" does not support thinking`, {}));
}

function outputLimit(given: JsonObject, persona: Persona): number | undefined {
  const old = given['max_tokens'];
  const current = given['max_completion_tokens'];
  if (old !== undefined && current !== undefined) {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw new Refusal(modelError(message, { param: 'max_tokens', code: 'invalid_parameter_combination' }));
  }
  const limit = current ?? old;
  if (typeof limit !== 'number') return undefined;
  if (limit > persona.maxOutputTokens) {
    const name = current === undefined ? 'max_tokens' : 'max_completion_tokens';
    const message = `${name} is too large: ${limit}. This model supports at most ${persona.maxOutputTokens} completion tokens, whereas you provided ${limit}.`;
    throw new Refusal(modelError(message, { param: name, code: 'invalid_value' }));
  }
  return limit;
}

function includesUsage(given: JsonObject): boolean {
  const options = given['stream_options'];
  if (options === undefined || !isObject(options)) return false;
  if (given['stream'] !== true) {
    const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw new Refusal(modelError(message, { param: 'stream_options' }));
  }
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'include_usage' && name !== 'include_obfuscation') refuseUnknown(`stream_options.${name}`);
    boolean(value, `stream_options.${name}`);
  }
  return options['include_usage'] === true;
}
