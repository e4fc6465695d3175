import type { Candidate } from '../captioning/candidate-store.ts';
import type { ModelTerms, RequestEstimate } from '../captioning/plan.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { RequestId } from '../contract/ids.ts';
import type { Connection, Run } from '../contract/models.ts';
import { formatUsd, upperCostMicroUsd } from '../usage/cost.ts';
import type { ProviderOutcome, VisionRequest } from '../providers/provider.ts';
import type { Job } from '../queue/job.ts';
import { modelOf } from '../usage/prices.ts';
import { monthStartMs, type BudgetLimit } from '../usage/budget.ts';
import { deleteRequest, endRequest, insertRequest } from '../usage/request-store.ts';
import { getRoot } from '../library/root-store.ts';
import { promptVersion } from '../captioning/prompt.ts';
import type { JobsContext } from './context.ts';
import { bookingOf } from './outcomes.ts';

export type ToSend = {
  readonly job: Job;
  readonly run: Run;
  readonly connection: Connection;
  readonly terms: ModelTerms;
  readonly candidate: Candidate;
  readonly estimate: RequestEstimate;
  readonly request: VisionRequest;
};

export type Sending =
  | { readonly status: 'sent'; readonly requestId: RequestId; readonly outcome: ProviderOutcome }
  | { readonly status: 'over-budget'; readonly error: ErrorInfo };

/**
 * [Note: Paid results]
 * A request costs from the moment it is sent (DESIGN §5). So: (1) the job reads settings, budget and asset again; (2) a
 * request row *sent* is written and its upper estimate reserved, in one transaction; (3) the call; (4) the raw answer and
 * its usage are stored before anything is parsed; (5) it is parsed; (6) description, index and the job's end are
 * committed in one transaction. A crash between 3 and 4 cannot be excluded: the *sent* row makes it visible, and it is
 * booked at its upper estimate. This file is 2 to 4.
 */
export async function sendRequest(context: JobsContext, toSend: ToSend, signal: AbortSignal): Promise<Sending> {
  const { run, connection, terms, estimate, candidate } = toSend;
  const { price } = terms;
  const upper = price === undefined ? null : upperCostMicroUsd({ inputTokens: estimate.inputTokens, outputTokens: toSend.request.maxOutputTokens }, price);
  const limits = limitsOf(context, run);
  if (limits.length > 0 && upper === null) {
    return { status: 'over-budget', error: { code: 'price-unknown', details: { model: modelOf(connection) } } };
  }
  const exceeded = context.budgets.findExceeded(limits, upper ?? 0); // why 0: without limits nothing is compared
  if (exceeded !== undefined) {
    return { status: 'over-budget', error: exceededError(exceeded) };
  }

  const provider = context.providerOf(connection);
  const requestId = context.transact((db) =>
    insertRequest(
      db,
      {
        runId: run.id,
        connectionId: connection.id,
        jobId: toSend.job.id,
        kind: 'describe',
        promptVersion: promptVersion(run.options),
        detail: estimate.size?.detail ?? null,
        modelAsked: modelOf(connection) ?? null,
        estimatedInputTokens: estimate.inputTokens,
        estimatedOutputTokens: toSend.request.maxOutputTokens,
        estimatedMicroUsd: upper,
        price: price ?? null,
        assets: [
          {
            assetId: candidate.assetId,
            sentWidthPx: estimate.size?.widthPx ?? null,
            sentHeightPx: estimate.size?.heightPx ?? null,
          },
        ],
      },
      context.clock.now(),
    ),
  );
  context.budgets.add(limits, upper ?? 0); // why 0: as above

  const outcome = await provider.describe(toSend.request, { signal });

  if (outcome.status === 'unreachable') {
    // Nothing left this machine: there is no request to account for.
    context.transact((db) => {
      deleteRequest(db, requestId);
    });
    context.budgets.add(limits, -(upper ?? 0)); // why 0: as above
    return { status: 'sent', requestId, outcome };
  }
  const end = bookingOf(outcome, upper, price);
  context.transact((db) => {
    endRequest(db, requestId, end, context.clock.now());
  });
  context.budgets.add(limits, (end.costMicroUsd ?? 0) - (upper ?? 0)); // why 0: as above
  return { status: 'sent', requestId, outcome };
}

function exceededError(limit: BudgetLimit): ErrorInfo {
  const budget = formatUsd(limit.limitMicroUsd);
  // A month's budget is there again when the month is over; see `engine-watch.ts`.
  const month = limit.kind === 'root-month' ? { monthStartMs: limit.monthStartMs } : {};
  return { code: 'budget-exceeded', details: { budget, limitMicroUsd: limit.limitMicroUsd, ...month } };
}

function limitsOf(context: JobsContext, run: Run): BudgetLimit[] {
  const limits: BudgetLimit[] = [];
  if (run.budgetMicroUsd !== null) limits.push({ kind: 'run', runId: run.id, limitMicroUsd: run.budgetMicroUsd });
  if (run.rootId === null) return limits;
  const { rule } = getRoot(context.read, run.rootId);
  if (rule.kind === 'describe' && rule.monthlyBudgetMicroUsd !== null) {
    limits.push({
      kind: 'root-month',
      rootId: run.rootId,
      monthStartMs: monthStartMs(context.clock.now()),
      limitMicroUsd: rule.monthlyBudgetMicroUsd,
    });
  }
  return limits;
}
