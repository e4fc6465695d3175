import type { ErrorInfo } from '../contract/errors.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Price } from '../contract/models/usage.ts';
import type { ProviderOutcome } from '../providers/provider.ts';
import type { JobResult } from '../queue/job-handler.ts';
import { costMicroUsd } from '../usage/cost.ts';
import { findPriceAsAnswered } from '../usage/prices.ts';
import type { RequestEnd } from '../usage/request-store.ts';

/** An outcome that says something about the request, not about the photo's description. */
export type Setback = Exclude<ProviderOutcome, { status: 'answered' } | { status: 'adapted' }>;

/** The price of a request: as it was known when it was sent, else that of the model that answered. */
export function priceOf(
  connection: Connection,
  outcome: ProviderOutcome,
  known: Price | null | undefined,
): Price | undefined {
  if (known !== null && known !== undefined) return known;
  return outcome.status === 'answered' ? findPriceAsAnswered(connection, outcome.modelAnswered) : undefined;
}

/**
 * How an outcome is booked (AZURE §2.4, what is charged): exactly where the service reported usage; at the upper estimate
 * where it charged, or perhaps charged, without saying; free where it did not charge.
 *
 * @param estimatedMicroUsd upper estimate; `null` when the price is unknown
 */
export function bookingOf(
  outcome: Exclude<ProviderOutcome, { status: 'unreachable' }>,
  estimatedMicroUsd: number | null,
  price: Price | undefined,
): RequestEnd {
  const free = { booking: 'free', costMicroUsd: 0 } as const;
  const estimate = { booking: 'estimate', costMicroUsd: estimatedMicroUsd } as const;
  switch (outcome.status) {
    case 'answered': {
      const { usage } = outcome;
      const booked =
        usage === undefined
          ? estimate
          : ({
              booking: 'exact',
              costMicroUsd: price === undefined ? null : costMicroUsd(usage, price),
            } as const);
      return {
        state: 'answered',
        ...booked,
        usage,
        httpStatus: 200,
        modelAnswered: outcome.modelAnswered,
        serviceRequestId: outcome.serviceRequestId,
        finishReason: outcome.finishReason,
        contentFilter: outcome.contentFilter,
        rawAnswer: outcome.raw,
        answerText: outcome.refusal ?? outcome.text,
        // So that a refusal that is read again after a crash is not taken for a caption.
        error: outcome.refusal === undefined ? undefined : { code: 'refused', details: {} },
      };
    }
    case 'rejected':
    case 'unavailable':
      return { ...sent(outcome), ...(outcome.charged ? estimate : free) };
    case 'blocked':
    case 'rate-limited':
    case 'adapted':
      return { ...sent(outcome), ...free };
    case 'unintelligible':
      return { ...sent(outcome), ...estimate };
    case 'unanswered':
      return {
        state: 'unanswered',
        ...estimate,
        error: { code: outcome.code, details: outcome.details },
        rawAnswer: outcome.raw,
      };
  }
}

function sent(outcome: Exclude<ProviderOutcome, { status: 'unreachable' | 'answered' | 'unanswered' }>) {
  return {
    state: 'answered',
    httpStatus: outcome.httpStatus,
    error: errorOf(outcome),
    serviceRequestId: outcome.serviceRequestId,
    contentFilter: outcome.status === 'rejected' ? outcome.contentFilter : undefined,
    rawAnswer: outcome.raw,
  } as const;
}

/** What an outcome that is no answer means for the queue (DESIGN §5, AZURE §4). */
export function resultOf(outcome: Setback): JobResult {
  const error = errorOf(outcome);
  switch (outcome.status) {
    case 'rejected':
      return { status: 'failed', error };
    case 'blocked':
      return { status: 'blocked', error };
    case 'rate-limited':
      return {
        status: 'rate-limited',
        error,
        ...(outcome.pauseMs === undefined ? {} : { pauseMs: outcome.pauseMs }),
      };
    case 'unavailable':
      return {
        status: 'retry',
        error,
        serviceTrouble: outcome.charged ? 'charged' : 'free',
        ...(outcome.pauseMs === undefined ? {} : { afterMs: outcome.pauseMs }),
      };
    case 'unreachable':
      return { status: 'offline', error };
    case 'unanswered':
      return outcome.code === 'canceled'
        ? { status: 'released' }
        : { status: 'retry', error, serviceTrouble: 'charged' };
    case 'unintelligible':
      return { status: 'retry', error, serviceTrouble: 'charged' };
  }
}

/** The error of an outcome, as kept with the job and told to people. */
export function errorOf(outcome: Exclude<ProviderOutcome, { status: 'answered' }>): ErrorInfo {
  switch (outcome.status) {
    case 'rejected':
    case 'blocked':
    case 'unanswered':
      return { code: outcome.code, details: outcome.details };
    case 'rate-limited':
      return {
        code: 'provider-rate-limited',
        details: {
          ...outcome.details,
          ...(outcome.pauseMs === undefined ? {} : { pauseMs: outcome.pauseMs }),
        },
      };
    case 'adapted':
      return { code: 'provider-bad-request', details: outcome.details };
    case 'unavailable':
      return {
        code: 'provider-unavailable',
        details: { ...outcome.details, httpStatus: outcome.httpStatus },
      };
    case 'unreachable':
      return { code: 'provider-unreachable', details: outcome.details };
    case 'unintelligible':
      return { code: 'provider-bad-response', details: outcome.details };
  }
}
