/** @file The events of a streamed completion, in Azure's order (AZURE §1.7). How they are written: reply.ts. */

import type { JsonObject } from './checks.ts';
import { promptFilterResult, usageBody, type Completion } from './completion.ts';

/** About this many characters go out in one event. */
const pieceLength = 16;

/** Every event but the closing `[DONE]`. The usage event comes when asked for, unless a fault left it out. */
export function completionEvents(completion: Completion, includeUsage: boolean): JsonObject[] {
  const { isAzure, refusal, finishReason, finishDetails, completionFilter } = completion;
  const chunk = (choices: readonly JsonObject[], usage: JsonObject | null = null): JsonObject => ({
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.createdAtSeconds,
    model: completion.model,
    ...(completion.fingerprint !== undefined && { system_fingerprint: completion.fingerprint }),
    ...(includeUsage && { usage }),
    choices,
  });
  const choice = (delta: JsonObject, filter: JsonObject): JsonObject => ({
    index: 0,
    delta,
    finish_reason: null,
    logprobs: null,
    ...(isAzure && { content_filter_results: filter }),
  });

  const events: JsonObject[] = [];
  if (isAzure) {
    const prompt_filter_results = [promptFilterResult(completion)];
    events.push({ id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results });
  }
  events.push(chunk([choice({ role: 'assistant', content: '' }, {})]));
  const { thoughts } = completion;
  for (const piece of pieces(thoughts?.text ?? '')) {
    events.push(chunk([choice({ role: 'assistant', content: '', [thoughts?.name ?? '']: piece }, {})]));
  }
  for (const piece of pieces(completion.text ?? '')) {
    events.push(chunk([choice({ content: piece }, completionFilter)]));
  }
  if (refusal !== null) events.push(chunk([choice({ refusal }, completionFilter)]));
  const { finish_reason: _, ...last } = choice({}, finishReason === 'content_filter' ? completionFilter : {});
  const finish =
    finishDetails === undefined ? { finish_reason: finishReason } : { finish_details: finishDetails };
  events.push(chunk([{ ...last, ...finish }]));
  if (includeUsage && completion.isUsageSaid) events.push(chunk([], usageBody(completion.usage)));
  return events;
}

/** Whole characters only: a real service never splits one between events. */
function pieces(text: string): string[] {
  const characters = Array.from(text);
  const found: string[] = [];
  for (let start = 0; start < characters.length; start += pieceLength) {
    found.push(characters.slice(start, start + pieceLength).join(''));
  }
  return found;
}
