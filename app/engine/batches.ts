import type { RunId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { BatchContext } from '../jobs/batch/context.ts';
import { makeRoom, pollMs, tendBatch } from '../jobs/batch/tend-batch.ts';
import { batchLaneOf, connectionOfLane, isBatchLane } from '../jobs/connection-lane.ts';
import { isDatabaseFailure, toAppError } from '../platform/errors.ts';
import { BatchService } from '../providers/batch/batch-service.ts';
import { hasLiveJobs, hasLiveJobsIn } from '../queue/run-job-store.ts';
import { countLiveJobs, listLanes } from '../queue/lane-job-store.ts';
import { parkedPrefix } from '../queue/parked.ts';
import { findBatch, listOpenBatches, type Batch } from '../usage/batch-store.ts';
import { finishIfDone } from './runs.ts';
import type { EngineParts } from './parts.ts';

/**
 * Takes every batch on its way, one step after the other, and waits for the service in between. Works on nothing but what the
 * database says, so that it goes on after a restart where it was.
 */
export class Batches {
  readonly #parts: EngineParts;
  readonly #context: BatchContext;
  readonly #closing = new AbortController();
  /** When each is looked at again. */
  readonly #nextMs = new Map<number, number>();
  /** Looked at by this engine, and nothing more to be done now. */
  readonly #resting = new Set<number>();
  #isWanted: ((lane: string) => boolean) | undefined;
  /** How often it was woken: a look that was begun before has not seen why. */
  #wakes = 0;
  #wake = Promise.withResolvers<void>();
  #work: Promise<void> | undefined;
  readonly #onFatal: (error: unknown) => void;

  constructor(parts: EngineParts, onFatal: (error: unknown) => void) {
    this.#parts = parts;
    this.#onFatal = onFatal;
    this.#context = {
      ...parts,
      batchServiceOf: (connection) => this.#serviceOf(connection),
      secretOf: (connection) => parts.pool.credentialOf(connection)?.secret,
      isStarting: (runId) => parts.startingRuns.has(runId),
      unpark: (db, ids, lane) => {
        parts.queue.unparkJobs(db, ids, lane);
      },
      tellDescribed: (runId, assetIds) => {
        for (const assetId of assetIds) {
          parts.events.emit('asset.described', { assetId, runId, failed: null, skipped: null });
        }
        parts.events.emit('asset.changed', { assetIds: [...assetIds] });
      },
    };
    // The last photo of a run that has become a line, or has not, ends its batch.
    parts.queue.events.on('job-ended', ({ job }) => {
      if (isBatchLane(job.lane)) this.wake();
    });
  }

  /** @param isWanted lanes that this process works on. */
  start(isWanted: (lane: string) => boolean = () => true): void {
    this.#isWanted = isWanted;
    this.wake();
    this.#work ??= this.#loop();
  }

  /** Something may be to be done: looks at what waits for that, and at what is due. */
  wake(): void {
    this.#wakes += 1;
    for (const [id, nextMs] of this.#nextMs) if (nextMs === Number.POSITIVE_INFINITY) this.#nextMs.delete(id);
    this.#wake.resolve();
  }

  /** Looks at everything at once, also at what the service would not be asked about yet. */
  lookNow(): void {
    this.#wakes += 1;
    this.#nextMs.clear();
    this.#wake.resolve();
  }

  /** Everything of a run that is left waits for the service, and this engine has seen that it does. */
  isWithService(runId: RunId): boolean {
    const batches = listOpenBatches(this.#parts.read, { runId });
    if (batches.length === 0 || !hasLiveJobs(this.#parts.read, runId)) return false;
    const isResting = batches.every(({ id }) => this.#resting.has(id));
    return (
      isResting &&
      batches.every(({ connectionId }) => !hasLiveJobsIn(this.#parts.read, runId, batchLaneOf(connectionId)))
    );
  }

  /** Answers of a run are taken in, or its files cleared away at the service, at this moment. */
  isTidying(runId: RunId): boolean {
    return listOpenBatches(this.#parts.read, { runId }).some(
      ({ id, connectionId, state }) =>
        (state === 'ended' || state === 'cleaning') &&
        !this.#resting.has(id) &&
        !this.#closing.signal.aborted &&
        this.#isWanted?.(batchLaneOf(connectionId)) === true,
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake.resolve();
    await this.#work;
  }

  #serviceOf(connection: Connection): BatchService {
    return new BatchService({ connection, credential: this.#parts.pool.credentialOf(connection) });
  }

  async #loop(): Promise<void> {
    const { signal } = this.#closing;
    try {
      while (!signal.aborted) {
        this.#wake = Promise.withResolvers();
        const waitMs = await this.#lookAtAll();
        if (signal.aborted) return;
        if (waitMs > 0) await this.#sleep(waitMs);
      }
    } catch (error) {
      if (!signal.aborted) this.#onFatal(error);
    }
  }

  async #sleep(ms: number): Promise<void> {
    const cancel = Number.isFinite(ms) ? this.#parts.clock.after(ms, this.#wake.resolve) : undefined;
    await this.#wake.promise;
    cancel?.();
  }

  /** @returns how long until something is due */
  async #lookAtAll(): Promise<number> {
    const { read, clock } = this.#parts;
    let next = Number.POSITIVE_INFINITY;
    for (const batch of listOpenBatches(read)) {
      if (this.#closing.signal.aborted) return 0;
      if (this.#isWanted?.(batchLaneOf(batch.connectionId)) !== true) continue;
      const dueMs = this.#dueMs(batch);
      if (dueMs > clock.now()) {
        next = Math.min(next, dueMs - clock.now());
        continue;
      }
      const wakes = this.#wakes;
      const tended = await this.#tend(batch);
      const waitMs = wakes === this.#wakes ? tended.waitMs : 0;
      this.#note(batch, waitMs);
      next = Math.min(next, waitMs);
    }
    this.#startStarving();
    return next;
  }

  /** What goes wrong with one batch is its own trouble; a full disk or a lost database is everybody's. */
  async #tend(batch: Batch): Promise<{ readonly waitMs: number }> {
    try {
      return await tendBatch(this.#context, batch, this.#closing.signal);
    } catch (error) {
      const isOurs = toAppError(error).code === 'disk-full' || isDatabaseFailure(error);
      if (isOurs || this.#closing.signal.aborted) throw error;
      this.#parts.log.error('a batch could not be taken further', { batch: batch.id, error });
      return { waitMs: pollMs };
    }
  }

  #dueMs({ id }: Batch): number {
    return this.#nextMs.get(id) ?? 0;
  }

  #note(batch: Batch, waitMs: number): void {
    const { clock, events, read } = this.#parts;
    this.#nextMs.set(batch.id, clock.now() + waitMs);
    const now = findBatch(read, batch.id);
    if (waitMs > 0 && now?.state !== 'filling') this.#resting.add(batch.id);
    else this.#resting.delete(batch.id);
    if (now?.state === 'done') {
      this.#nextMs.delete(batch.id);
      finishIfDone(this.#parts, batch.runId);
      this.wake();
    }
    const isNew =
      now?.state !== batch.state ||
      now.remoteState !== batch.remoteState ||
      now.remoteDone !== batch.remoteDone;
    if (isNew || waitMs > 0) events.emit('run.changed', { runId: batch.runId });
  }

  /** What waits for room when nothing is left that could make any. */
  #startStarving(): void {
    const { read } = this.#parts;
    for (const lane of listLanes(read)) {
      const connectionId = connectionOfLane(lane.slice(parkedPrefix.length));
      if (connectionId === undefined || !lane.startsWith(parkedPrefix)) continue;
      if (listOpenBatches(read).some((batch) => batch.connectionId === connectionId)) continue;
      if (countLiveJobs(read, [batchLaneOf(connectionId)]) > 0) continue;
      if (this.#isWanted?.(batchLaneOf(connectionId)) === true) {
        makeRoom(this.#context, { connectionId }, lane);
      }
    }
  }
}
