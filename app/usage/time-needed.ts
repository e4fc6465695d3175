import type { CaptionPlan } from '../contract/models/run.ts';
import type { Connection } from '../contract/models/connection.ts';

type Work = Pick<CaptionPlan, 'requests' | 'inputTokens' | 'outputTokens'>;
type Limits = Pick<Connection, 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute'>;

const minuteMs = 60_000;

/**
 * How long requests take, in milliseconds: as many at once as the connection takes, each answered in `answerMs`; or longer,
 * where its limits per minute hold them back. Pure.
 */
export function timeNeeded(
  { requests, inputTokens, outputTokens }: Work,
  { concurrency, requestsPerMinute, tokensPerMinute }: Limits,
  answerMs: number,
): number {
  const answering = Math.ceil(requests / concurrency) * answerMs;
  const counted = requestsPerMinute === null ? 0 : (requests / requestsPerMinute) * minuteMs;
  const weighed = tokensPerMinute === null ? 0 : ((inputTokens + outputTokens) / tokensPerMinute) * minuteMs;
  return Math.ceil(Math.max(answering, counted, weighed));
}
