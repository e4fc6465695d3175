import type { Output } from '../../app/contract/procedures.ts';

export type RunProgress = Output<'run.get'>;

/**
 * How far a run is, in photos that are work of their own: `copies` come beside them, each described with its twin. `left` counts
 * those that wait for a person too. Pure.
 */
export function progressOf({ jobs, plan }: RunProgress): {
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  readonly total: number;
  readonly copies: number;
} {
  const done = jobs.finished + jobs.skipped;
  const left = jobs.ready + jobs.held + jobs.running;
  const counted = done + left + jobs.failed + jobs.canceled;
  const copies = plan.copies ?? 0; // why 0: left out where there are none
  // While it starts, fewer jobs are there than were planned.
  return { done, failed: jobs.failed, left, total: Math.max(plan.photos - copies, counted), copies };
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
  const { done, copies } = progressOf(run);
  const photos = run.plan.photos - copies;
  const isComparable = planned !== null && planned > 0 && done > 0 && photos > 0;
  if (actual === null || !isComparable) return undefined;
  return actual / ((planned * done) / photos);
}

type Answering = Pick<
  Output<'library.summary'>['connections'][number],
  'id' | 'state' | 'error' | 'restsUntilMs'
>;

/** What a run does now: one that is running may wait, for a person, for its service, or until a time. Pure. */
export type RunPhase =
  | { readonly kind: Exclude<RunProgress['state'], 'running'> | 'running' | 'offline' }
  | { readonly kind: 'blocked'; readonly error: Answering['error'] }
  | { readonly kind: 'rests'; readonly untilMs: number };

/** @param connections as they are now; nothing is known of one that was removed */
export function phaseOf(run: RunProgress, connections: readonly Answering[]): RunPhase {
  const { state, jobs, connectionId } = run;
  if (state !== 'running') return { kind: state };
  const answering = connections.find(({ id }) => id === connectionId);
  // Work in hand says that it goes on, whatever the connection was a moment ago.
  if (answering === undefined || jobs.running > 0 || progressOf(run).left === 0) return { kind: 'running' };
  if (answering.state === 'blocked') return { kind: 'blocked', error: answering.error };
  if (answering.state === 'offline') return { kind: 'offline' };
  return answering.restsUntilMs === null
    ? { kind: 'running' }
    : { kind: 'rests', untilMs: answering.restsUntilMs };
}
