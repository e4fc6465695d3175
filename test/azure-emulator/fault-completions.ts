/** @file Completions that are odd in one way each. The usage follows the text that is left. */

import { safeCompletion, safePrompt, type Completion } from './completion.ts';
import type { CompletionFaultName, Fault } from './faults.ts';
import { habits } from './habits.ts';
import { countTextTokens } from './tokens.ts';

const filterDown = { error: { code: 'content_filter_error', message: 'The contents are not filtered' } };

/** What stood in both samples of the how-to and on the wire of `vision-preview` (AZURE §1.6). */
const oldStop = { type: 'stop', stop: '<|fim_suffix|>' };

export function alterCompletion(name: CompletionFaultName, fault: Fault, completion: Completion): Completion {
  const text = completion.text ?? '';
  switch (name) {
    case 'content-filtered-completion':
      return { ...withFilteredCategory(completion, fault), text: '' };
    case 'content-filter-error':
      return { ...completion, promptFilter: filterDown, completionFilter: filterDown };
    case 'finish-reason-object':
      return { ...completion, finishReason: oldStop };
    case 'finish-details':
      return { ...completion, finishDetails: oldStop };
    case 'finish-details-max-tokens':
      return { ...withText(completion, firstHalf(text)), finishDetails: { type: 'max_tokens' } };
    case 'missing-usage':
      return { ...completion, isUsageSaid: false };
    case 'invalid-json':
      return withText(completion, `${firstHalf(text)},,`);
    case 'fenced-json':
      return withText(completion, `\`\`\`json\n${text}\n\`\`\``);
    case 'refusal':
      return {
        ...withText(completion, ''),
        text: null,
        refusal: "I'm sorry, I can't assist with that request.",
      };
    case 'empty-content':
      return withText(completion, '');
    case 'truncated':
      return { ...withText(completion, firstHalf(text)), finishReason: 'length' };
    case 'endless-keywords':
      return { ...withText(completion, habits[name](text)), finishReason: 'length' };
    default:
      return withText(completion, habits[name](text));
  }
}

/** The verdict of a content filter on what the model wrote. */
export function withFilteredCategory(completion: Completion, { category = 'sexual' }: Fault): Completion {
  const completionFilter = { ...safeCompletion, [category]: { filtered: true, severity: 'medium' } };
  return { ...completion, promptFilter: safePrompt, completionFilter, finishReason: 'content_filter' };
}

function withText(completion: Completion, text: string): Completion {
  const { usage } = completion;
  const completionTokens = usage.reasoningTokens + countTextTokens(text);
  return { ...completion, text, usage: { ...usage, completionTokens } };
}

function firstHalf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}
