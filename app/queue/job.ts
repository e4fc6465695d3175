import type { JobId, RunId } from '../contract/ids.ts';

/** A job that was claimed: durable unit of work. Its payload holds ids only; the handler reads the rows again. */
export type Job = {
  readonly id: JobId;
  readonly kind: string;
  readonly lane: string;
  readonly runId: RunId | null;
  /** `undefined` when it cannot be read: such a job fails without its handler. */
  readonly payload: unknown;
  /** Failed tries so far. */
  readonly attempts: number;
  /** Engines that died while this job ran: nobody's failed attempt, but a reason to work with care. */
  readonly engineDeaths: number;
  /** Claimed with it, to be done in one go: see `JobHandler.companionsOf`. */
  readonly companions?: readonly Job[];
};

export type NewJob = {
  readonly kind: string;
  readonly lane: string;
  readonly payload: unknown;
  readonly runId?: RunId;
  /** Higher goes first; interactive work above bulk work. @default 0 */
  readonly priority?: number;
  /** At most one live job with it. */
  readonly dedupeKey?: string;
};
