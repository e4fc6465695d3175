import type { ErrorInfo } from '../contract/errors.ts';
import type { Run } from '../contract/models/run.ts';
import { getRoot } from '../library/root-store.ts';
import { readSettings } from '../settings/settings.ts';
import { monthStartMs, type BudgetLimit } from '../usage/budget.ts';
import { formatUsd } from '../usage/cost.ts';
import type { JobsContext } from './context.ts';

type Context = Pick<JobsContext, 'read' | 'clock'>;

/**
 * [Note: Budgets]
 * Every request is counted under each limit that may be set for it: its run's, its folder's for the month, and everybody's
 * for the month. One that nobody has set is endless, and counted all the same: it may be set, or set again, at any time, and
 * what was spent meanwhile counts then too.
 */
export function limitsOf(context: Context, run: Run): BudgetLimit[] {
  return [
    { kind: 'run', runId: run.id, limitMicroUsd: run.budgetMicroUsd ?? Infinity },
    ...folderLimits(context, run),
    monthLimit(context),
  ];
}

/** Of everything that is sent in this calendar month, whoever asked. See [Note: Budgets]. */
export function monthLimit({ read, clock }: Context): BudgetLimit {
  return {
    kind: 'month',
    monthStartMs: monthStartMs(clock.now()),
    limitMicroUsd: readSettings(read).monthlyBudgetMicroUsd ?? Infinity,
  };
}

/** Whether any of them is set, so that a price is needed to keep it by. */
export function hasLimit(limits: readonly BudgetLimit[]): boolean {
  return limits.some(({ limitMicroUsd }) => Number.isFinite(limitMicroUsd));
}

export function exceededError(limit: BudgetLimit): ErrorInfo {
  const { limitMicroUsd } = limit;
  return {
    code: 'budget-exceeded',
    details: {
      budget: formatUsd(limitMicroUsd),
      limitMicroUsd,
      // A month's budget is there again when the month is over; see `engine/month-budgets.ts`.
      ...(limit.kind !== 'run' && { monthStartMs: limit.monthStartMs }),
      ...(limit.kind === 'month' && { isOverall: true }),
    },
  };
}

function folderLimits({ read, clock }: Context, run: Run): BudgetLimit[] {
  if (run.rootId === null) return [];
  const { rule } = getRoot(read, run.rootId);
  // A rule that was withdrawn or moved to another connection allows nothing any more.
  if (rule.kind !== 'describe' || rule.connectionId !== run.connectionId) {
    return [{ kind: 'run', runId: run.id, limitMicroUsd: 0 }];
  }
  return [
    {
      kind: 'root-month',
      rootId: run.rootId,
      monthStartMs: monthStartMs(clock.now()),
      limitMicroUsd: rule.monthlyBudgetMicroUsd ?? Infinity,
    },
  ];
}
