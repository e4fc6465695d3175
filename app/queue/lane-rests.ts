import type { ErrorInfo } from '../contract/errors.ts';
import type { JobId } from '../contract/ids.ts';
import type { Clock } from '../platform/clock.ts';
import { backoffMs } from './backoff.ts';
import type { Job } from './job.ts';
import type { JobResult } from './job-handler.ts';
import type { WriteDb } from './job-store.ts';
import { listPausedLanes, openLane, pauseLane, type LanePause } from './lane-store.ts';

export type LaneRestsOptions = {
  readonly db: WriteDb;
  readonly clock: Clock;
  /** First wait after a failed try. @default 1 000 */
  readonly retryBaseMs?: number;
  readonly random?: () => number;
  readonly onChange: (lane: string, pause: LanePause | undefined) => void;
};

/** So many jobs in a row that meet a service's trouble are no bad luck of theirs: it is down. */
const jobsInTrouble = 4;

/**
 * Which lanes rest, why and for how long. A rate limit, a dead network, a service that is down or a refused key lets the lane
 * rest as a whole: it is nobody's failed attempt. Survives a restart.
 */
export class LaneRests {
  readonly #options: LaneRestsOptions;
  readonly #paused: Map<string, LanePause>;
  /** Rests in a row that a lane took for want of a network or a wish of the service: the back-off's exponent. */
  readonly #inARow = new Map<string, number>();
  /** Jobs in a row whose service failed, by lane. */
  readonly #troubledJobs = new Map<string, Set<JobId>>();

  constructor(options: LaneRestsOptions) {
    this.#options = options;
    this.#paused = listPausedLanes(options.db);
    // A rest that goes on after a restart ends like any other: one job goes ahead.
    for (const [lane, { by }] of this.#paused) {
      if (by === 'rate-limit' || by === 'offline') this.#inARow.set(lane, 1);
    }
  }

  get all(): ReadonlyMap<string, LanePause> {
    return this.#paused;
  }

  /** Until a time, or until somebody opens it. */
  pause(lane: string, pause: LanePause): void {
    const current = this.#paused.get(lane);
    // A person's pause and a block outlive whatever the service wishes meanwhile.
    if (current !== undefined && current.untilMs === null && pause.untilMs !== null) return;
    pauseLane(this.#options.db, lane, pause);
    this.#paused.set(lane, pause);
    this.#options.onChange(lane, pause);
  }

  /** Somebody opens it: as if it had never rested. `false` when it does not rest. */
  open(lane: string): boolean {
    if (!this.#paused.has(lane)) return false;
    this.#inARow.delete(lane);
    this.#end(lane);
    return true;
  }

  /** Until when a lane rests: `null` until somebody opens it, `undefined` not at all. A rest whose time has come ends here. */
  restsUntilMs(lane: string, nowMs: number): number | null | undefined {
    const pause = this.#paused.get(lane);
    if (pause === undefined || pause.untilMs === null || pause.untilMs > nowMs) return pause?.untilMs;
    this.#end(lane);
    return undefined;
  }

  /** After a rest one job goes ahead, to see whether the service is back. */
  isTryingAgain(lane: string): boolean {
    return this.#inARow.has(lane);
  }

  /** To be told of each result before it is asked about it. */
  note({ id, lane }: Job, result: JobResult): void {
    if (result.status !== 'retry' || result.serviceTrouble === undefined) return;
    this.#troubledJobs.set(lane, (this.#troubledJobs.get(lane) ?? new Set()).add(id));
  }

  /**
   * The service failed so many different jobs in a row that it is down: the lane rests. A try that cost nothing is then
   * nobody's failed attempt; one that may have been charged counts, so that no photo is paid for without end.
   */
  isInTrouble(lane: string, result: JobResult): boolean {
    const isTrouble = result.status === 'retry' && result.serviceTrouble !== undefined;
    return isTrouble && (this.#troubledJobs.get(lane)?.size ?? 0) >= jobsInTrouble;
  }

  /** How long a job waits. @param attempt from 1 */
  backoffMs(attempt: number): number {
    const { retryBaseMs = 1_000, random = Math.random } = this.#options;
    return backoffMs(attempt, retryBaseMs, random());
  }

  /** Another job goes ahead after the rest, so that one which the service never answers does not hold up all others. */
  afterItsRestMs(lane: string): number {
    return this.backoffMs((this.#inARow.get(lane) ?? 0) + 3);
  }

  /** Lets the lane rest when the result asks for it; any good answer shows that the service is there. */
  settle({ lane }: Job, result: JobResult): void {
    switch (result.status) {
      case 'rate-limited':
        this.#rest(lane, 'rate-limit', result.error, result.pauseMs);
        return;
      case 'offline':
        this.#rest(lane, 'offline', result.error);
        return;
      case 'blocked':
        this.pause(lane, { by: 'blocked', untilMs: null, error: result.error });
        return;
      case 'released':
      case 'moved':
      case 'parked':
        return;
      case 'retry':
        if (this.isInTrouble(lane, result)) this.#rest(lane, 'offline', result.error);
        return;
      default:
        this.#troubledJobs.delete(lane);
        // What was sent before the rest began says nothing about how the service is after it.
        if (!this.#paused.has(lane)) this.#inARow.delete(lane);
    }
  }

  /** Many requests in flight meet the same trouble: that is one rest, the longest of them. */
  #rest(lane: string, by: 'rate-limit' | 'offline', error: ErrorInfo, wishedMs?: number): void {
    const current = this.#paused.get(lane);
    const rests = (this.#inARow.get(lane) ?? 0) + (current === undefined ? 1 : 0);
    const untilMs = this.#options.clock.now() + (wishedMs ?? this.backoffMs(Math.max(1, rests)));
    if (current?.untilMs !== undefined && current.untilMs !== null && current.untilMs >= untilMs) return;
    if (current === undefined) this.#inARow.set(lane, rests);
    this.pause(lane, { by, untilMs, error });
  }

  #end(lane: string): void {
    openLane(this.#options.db, lane);
    this.#paused.delete(lane);
    this.#options.onChange(lane, undefined);
  }
}
