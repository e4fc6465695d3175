/**
 * @file The Responses API (AZURE §1.9): what is refused, and how a completion is written there. A request that passes is
 * turned into a chat request, so that pictures, schemas and tokens are checked and counted by one set of rules.
 */

import {
  checkKeys,
  checkNumber,
  checkObject,
  checkOneOf,
  checkString,
  isArray,
  isObject,
  refuseMissing,
  refuseType,
  refuseUnknown,
  refuseValue,
  type JsonObject,
} from './checks.ts';
import type { Completion } from './completion.ts';
import { modelError, Refusal } from './errors.ts';

/** Names of OpenAI's published description that are played; each is written as the chat parameter that means the same. */
const played = new Set([
  'model',
  'input',
  'instructions',
  'max_output_tokens',
  'metadata',
  'reasoning',
  'store',
  'stream',
  'temperature',
  'text',
  'top_p',
  'user',
]);
const notPlayed = new Set([
  'background',
  'conversation',
  'include',
  'max_tool_calls',
  'parallel_tool_calls',
  'previous_response_id',
  'prompt',
  'service_tier',
  'stream_options',
  'tool_choice',
  'tools',
  'truncation',
]);

/** Of a response; OpenAI refuses fewer. */
const leastOutputTokens = 16;

/** The chat request that asks for the same. Throws `Refusal`. */
export function toChatBody(value: unknown): JsonObject {
  const body = checkObject(value, 'body');
  for (const name of Object.keys(body)) {
    if (notPlayed.has(name)) {
      throw new Refusal(
        modelError(`The emulator does not play the parameter '${name}'.`, {
          param: name,
          code: 'emulator_not_played',
        }),
      );
    }
    if (!played.has(name)) refuseUnknown(name);
  }
  const { input, instructions, max_output_tokens: limit, reasoning, store, stream, text } = body;
  if (input === undefined) refuseMissing('input');
  for (const [name, flag] of Object.entries({ store, stream })) {
    if (flag !== undefined && typeof flag !== 'boolean') refuseType(name, 'a boolean', flag);
  }
  if (limit !== undefined) {
    checkNumber(limit, 'max_output_tokens', {
      min: leastOutputTokens,
      max: Number.MAX_SAFE_INTEGER,
      integer: true,
    });
  }
  const system =
    instructions === undefined
      ? []
      : [{ role: 'system', content: checkString(instructions, 'instructions') }];
  const passed = ['model', 'metadata', 'temperature', 'top_p', 'user'].filter(
    (name) => body[name] !== undefined,
  );
  return {
    ...Object.fromEntries(passed.map((name) => [name, body[name]])),
    messages: [...system, ...toMessages(input)],
    ...(limit !== undefined && { max_completion_tokens: limit }),
    ...(reasoning !== undefined && { reasoning_effort: effortOf(reasoning) }),
    ...(text !== undefined && toResponseFormat(text)),
    ...(stream === true && { stream: true, stream_options: { include_usage: true } }),
  };
}

function toMessages(input: unknown): JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (!isArray(input)) refuseType('input', 'one of a string or array of objects', input);
  if (input.length === 0) refuseValue('input', "Invalid 'input': empty array.", 'empty_array');
  return input.map((item, index) => {
    const path = `input[${index}]`;
    const message = checkObject(item, path);
    if (message['type'] !== undefined) checkOneOf(message['type'], `${path}.type`, ['message']);
    checkKeys(message, path, ['type', 'role', 'content']);
    const role = checkOneOf(message['role'], `${path}.role`, ['user', 'assistant', 'system', 'developer']);
    const { content } = message;
    if (typeof content === 'string') return { role, content };
    if (!isArray(content)) refuseType(`${path}.content`, 'one of a string or array of objects', content);
    return { role, content: content.map((part, at) => toPart(part, role, `${path}.content[${at}]`)) };
  });
}

function toPart(value: unknown, role: string, path: string): JsonObject {
  const part = checkObject(value, path);
  const types = role === 'assistant' ? ['output_text'] : ['input_text', 'input_image'];
  const type = checkOneOf(part['type'], `${path}.type`, types);
  if (type !== 'input_image') {
    checkKeys(part, path, type === 'output_text' ? ['type', 'text', 'annotations'] : ['type', 'text']);
    return { type: 'text', text: checkString(part['text'], `${path}.text`) };
  }
  checkKeys(part, path, ['type', 'image_url', 'detail']);
  // A string here, an object in chat completions (AZURE §1.9).
  const url = checkString(part['image_url'], `${path}.image_url`);
  const { detail } = part;
  return { type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } };
}

