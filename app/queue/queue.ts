import { randomUUID } from 'node:crypto';
import type { JobId, RunId } from '../contract/ids.ts';
import type { Clock } from '../platform/clock.ts';
import { Emitter } from '../platform/emitter.ts';
import { isDatabaseFailure, toAppError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Job, NewJob } from './job.ts';
import { endOfJob } from './job-end.ts';
import type { JobHandler, JobResult } from './job-handler.ts';
import { retryFailedJobs } from './failed-job-store.ts';
import {
  cancelJobs,
  claimJobs,
  endJob,
  insertJobs,
  releaseDeadSessions,
  type JobEnd,
  type WriteDb,
} from './job-store.ts';
import { holdRun, listHeldRuns } from './run-job-store.ts';
import { hasReadyJobs, listLanes, moveJobs, nextDueMs, unparkJobs } from './lane-job-store.ts';
import { LaneRests } from './lane-rests.ts';
import type { LanePause } from './lane-store.ts';
import { isParkedLane } from './parked.ts';

export type QueueOptions = {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** How many jobs of a lane may run at once. */
  readonly widthOf: (lane: string) => number;
  /** First wait after a failed try. @default 1 000 */
  readonly retryBaseMs?: number;
  readonly random?: () => number;
  /** The database can no longer be written: the engine has to close. */
  readonly onFatal?: (error: unknown) => void;
};

export type QueueEvents = {
  /** `end` is what became of the job: a last retry ends as failed. */
  'job-ended': { readonly job: Job; readonly result: JobResult; readonly end: JobEnd };
  'lane-changed': { readonly lane: string; readonly pause: LanePause | undefined };
};

/**
 * Runs durable jobs (DESIGN §5). One writer holds the library's lock, so there are no leases: at open, whatever was
 * `running` is `ready` again. A lane limits what runs at once, and can rest as a whole (`LaneRests`).
 */
