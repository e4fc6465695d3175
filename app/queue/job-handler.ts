import type { ErrorInfo } from '../contract/errors.ts';
import type { JobId } from '../contract/ids.ts';
import type { Job } from './job.ts';
import type { WriteDb } from './job-store.ts';

/** Runs in the transaction that ends the job, and not at all when the job was lost to another session. */
type Commit = {
  readonly commit?: (db: WriteDb) => void;
  /** How each of the job's companions ended. One that is not named is released. */
  readonly companions?: ReadonlyMap<JobId, JobResult>;
};

/** How a handler's work ended. Throwing means a bug: it counts as an attempt. */
export type JobResult =
  | (Commit & {
      readonly status: 'finished';
      /** For whoever listens to the queue; the queue does not look at it. */
      readonly data?: unknown;
    })
  | (Commit & {
      readonly status: 'skipped';
      readonly reason: string;
      /** The job's row stays, also without a run, so that it can be taken up again. */
      readonly isKept?: true;
    })
  /** Final, kept, visible, retryable by hand. */
  | (Commit & { readonly status: 'failed'; readonly error: ErrorInfo })
  /** Counts as an attempt. */
  | (Commit & {
      readonly status: 'retry';
      readonly error: ErrorInfo;
      readonly afterMs?: number;
      /** Others may meet the same: when several jobs in a row do, the lane rests. Did the try cost nothing? */
      readonly serviceTrouble?: 'free' | 'charged';
    })
  /** Nothing counted; the lane rests for `pauseMs`, or for a back-off when the service did not say. */
  | (Commit & { readonly status: 'rate-limited'; readonly error: ErrorInfo; readonly pauseMs?: number })
  /** Nothing counted; the lane waits for the network and tries again by itself. */
  | (Commit & { readonly status: 'offline'; readonly error: ErrorInfo })
  /** Nothing counted; the lane waits for a person. */
  | (Commit & { readonly status: 'blocked'; readonly error: ErrorInfo })
  /** Ready again in another lane, as if it had never been tried: somebody else is to do it. `error` says why. */
  | (Commit & { readonly status: 'moved'; readonly lane: string; readonly error: ErrorInfo })
  /** Nothing counted; waits in a lane of parked jobs. See [Note: Parked jobs]. */
  | (Commit & { readonly status: 'parked'; readonly lane: string })
  /** Nothing counted; back to ready as it was (its run was paused, or the engine closes). */
  | (Commit & { readonly status: 'released' });

export type JobContext = {
  /** Aborts when the engine closes at once, or the job's run is canceled. */
  readonly signal: AbortSignal;
  /** Aborts when the queue drains: finish what was sent, start nothing new. */
  readonly draining: AbortSignal;
  /** The job's lane has begun to rest: start nothing new on it, and end as `released`. */
  readonly isResting: () => boolean;
};

export type JobHandler = {
  /** Failed tries before it is given up. */
  readonly maxAttempts: number;
  /**
   * Its end need not wait for the disk: a job costs nothing to do again, or, `when-finished`, once all that it paid for is on
   * the disk. @default 'never'
   */
  readonly isRepeatable?: 'always' | 'when-finished' | 'never';
  /**
   * Waiting jobs of the same run, lane and kind that are done in one go with this one. Those that are free are claimed with it,
   * and take no place in the lane. It is asked in the transaction that claims, so it looks things up and waits for nothing.
   */
  companionsOf?(job: Job): readonly JobId[];
  handle(job: Job, context: JobContext): Promise<JobResult>;
};
