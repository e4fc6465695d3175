import type { WriteDb } from '../captioning/description-store.ts';
import type { RequestId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { ProviderOutcome, SendOptions, VisionRequest } from '../providers/provider.ts';
import { saveLearned } from '../settings/connection-store.ts';
import type { BudgetLimit } from '../usage/budget.ts';
import { deleteRequest, endRequest, insertRequest, type NewRequest } from '../usage/request-store.ts';
import { AppError } from '../platform/errors.ts';
import { exceededError, monthLimit } from './budget-limits.ts';
import type { JobsContext } from './context.ts';
import { bookingOf, priceOf } from './outcomes.ts';

export type PaidRequest = {
  readonly connection: Connection;
  readonly request: VisionRequest;
  /** As it is written down before it is sent; its upper estimate is what the limits reserve. */
  readonly row: NewRequest;
  readonly limits: readonly BudgetLimit[];
  /** Written in the same transaction as the row. */
  readonly alongside?: (db: WriteDb, requestId: RequestId) => void;
  /** The exchange is over: another may begin. What came of it is being stored. */
  readonly onOver?: (outcome: ProviderOutcome) => void;
};

/**
 * Whoever sends has looked whether it fits under each limit of theirs; the month's is everybody's, so nothing passes here
 * that does not fit under it. What has no price fits under anything: its asker has to refuse it.
 */
function assertWithinMonth(context: JobsContext, upperMicroUsd: number | null): void {
  const exceeded = context.budgets.findExceeded([monthLimit(context)], upperMicroUsd ?? 0); // why 0: see above
  if (exceeded === undefined) return;
  const { code, details } = exceededError(exceeded);
  throw new AppError(code, details);
}

/**
 * Steps 2 to 4 of [Note: Paid results]. An outcome that left nothing to account for has no row in the ledger. The row is on the
 * disk before anything is sent, and the answer before this resolves; requests side by side share their [Note: Shared syncs].
 */
export async function sendPaid(
  context: JobsContext,
  { connection, request, row, limits, alongside, onOver }: PaidRequest,
  options: SendOptions,
): Promise<{ readonly requestId: RequestId; readonly outcome: ProviderOutcome }> {
  const upper = row.estimatedMicroUsd;
  assertWithinMonth(context, upper);
  const provider = context.providerOf(connection);
  const requestId = context.transact((db) => {
    const id = insertRequest(db, row, context.clock.now());
    alongside?.(db, id);
    return id;
  }, 'unsynced');
  const book = context.budgets.reserve(limits, upper ?? 0); // why 0: without limits nothing is reserved
  const end = (outcome: Parameters<typeof bookingOf>[0]): void => {
    const booked = bookingOf(outcome, upper, priceOf(connection, outcome, row.price));
    try {
      context.transact((db) => {
        endRequest(db, requestId, booked, context.clock.now());
        if (outcome.status === 'adapted') saveLearned(db, connection.id, outcome.learned);
      }, 'unsynced');
    } finally {
      // Also when the database is lost, which stops the engine: nobody must wait for this request for ever.
      book(booked.costMicroUsd ?? 0); // why 0: an unknown price is counted by no limit
    }
  };
  const takeBack = (): void => {
    try {
      context.transact((db) => {
        deleteRequest(db, requestId);
      }, 'unsynced');
    } finally {
      book(0);
    }
  };

  try {
    await context.whenSynced();
  } catch (error) {
    takeBack();
    throw error;
  }
  let outcome: ProviderOutcome;
  try {
    outcome = await provider.describe(request, options);
  } catch (error) {
    // A provider throws when it is told to stop before it has sent anything; anything else is a bug, and may have cost.
    if (options.signal.aborted) takeBack();
    else end({ status: 'unanswered', code: 'provider-cut-off', details: { reason: String(error) } });
    throw error;
  }
  onOver?.(outcome);
  if (
    outcome.status === 'unreachable' ||
    (outcome.status === 'blocked' && outcome.httpStatus === undefined)
  ) {
    // Nothing left this machine, or nobody took it: there is no request to account for.
    takeBack();
  } else {
    end(outcome);
    await context.whenSynced();
  }
  return { requestId, outcome };
}
