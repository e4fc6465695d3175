import type { Job } from './job.ts';
import type { JobResult } from './job-handler.ts';
import type { JobEnd } from './job-store.ts';
import type { LaneRests } from './lane-rests.ts';

export type JobCircumstances = {
  /** Of its kind. */
  readonly maxAttempts: number;
  /** Its run is paused. */
  readonly isHeld: boolean;
  readonly isCanceled: boolean;
  readonly rests: Pick<LaneRests, 'isInTrouble' | 'afterItsRestMs' | 'backoffMs'>;
  readonly nowMs: number;
};

/** What becomes of a job with such a result: one of a canceled run is not tried again, and one of a paused run waits. */
export function endOfJob(
  job: Job,
  result: JobResult,
  { maxAttempts, isHeld, isCanceled, rests, nowMs }: JobCircumstances,
): JobEnd {
  const again = isCanceled
    ? ({ state: 'canceled' } as const)
    : ({ state: 'ready', attempts: job.attempts, runAfterMs: 0, held: isHeld } as const);
  switch (result.status) {
    case 'finished':
      return { state: 'finished' };
    case 'skipped':
      return {
        state: 'finished',
        skipReason: result.reason,
        ...(result.isKept === true && { isKept: true }),
      };
    case 'failed':
      return { state: 'failed', error: result.error, attempts: job.attempts };
    case 'retry': {
      const isInTrouble = rests.isInTrouble(job.lane, result);
      const attempts = isInTrouble && result.serviceTrouble === 'free' ? job.attempts : job.attempts + 1;
      if (attempts >= maxAttempts) return { state: 'failed', error: result.error, attempts };
      if (again.state === 'canceled') return again;
      const waitMs = isInTrouble
        ? rests.afterItsRestMs(job.lane)
        : (result.afterMs ?? rests.backoffMs(attempts));
      return { ...again, attempts, error: result.error, runAfterMs: nowMs + waitMs };
    }
    case 'rate-limited':
    case 'offline':
    case 'blocked':
      return again.state === 'canceled' ? again : { ...again, error: result.error };
    case 'moved':
      return again.state === 'canceled'
        ? again
        : { ...again, attempts: 0, error: result.error, lane: result.lane };
    case 'parked':
      return again.state === 'canceled' ? again : { ...again, lane: result.lane };
    case 'released':
      return again;
  }
}
