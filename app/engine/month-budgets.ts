import { listRuns } from '../captioning/run-store.ts';
import type { Run } from '../contract/models/run.ts';
import type { EngineParts } from './parts.ts';
import { resumeRun } from './runs.ts';
import { readSettings } from '../settings/settings.ts';
import { monthStartMs } from '../usage/budget.ts';

/**
 * A run that a month's budget stopped may go on in the next month, or when that budget was changed; a person's pause stays.
 *
 * @param monthlyBudgetMicroUsd of the folder whose standing rule it is
 */
export function mayGoOn(parts: EngineParts, run: Run, monthlyBudgetMicroUsd: number | null): boolean {
  if (run.error?.code !== 'budget-exceeded') return false;
  const { monthStartMs: stoppedIn, limitMicroUsd, isOverall } = run.error.details;
  // Its own budget: that is for whoever set it to change.
  if (stoppedIn === undefined) return false;
  const limit = isOverall === true ? readSettings(parts.read).monthlyBudgetMicroUsd : monthlyBudgetMicroUsd;
  return stoppedIn !== monthStartMs(parts.clock.now()) || limitMicroUsd !== limit;
}

/** Runs that the budget of everything stopped go on when there is a new month, or another budget. */
export function resumeWithinMonth(parts: EngineParts): void {
  for (const run of listRuns(parts.read, { live: true })) {
    const isOverall = run.error?.details['isOverall'] === true;
    if (run.state === 'paused' && isOverall && mayGoOn(parts, run, null)) resumeRun(parts, run.id, undefined);
  }
}