export class Queue {
  readonly events = new Emitter<QueueEvents>((error) => {
    this.#options.log.error('a listener of the queue threw', { error });
  });
  readonly #options: QueueOptions;
  readonly #session = randomUUID();
  readonly #running = new Map<
    JobId,
    { readonly job: Job; readonly abort: AbortController; readonly done: Promise<void> }
  >();
  readonly #lanes: Set<string>;
  /** Lanes in which nothing was due when they were last looked at, and when something will be: not looked at before. */
  readonly #emptyUntilMs = new Map<string, number>();
  readonly #rests: LaneRests;
  readonly #heldRuns: Set<RunId>;
  readonly #canceledRuns = new Set<RunId>();
  readonly #draining = new AbortController();
  #started = false;
  #isWanted: (lane: string) => boolean = () => true;
  #cancelTimer: (() => void) | undefined;
  #pumpIsDue = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    const released = releaseDeadSessions(options.db, options.clock.now());
    if (released > 0) options.log.info('jobs of a dead engine are ready again', { released });
    this.#lanes = new Set(listLanes(options.db));
    this.#rests = new LaneRests({
      ...options,
      onChange: (lane, pause) => {
        this.events.emit('lane-changed', { lane, pause });
        this.#pumpSoon();
      },
    });
    this.#heldRuns = new Set(listHeldRuns(options.db));
  }

  /** @param isWanted lanes that this process works on; others keep their jobs. @default all */
  start(isWanted: (lane: string) => boolean = () => true): void {
    this.#isWanted = isWanted;
    this.#started = true;
    this.#pumpSoon();
  }

  /** Adds jobs inside the caller's transaction. */
  enqueue(db: WriteDb, jobs: readonly NewJob[]): number {
    const added = insertJobs(db, jobs, this.#options.clock.now());
    for (const { lane } of jobs) this.#lanes.add(lane);
    // One that waited in another lane may have been let go.
    this.#emptyUntilMs.clear();
    this.#pumpSoon();
    return added;
  }

  /** Starts nothing new and waits for what runs. With `abort`, running jobs are told to stop at once. */
  async close(options: { abort?: boolean } = {}): Promise<void> {
    this.#draining.abort();
    this.#cancelTimer?.();
    if (options.abort === true) for (const { abort } of this.#running.values()) abort.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Nothing of this lane waits or runs. */
  isIdle(lane: string): boolean {
    return this.#runningIn(lane) === 0 && !hasReadyJobs(this.#options.db, lane);
  }

  get isDraining(): boolean {
    return this.#draining.signal.aborted;
  }

  pauseOf(lane: string): LanePause | undefined {
    return this.#rests.all.get(lane);
  }

  pausedLanes(): ReadonlyMap<string, LanePause> {
    return this.#rests.all;
  }

  /** Lets a lane rest until `openLane`, or until a time. */
  pauseLane(lane: string, pause: LanePause): void {
    this.#rests.pause(lane, pause);
  }

  openLane(lane: string): void {
    this.#rests.open(lane);
  }

  /** Holds a run's waiting jobs, inside the caller's transaction; what runs may finish. */
  holdRun(db: WriteDb, runId: RunId): void {
    this.#heldRuns.add(runId);
    holdRun(db, runId, true);
  }

  resumeRun(db: WriteDb, runId: RunId): void {
    this.#heldRuns.delete(runId);
    this.#canceledRuns.delete(runId);
    holdRun(db, runId, false);
    this.#emptyUntilMs.clear();
    this.#pumpSoon();
  }

  /** Takes back a run's waiting jobs and tells the running ones to stop. */
  cancelRun(db: WriteDb, runId: RunId): void {
    this.#heldRuns.delete(runId);
    this.#canceledRuns.add(runId);
    cancelJobs(db, { runId }, this.#options.clock.now());
    for (const { job, abort } of this.#running.values()) if (job.runId === runId) abort.abort();
  }

  /** Resolves when none of the run's jobs is running. */
  async whenRunStops(runId: RunId): Promise<void> {
    const ofRun = [...this.#running.values()].filter(({ job }) => job.runId === runId);
    await Promise.all(ofRun.map(({ done }) => done));
  }

  /** Waiting jobs go on in another lane, inside the caller's transaction. */
  moveJobs(db: WriteDb, ids: readonly JobId[], lane: string): void {
    moveJobs(db, ids, lane, this.#options.clock.now());
    this.#fill(lane);
    this.#pumpSoon();
  }

  /** Parked jobs go on in a lane, inside the caller's transaction. See [Note: Parked jobs]. */
  unparkJobs(db: WriteDb, ids: readonly JobId[], lane: string): void {
    unparkJobs(db, ids, lane, this.#options.clock.now());
    this.#fill(lane);
    this.#pumpSoon();
  }

  retryFailed(db: WriteDb, filter: { runId?: RunId; code?: string }): number {
    const count = retryFailedJobs(db, filter, this.#options.clock.now());
    for (const lane of listLanes(db)) this.#fill(lane);
    this.#pumpSoon();
    return count;
  }

  /** Many calls in one turn of the event loop claim once. */
  #pumpSoon(): void {
    if (this.#pumpIsDue || !this.#started) return;
    this.#pumpIsDue = true;
    setImmediate(() => {
      this.#pumpIsDue = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (!this.#started || this.isDraining) return;
    try {
      this.#claimAll();
    } catch (error) {
      this.#stop(error);
    }
  }

  #claimAll(): void {
    this.#cancelTimer?.();
    const now = this.#options.clock.now();
    let wakeAtMs = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes) {
      if (this.#isWanted(lane)) wakeAtMs = Math.min(wakeAtMs, this.#pumpLane(lane, now));
    }
    if (Number.isFinite(wakeAtMs)) {
      this.#cancelTimer = this.#options.clock.after(wakeAtMs - now, () => {
        this.#pump();
      });
    }
  }

  /** Claims what the lane has room for; gives when to look again. */
  #pumpLane(lane: string, now: number): number {
    if (isParkedLane(lane)) return Number.POSITIVE_INFINITY;
    const untilMs = this.#rests.restsUntilMs(lane, now);
    if (untilMs !== undefined) return untilMs ?? Number.POSITIVE_INFINITY;
    const emptyUntilMs = this.#emptyUntilMs.get(lane);
    if (emptyUntilMs !== undefined && emptyUntilMs > now) return emptyUntilMs;
    const width = this.#rests.isTryingAgain(lane) ? 1 : this.#options.widthOf(lane);
    const free = width - this.#runningIn(lane);
    if (free <= 0) return Number.POSITIVE_INFINITY;
    const { db } = this.#options;
    const jobs = claimJobs(db, lane, {
      limit: free,
      session: this.#session,
      nowMs: now,
      companionsOf: (job) => this.#options.handlers[job.kind]?.companionsOf?.(job) ?? [],
    });
    const isEmpty = jobs.length < free;
    const dueMs = (isEmpty ? nextDueMs(db, lane) : undefined) ?? Number.POSITIVE_INFINITY;
    // Before they run: each may add more.
    if (isEmpty) this.#emptyUntilMs.set(lane, dueMs);
    for (const job of jobs) this.#run(job);
    return dueMs;
  }

  /** Something may wait in this lane. */
  #fill(lane: string): void {
    this.#lanes.add(lane);
    this.#emptyUntilMs.delete(lane);
  }

  #runningIn(lane: string): number {
    let count = 0;
    for (const { job } of this.#running.values()) if (job.lane === lane) count += 1;
    return count;
  }

  #run(job: Job): void {
    const abort = new AbortController();
    const work = async (): Promise<void> => {
      const result = await this.#handle(job, abort.signal);
      this.#running.delete(job.id);
      const end = this.#end(job, result);
      this.#tell(job, result, end);
      for (const companion of job.companions ?? []) {
        const its = result.companions?.get(companion.id) ?? { status: 'released' };
        this.#tell(companion, its, this.#store(companion, its, end));
      }
      this.#pumpSoon();
    };
    // Only the store can throw here: the database is gone, and with it the queue.
    const done = work().catch((error: unknown) => {
      this.#running.delete(job.id);
      this.#stop(error);
    });
    this.#running.set(job.id, { job, abort, done });
  }

  #tell(job: Job, result: JobResult, end: JobEnd | undefined): void {
    if (end === undefined) {
      this.#options.log.warn('a job was lost to another session; its result is dropped', { job: job.id });
    } else this.events.emit('job-ended', { job, result, end });
  }

  #stop(error: unknown): void {
    this.#draining.abort();
    this.#options.log.error('the queue stopped', { error });
    this.#options.onFatal?.(error);
  }

  async #handle(job: Job, signal: AbortSignal): Promise<JobResult> {
    const handler = this.#options.handlers[job.kind];
    if (handler === undefined) return failure(`no handler for ${job.kind}`);
    if (job.payload === undefined) return failure('unreadable payload');
    try {
      return await handler.handle(job, {
        signal,
        draining: this.#draining.signal,
        isResting: () => this.#rests.all.has(job.lane),
      });
    } catch (error) {
      if (signal.aborted) return { status: 'released' };
      const known = toAppError(error);
      // A photo that may not be read is that photo's trouble; a full disk or a lost database is everybody's.
      if (known.code === 'disk-full' || isDatabaseFailure(known)) throw known;
      this.#options.log.error('a job threw', { job: job.id, kind: job.kind, error });
      return { status: 'retry', error: known.toInfo() };
    }
  }

  /** As `#store`, and the lane takes note of how it went. */
  #end(job: Job, result: JobResult): JobEnd | undefined {
    this.#rests.note(job, result);
    const end = this.#store(job, result);
    if (end !== undefined) this.#rests.settle(job, result);
    return end;
  }

  /** Ends the claim and commits the handler's rows in one transaction. `undefined` when the job was no longer ours. */
  #store(job: Job, result: JobResult, first?: JobEnd): JobEnd | undefined {
    const { db, clock } = this.#options;
    const { runId } = job;
    let end = endOfJob(job, result, {
      maxAttempts: this.#options.handlers[job.kind]?.maxAttempts ?? 1,
      isHeld: runId !== null && this.#heldRuns.has(runId),
      isCanceled: runId !== null && this.#canceledRuns.has(runId),
      rests: this.#rests,
      nowMs: clock.now(),
    });
    // What is to be tried again together waits equally long.
    if (result.status === 'retry' && end.state === 'ready' && first?.state === 'ready') {
      end = { ...end, runAfterMs: first.runAfterMs };
    }
    const { isRepeatable = 'never' } = this.#options.handlers[job.kind] ?? {};
    const mayBeUndone =
      isRepeatable === 'always' || (isRepeatable === 'when-finished' && end.state === 'finished');
    const durability = mayBeUndone ? 'unsynced' : 'synced';
    const endWith = (commit: JobResult['commit']): boolean =>
      db.transact(() => {
        if (!endJob(db, job.id, this.#session, end, clock.now())) return false;
        commit?.(db);
        return true;
      }, durability);
    let isOurs: boolean;
    try {
      isOurs = endWith(result.commit);
    } catch (error) {
      if (isDatabaseFailure(error)) throw error;
      // The rows of this one job cannot be stored (its photo was removed meanwhile, say): that stops no other.
      const failed = toAppError(error);
      this.#options.log.error('what a job wanted to store could not be stored', { job: job.id, error });
      end = { state: 'failed', error: failed.toInfo(), attempts: job.attempts };
      isOurs = endWith(undefined);
    }
    if (!isOurs) return undefined;
    if (end.state === 'ready') this.#fill(end.lane ?? job.lane);
    return end;
  }
}

function failure(reason: string): JobResult {
  return { status: 'failed', error: { code: 'internal', details: { reason } } };
}
