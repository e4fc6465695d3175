import type { Output } from '../../app/contract/procedures.ts';

export type RunProgress = Output<'run.get'>;

/** How far a run is, in photos. `left` counts those that wait for a person too. Pure. */
export function progressOf({ jobs, plan }: RunProgress): {
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  readonly total: number;
} {
  const done = jobs.finished + jobs.skipped;
  const left = jobs.ready + jobs.held + jobs.running;
  const counted = done + left + jobs.failed + jobs.canceled;
  // While it starts, fewer jobs are there than were planned; exact copies have no job of their own.
  return { done, failed: jobs.failed, left, total: Math.max(plan.photos, counted) };
}

/** What can be done with a run now. Pure. */
export function stepsFor({ state, error, undoable }: RunProgress): {
  readonly canPause: boolean;
  readonly canResume: boolean;
  readonly canCancel: boolean;
  readonly canUndo: boolean;
} {
  const isLive = state === 'running' || state === 'paused';
  return {
    canPause: state === 'running',
    // With the same budget it would stop again at once.
    canResume: state === 'paused' && error?.code !== 'budget-exceeded',
    canCancel: isLive,
    // Of a live run more would come after it was taken back.
    canUndo: !isLive && undoable > 0,
  };
}

/**
 * What a run needed beside what was planned for as many photos as it has done, as a factor: 1.1 = a tenth more. `undefined`
 * where there is nothing to compare. Pure.
 */
export function againstPlan(
  actual: number | null,
  planned: number | null,
  run: RunProgress,
): number | undefined {
  const { done } = progressOf(run);
  const isComparable = planned !== null && planned > 0 && done > 0 && run.plan.photos > 0;
  if (actual === null || !isComparable) return undefined;
  return actual / ((planned * done) / run.plan.photos);
}
