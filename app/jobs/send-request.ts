import type { Candidate } from '../captioning/candidate-store.ts';
import { isDescribed } from '../captioning/described-store.ts';
import { estimateRequest, modelTerms, type ModelTerms, type RequestEstimate } from '../captioning/plan.ts';
import { toAsker } from '../captioning/asker.ts';
import { promptVersion } from '../captioning/prompt.ts';
import { getRun } from '../captioning/run-store.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { RequestId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Run } from '../contract/models/run.ts';
import type { ProviderOutcome, VisionRequest } from '../providers/provider.ts';
import type { Job } from '../queue/job.ts';
import type { JobContext, JobResult } from '../queue/job-handler.ts';
import { getConnection } from '../settings/connection-store.ts';
import type { BudgetLimit } from '../usage/budget.ts';
import { exceededError, hasLimit, limitsOf } from './budget-limits.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { modelOf } from '../usage/prices.ts';
import type { NewRequest } from '../usage/request-store.ts';
import type { JobsContext } from './context.ts';
import { fallbackFor } from './fallback.ts';
import { laneOf } from './connection-lane.ts';
import { addressLines } from './pass-address.ts';
import { lookAgain } from './obstacle.ts';
import { sendPaid } from './paid-request.ts';

export type ToSend = {
  readonly job: Job;
  readonly run: Run;
  readonly connection: Connection;
  readonly terms: ModelTerms;
  readonly candidate: Candidate;
  /** Of the whole request. */
  readonly estimate: RequestEstimate;
  readonly request: VisionRequest;
  /** All of the photos in it and what each takes, the candidate among them. @default the candidate alone */
  readonly together?: readonly Together[];
};

/** A photo in a request about several: [Note: Together]. */
export type Together = Pick<ToSend, 'job' | 'candidate' | 'estimate'>;

export type Sending =
  | { readonly status: 'sent'; readonly requestId: RequestId; readonly outcome: ProviderOutcome }
  | { readonly status: 'not-sent'; readonly result: JobResult };

/**
 * [Note: Paid results]
 * A request costs from the moment it is sent (DESIGN §5). So: (1) the job reads settings, budget and asset again; (2) a
 * request row *sent* is written and its upper estimate reserved, in one transaction; (3) the call; (4) the raw answer and
 * its usage are stored before anything is parsed; (5) it is parsed; (6) description, index and the job's end are
 * committed in one transaction. A crash between 3 and 4 cannot be excluded: the *sent* row makes it visible, and it is
 * booked at its upper estimate. This file is 1, from the
 * moment when a place among the requests in flight is free; 2 to 4 are in `paid-request.ts`, for whatever is sent.
 */
export async function sendRequest(
  context: JobsContext,
  wish: ToSend,
  jobContext: JobContext,
): Promise<Sending> {
  const { estimate, request } = wish;
  const { signal, draining } = jobContext;
  const gate = context.gateOf(wish.connection);
  const leave = await gate.enter(estimate.inputTokens + request.maxOutputTokens, [signal, draining]);
  if (leave === undefined) return notSent({ status: 'released' });
  const closing = AbortSignal.any([signal, draining]);
  let letIn: (() => void) | undefined;
  try {
    for (;;) {
      // Each time anew: runs are paused, folders withdrawn, budgets changed and lessons learned while a job waits.
      const connection = getConnection(context.read, wish.connection.id);
      const toSend = { ...wish, connection };
      if (jobContext.isResting()) return notSent({ status: 'released' });
      const seen = lookAgain(context, toSend);
      if (seen.status === 'obstacle') return notSent(seen.result);
      const { run } = wish;
      const asker = toAsker(getConnection(context.read, run.connectionId), run.options, run.id);
      // Another job may have described it meanwhile: one file written anew has two keys in the queue.
      if (isDescribed(context.read, asker, seen.candidate)) {
        return notSent({ status: 'skipped', reason: 'described already' });
      }
      // What changed of another photo is for its own job to say: who goes together is found anew.
      const isAsBefore = wish.together?.every(
        ({ candidate }) =>
          lookAgain(context, { ...toSend, candidate }).status === 'clear' &&
          !isDescribed(context.read, asker, candidate),
      );
      if (isAsBefore === false) return notSent({ status: 'released' });
      const limits = limitsOf(context, getRun(context.read, wish.run.id));
      const upper = upperEstimate(toSend);
      if (hasLimit(limits) && upper === null) {
        return pause(context, toSend, { code: 'price-unknown', details: { model: modelOf(connection) } });
      }
      const exceeded = context.budgets.findExceeded(limits, upper ?? 0); // why 0: without limits nothing is compared
      if (exceeded === undefined) {
        const row = toRow(toSend, upper);
        const onOver = (outcome: ProviderOutcome): void => {
          if (restsLane(outcome)) letIn = gate.hold();
          else {
            // See [Note: Vision first]: it has neither refused us all, nor may the same photo go once more at once.
            if (outcome.status !== 'adapted') gate.trust();
            leave();
          }
        };
        const sent = await sendPaid(context, { connection, request, row, limits, onOver }, { signal });
        // Before the place is free: the lane is about to rest, and the next in line would only be told the same.
        if (restsLane(sent.outcome)) gate.turnAway();
        return { status: 'sent', ...sent };
      }
      if (!context.budgets.mayFreeUp(exceeded)) {
        return sendOn(context, toSend, exceeded) ?? pause(context, toSend, exceededError(exceeded));
      }
      await context.budgets.untilNextEnd(closing);
      if (closing.aborted) return notSent({ status: 'released' });
    }
  } finally {
    letIn?.();
    leave();
  }
}

