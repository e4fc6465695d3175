import { readCompletion } from '../answer.ts';
import { toErrorOutcome, type RefusedRequest } from '../errors.ts';
import type { ProviderOutcome } from '../provider.ts';
import { readResponse } from '../responses-answer.ts';
import { countOf, objectOf, omitUndefined, parseJson, textOf } from '../wire.ts';

/** A line of an output or error file, and what it means: as if it had been answered at once. */
export type BatchAnswer = {
  readonly customId: string;
  /** The service's day was over before it came to this line. Nothing was done, and nothing is charged. */
  readonly isExpired: boolean;
  readonly outcome: Exclude<ProviderOutcome, { status: 'unreachable' | 'unanswered' }>;
};

const expiredCodes = new Set(['batch_expired', 'batch_cancelled']);

/** `undefined` when it is no line of ours: its request stays open, and is found in the end. */
export function readBatchAnswer(line: string, request: RefusedRequest): BatchAnswer | undefined {
  const value = objectOf(parseJson(line));
  const customId = textOf(value?.['custom_id']);
  if (value === undefined || customId === undefined) return undefined;
  const response = objectOf(value['response']);
  const error = objectOf(value['error']);
  const serviceRequestId = textOf(response?.['request_id']);
  const httpStatus = countOf(response?.['status_code']);
  const body = response?.['body'];
  const isExpired = response === undefined && expiredCodes.has(textOf(error?.['code']) ?? '');
  const raw = request.redact(JSON.stringify(body ?? error ?? value));
  if (httpStatus !== undefined && httpStatus >= 200 && httpStatus < 300) {
    const completion = readCompletion(body) ?? readResponse(body);
    if (completion !== undefined) {
      const answer = {
        ...completion,
        status: 'answered' as const,
        raw,
        ...omitUndefined({ serviceRequestId }),
      };
      return { customId, isExpired, outcome: answer };
    }
    const details = { httpStatus, reason: 'It has no choices.' };
    const nonsense = { status: 'unintelligible' as const, httpStatus, details, raw };
    return { customId, isExpired, outcome: { ...nonsense, ...omitUndefined({ serviceRequestId }) } };
  }
  const refused = {
    httpStatus: httpStatus ?? 500,
    headers: new Headers(serviceRequestId === undefined ? {} : { 'x-request-id': serviceRequestId }),
    body: JSON.stringify(objectOf(body) ?? { error: error ?? {} }),
  };
  return { customId, isExpired, outcome: toErrorOutcome(refused, request) };
}
