import type { Output } from '../../app/contract/procedures.ts';

export type Summary = Output<'library.summary'>;

/** What the engine is busy with, the most telling of it, with its numbers. */
export type Work =
  | { readonly kind: 'describing'; readonly photosLeft: number; readonly pace: Summary['pace'] }
  | { readonly kind: 'paused'; readonly photosLeft: number }
  | { readonly kind: 'scanning'; readonly files: number }
  | { readonly kind: 'reading'; readonly files: number }
  | { readonly kind: 'thumbnails'; readonly photos: number }
  | { readonly kind: 'overnight'; readonly photos: number }
  | { readonly kind: 'idle' };

/** Paid work is said before free work, and what waits for a person before what goes on by itself. Pure. */
export function workOf({ runningRuns, pausedRuns, waiting, scanning, pace, connections }: Summary): Work {
  if (runningRuns > 0 && waiting.photos > 0) {
    // What waits for a person comes to no end by itself, however fast it went until then.
    const isBlocked = connections.some(({ state }) => state === 'blocked');
    return { kind: 'describing', photosLeft: waiting.photos, pace: isBlocked ? null : pace };
  }
  if (pausedRuns > 0) return { kind: 'paused', photosLeft: waiting.held };
  if (scanning.length > 0) {
    return { kind: 'scanning', files: scanning.reduce((sum, { files }) => sum + files, 0) };
  }
  if (waiting.files > 0) return { kind: 'reading', files: waiting.files };
  if (waiting.thumbnails > 0) return { kind: 'thumbnails', photos: waiting.thumbnails };
  // Hours long, so that it hides nothing that goes on meanwhile.
  if (waiting.overnight > 0) return { kind: 'overnight', photos: waiting.overnight };
  return { kind: 'idle' };
}

/** A connection that does not answer now, and why; one that waits for a person comes first. Pure. */
export function troubleOf({ connections }: Summary): Summary['connections'][number] | undefined {
  return (
    connections.find(({ state }) => state === 'blocked') ??
    connections.find(({ state }) => state === 'offline') ??
    connections.find(({ restsUntilMs }) => restsUntilMs !== null)
  );
}

/** How much of the month's budget is spent: 0 to 1; `undefined` without a budget. Pure. */
export function budgetShare({
  spentThisMonthMicroUsd,
  monthlyBudgetMicroUsd,
}: Pick<Summary, 'spentThisMonthMicroUsd' | 'monthlyBudgetMicroUsd'>): number | undefined {
  if (monthlyBudgetMicroUsd === null || monthlyBudgetMicroUsd === 0) return undefined;
  return Math.min(1, spentThisMonthMicroUsd / monthlyBudgetMicroUsd);
}