/** To the run's fallback, if that is cheap enough. See [Note: Fallback]. */
function sendOn(context: JobsContext, toSend: ToSend, exceeded: BudgetLimit): Sending | undefined {
  const { run, candidate } = toSend;
  const second = fallbackFor(context, toSend);
  if (second === undefined) return undefined;
  const terms = modelTerms(second);
  const estimate = estimateRequest(candidate, terms, run.options);
  if (terms.price === undefined) return undefined;
  const upper = upperCostMicroUsd(
    {
      inputTokens: estimate.inputTokens,
      outputTokens: estimate.maxOutputTokens,
      features: estimate.features,
    },
    terms.price,
  );
  const limits = limitsOf(context, getRun(context.read, run.id));
  if (context.budgets.findExceeded(limits, upper) !== undefined) return undefined;
  return notSent({ status: 'moved', lane: laneOf(second.id), error: exceededError(exceeded) });
}

function restsLane({ status }: ProviderOutcome): boolean {
  return status === 'rate-limited' || status === 'blocked' || status === 'unreachable';
}

function upperEstimate({ terms: { price }, estimate, request }: ToSend): number | null {
  if (price === undefined) return null;
  return upperCostMicroUsd(
    {
      inputTokens: estimate.inputTokens,
      outputTokens: request.maxOutputTokens,
      features: estimate.features,
    },
    price,
  );
}

/** As a request is written down. @param upper its upper estimate; `null` = price unknown */
export function toRow(
  { run, connection, terms, candidate, estimate, request, job, together }: ToSend,
  upper: number | null,
): NewRequest {
  return {
    runId: run.id,
    connectionId: connection.id,
    jobId: job.id,
    kind: 'describe',
    promptVersion: promptVersion(run.options),
    sent:
      estimate.features === undefined
        ? {
            instructions: request.instructions,
            text: [
              request.text,
              ...request.pictures.flatMap(({ label }) => label ?? []),
              ...addressLines(request.pictures),
            ].join('\n\n'),
            responseSchema: request.responseSchema,
          }
        : {
            instructions: '',
            text: [analysisText(estimate.features), ...addressLines(request.pictures)].join('\n'),
          },
    detail: detailOf(together ?? [{ estimate }]),
    modelAsked: modelOf(connection) ?? null,
    estimatedInputTokens: estimate.inputTokens,
    estimatedOutputTokens: request.maxOutputTokens,
    estimatedTransactions: estimate.features?.length ?? null,
    estimatedMicroUsd: upper,
    price: terms.price ?? null,
    assets: (together ?? request.pictures.map(() => ({ candidate, estimate }))).map((one, index) => {
      const picture = request.pictures[index];
      return {
        assetId: one.candidate.assetId,
        sentWidthPx: one.estimate.size?.widthPx ?? null,
        sentHeightPx: one.estimate.size?.heightPx ?? null,
        ...(picture === undefined ? {} : { bytes: picture.bytes }),
        ...('job' in one && { jobId: one.job.id, share: one.estimate.inputTokens }),
      };
    }),
  };
}

/** That of the photo that was looked at most closely. */
function detailOf(asked: readonly Pick<Together, 'estimate'>[]): 'low' | 'high' | null {
  const details = asked.flatMap(({ estimate }) => estimate.size?.detail ?? []);
  return details.includes('high') ? 'high' : (details[0] ?? null);
}

/** What was asked, for “show what was sent”: Image Analysis is told nothing else. */
function analysisText(features: readonly string[]): string {
  return `features=${features.join(',')}`;
}

function notSent(result: JobResult): Sending {
  return { status: 'not-sent', result };
}

/** The whole run waits for a person: what it would send next does not fit. */
function pause(context: JobsContext, { run }: ToSend, error: ErrorInfo): Sending {
  context.pauseRun(run.id, error);
  return notSent({ status: 'released' });
}
