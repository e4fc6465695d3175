import { readUsage, type Completion } from './answer.ts';
import { filterResultsOf, findBlockedCategory } from './content-filter.ts';
import type { FinishReason } from './provider.ts';
import { withoutThinking } from './thinking.ts';
import { listOf, objectOf, omitUndefined, textOf } from './wire.ts';
import type { JsonObject } from './wire.ts';

/**
 * Reads a whole response of the Responses API (AZURE §1.9). `undefined` when it is none, or one that failed: its `error`
 * says why.
 *
 * @param streamed what came piece by piece, for a response whose last event leaves out its output
 */
export function readResponse(body: unknown, streamed = ''): Completion | undefined {
  const response = objectOf(body);
  const output = listOf(response?.['output']);
  if (response === undefined || output === undefined || response['status'] === 'failed') return undefined;
  const parts = output.flatMap((item) => listOf(objectOf(item)?.['content']) ?? []).map(objectOf);
  const ofType = (type: string, name: string): string =>
    parts.map((part) => (part?.['type'] === type ? (textOf(part[name]) ?? '') : '')).join('');
  const refusal = ofType('refusal', 'refusal');
  const filters = listOf(response['content_filters'])?.map(objectOf);
  return omitUndefined({
    text: withoutThinking(ofType('output_text', 'text') || streamed),
    refusal: refusal === '' ? undefined : refusal,
    finishReason: readFinishReason(response),
    usage: readUsage(response['usage']),
    modelAnswered: textOf(response['model']),
    contentFilter: response['content_filters'] ?? undefined,
    blockedCategory: filters
      ?.map((filter) => findBlockedCategory(filterResultsOf(filter)))
      .find((category) => category !== undefined),
  });
}

function readFinishReason(response: JsonObject): FinishReason {
  if (response['status'] === 'completed') return 'stop';
  const reason = textOf(objectOf(response['incomplete_details'])?.['reason']);
  if (reason === 'max_output_tokens') return 'length';
  return reason === 'content_filter' ? 'content-filter' : 'unknown';
}