function effortOf(value: unknown): unknown {
  const reasoning = checkObject(value, 'reasoning');
  checkKeys(reasoning, 'reasoning', ['effort']);
  return reasoning['effort'];
}

function toResponseFormat(value: unknown): JsonObject {
  const text = checkObject(value, 'text');
  checkKeys(text, 'text', ['format', 'verbosity']);
  if (text['format'] === undefined) return {};
  const { type, ...format } = checkObject(text['format'], 'text.format');
  return { response_format: type === 'json_schema' ? { type, json_schema: format } : { type, ...format } };
}

/** The words for a model that chat completions do not have: Azure's gateway, and OpenAI itself. Quoted in public threads. */
export function refuseChat(model: string, isAzure: boolean): never {
  if (isAzure) {
    const message = `The chatCompletion operation does not work with the specified model, ${model}. Please choose different model and try again.`;
    throw new Refusal({ httpStatus: 400, body: { error: { code: 'OperationNotSupported', message } } });
  }
  throw new Refusal(
    modelError('This model is only supported in v1/responses and not in v1/chat/completions.', {
      httpStatus: 404,
      param: 'model',
    }),
  );
}

/** The body of a 200 that does not stream. */
export function responseBody(completion: Completion): JsonObject {
  const { text, refusal, finishReason, usage } = completion;
  const reason = typeof finishReason === 'string' ? incompleteReasons[finishReason] : undefined;
  const status = reason === undefined ? 'completed' : 'incomplete';
  const content =
    refusal === null
      ? { type: 'output_text', text: text ?? '', annotations: [], logprobs: [] }
      : { type: 'refusal', refusal };
  return {
    ...responseHead(completion),
    status,
    incomplete_details: reason === undefined ? null : { reason },
    output: [{ type: 'message', id: `msg_${completion.id}`, status, role: 'assistant', content: [content] }],
    usage: completion.isUsageSaid
      ? {
          input_tokens: usage.promptTokens,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: usage.completionTokens,
          output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
          total_tokens: usage.promptTokens + usage.completionTokens,
        }
      : null,
    ...(completion.isAzure && { content_filters: contentFilters(completion) }),
  };
}

const incompleteReasons: Readonly<Record<string, string>> = {
  length: 'max_output_tokens',
  content_filter: 'content_filter',
};

function contentFilters({ promptFilter, completionFilter }: Completion): JsonObject[] {
  return [
    { blocked: false, source_type: 'prompt', content_filter_results: promptFilter },
    {
      blocked: isBlocked(completionFilter),
      source_type: 'completion',
      content_filter_results: completionFilter,
    },
  ];
}

function isBlocked(results: JsonObject): boolean {
  return Object.values(results).some((verdict) => isObject(verdict) && verdict['filtered'] === true);
}

/** What every response has, as the published description demands. */
function responseHead(completion: Completion): JsonObject {
  return {
    id: `resp_${completion.id}`,
    object: 'response',
    created_at: completion.createdAtSeconds,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: completion.model,
    output: [],
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: null,
  };
}

/** The events of a stream, each with its name; the last one holds the whole response. */
export function responseEvents(completion: Completion): JsonObject[] {
  const whole = responseBody(completion);
  const head = responseHead(completion);
  const item = { item_id: `msg_${completion.id}`, output_index: 0, content_index: 0 };
  const deltas =
    completion.refusal === null
      ? pieces(completion.text ?? '').map((delta) => ({
          type: 'response.output_text.delta',
          ...item,
          delta,
          logprobs: [],
        }))
      : [{ type: 'response.refusal.delta', ...item, delta: completion.refusal }];
  const last = whole['status'] === 'completed' ? 'response.completed' : 'response.incomplete';
  const events: JsonObject[] = [
    { type: 'response.created', response: head },
    { type: 'response.in_progress', response: head },
    ...deltas,
    { type: last, response: whole },
  ];
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

/** Whole characters only, about sixteen in an event. */
function pieces(text: string): string[] {
  return text.match(/.{1,16}/gsu) ?? [];
}
