import type { TokenUsage } from '../contract/models/usage.ts';
import { contentFilterOf, filterResultsOf, findBlockedCategory, promptResultsOf } from './content-filter.ts';
import { withoutThinking } from './thinking.ts';
import type { Answer, FinishReason } from './provider.ts';
import { countOf, listOf, objectOf, omitUndefined, textOf } from './wire.ts';
import type { JsonObject } from './wire.ts';

/** What a chat completion says, before its headers and its raw body are put beside it. */
export type Completion = Omit<Answer, 'status' | 'raw' | 'rateLimit' | 'serviceRequestId'>;

/**
 * Reads a chat completion as services, their older versions and their imitations write it (AZURE §1.6, §3, §8).
 * `undefined` when it is none: no `choices` with anything in them.
 */
export function readCompletion(body: unknown): Completion | undefined {
  const answer = objectOf(body);
  const choices = listOf(answer?.['choices'])?.map(objectOf);
  const choice = choices?.find((candidate) => candidate !== undefined);
  if (answer === undefined || choice === undefined) return undefined;

  const message = objectOf(choice['message']);
  const blockedByPrompt = promptResultsOf(answer)?.map((item) =>
    findBlockedCategory(filterResultsOf(objectOf(item))),
  );
  return omitUndefined({
    text: withoutThinking(readContent(message?.['content'] ?? choice['text'])),
    refusal: textOf(message?.['refusal']) ?? readRefusalParts(message?.['content']),
    finishReason: readFinishReason(choice),
    usage: readUsage(answer['usage']),
    modelAnswered: textOf(answer['model']),
    contentFilter: contentFilterOf(answer, choice),
    blockedCategory:
      findBlockedCategory(filterResultsOf(choice)) ??
      blockedByPrompt?.find((category) => category !== undefined),
  });
}

const finishReasons: ReadonlyMap<string | undefined, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
]);

/** A word, an object with a `type` (the how-to's second sample), or `finish_details` (`vision-preview`). AZURE §1.6. */
export function readFinishReason(choice: JsonObject): FinishReason {
  const given = choice['finish_reason'] ?? choice['finish_details'];
  return finishReasons.get(textOf(given) ?? textOf(objectOf(given)?.['type'])) ?? 'unknown';
}

/** A string, or parts of which only the text counts. */
function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return (listOf(content) ?? [])
    .map((part) => (typeof part === 'string' ? part : textOf(objectOf(part)?.['text'])))
    .filter((text) => text !== undefined)
    .join('');
}

function readRefusalParts(content: unknown): string | undefined {
  const refusals = listOf(content)?.map((part) => textOf(objectOf(part)?.['refusal']));
  return refusals?.find((refusal) => refusal !== undefined);
}

/**
 * Token usage as reported, `undefined` when the service did not say. No request with instructions and a picture has zero
 * input tokens: some servers fill in zeros for what they did not count, and that must not be booked as free.
 */
export function readUsage(value: unknown): TokenUsage | undefined {
  const usage = objectOf(value);
  if (usage === undefined) return undefined;
  const total = countOf(usage['total_tokens']);
  const inputTokens = countOf(usage['prompt_tokens']) ?? countOf(usage['input_tokens']);
  if (inputTokens === undefined || inputTokens === 0) return undefined;
  const outputTokens =
    countOf(usage['completion_tokens']) ??
    countOf(usage['output_tokens']) ??
    (total === undefined ? undefined : countOf(total - inputTokens));
  if (outputTokens === undefined) return undefined;

  const input = objectOf(usage['prompt_tokens_details']) ?? objectOf(usage['input_tokens_details']);
  const output = objectOf(usage['completion_tokens_details']) ?? objectOf(usage['output_tokens_details']);
  return omitUndefined({
    inputTokens,
    outputTokens,
    cachedInputTokens: partOf(input?.['cached_tokens'], inputTokens),
    imageTokens: partOf(input?.['image_tokens'], inputTokens),
    reasoningTokens: partOf(output?.['reasoning_tokens'], outputTokens),
  });
}

/** A part that is larger than its whole is nonsense, and unknown is better than nonsense. */
function partOf(value: unknown, whole: number): number | undefined {
  const count = countOf(value);
  return count === undefined || count > whole ? undefined : count;
}
