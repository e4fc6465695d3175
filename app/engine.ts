import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { getRun } from './captioning/run-store.ts';
import type { Events } from './contract/events.ts';
import type { RunId } from './contract/ids.ts';
import type { Arguments, CallOptions, Handlers, Output, ProcedureName } from './contract/procedures.ts';
import { libraryFiles, openForWriting, type OpenDatabase } from './db/open.ts';
import { ConnectionPool, type CredentialOf } from './engine/connections.ts';
import { connectionOfLane } from './jobs/connection-lane.ts';
import { followLanes } from './engine/connection-state.ts';
import { settleLostQuestions } from './engine/lost-questions.ts';
import { settleEdits } from './engine/edits.ts';
import { Desk } from './engine/desk.ts';
import { followBlocks } from './engine/fallback.ts';
import { followJobs } from './engine/follow-jobs.ts';
import { Batches } from './engine/batches.ts';
import type { EngineParts } from './engine/parts.ts';
import { batchLimits, type BatchLimits } from './providers/batch/batch-limits.ts';
import { Questions } from './engine/questions.ts';
import { restOfRun, type RestOptions, type RunRest } from './engine/rest-of-run.ts';
import { readHandlers } from './engine/handlers/read/index.ts';
import { callHandler, type Reader } from './engine/reader.ts';
import { Additions } from './engine/video-index/additions.ts';
import { watch } from './engine/watch.ts';
import { writeHandlers } from './engine/handlers/write/index.ts';
import { catchUpIndex } from './engine/scan.ts';
import { takeUpVideos } from './engine/videos.ts';
import { Keys } from './engine/keys.ts';
import { pauseRun, takeUpRuns } from './engine/runs.ts';
import type { JobsContext } from './jobs/context.ts';
import { createHandlers } from './jobs/index.ts';
import { textLane, thoroughFactsLane } from './jobs/lanes.ts';
import { indexAsset } from './search/index-store.ts';
import { highestAssetId } from './library/health-store.ts';
import { removeRenditionsBeyond } from './library/orphan-renditions.ts';
import { removeUnfinishedRenditions } from './library/renditions.ts';
import { forgetPlaying } from './library/playing.ts';
import { PreviewCache } from './library/preview-cache.ts';
import { systemClock, type Clock } from './platform/clock.ts';
import { Emitter } from './platform/emitter.ts';
import { AppError, toAppError } from './platform/errors.ts';
import { Turns } from './platform/turns.ts';
import { openLogFile, type Log } from './platform/log.ts';
import type { FrameSource } from './video/frame-source.ts';
import { FrameSources } from './video/frame-sources.ts';
import { TextReader } from './imaging/text-reader.ts';
import { createExifToolReader } from './metadata/exiftool-facts.ts';
import { MemorySecretBox, type SecretBox } from './platform/secret-box.ts';
import { Queue } from './queue/queue.ts';
import { Budgets } from './usage/budget.ts';
import { bookLostRequests } from './usage/request-store.ts';

export type EngineOptions = {
  readonly libraryFolder: string;
  /** Keys that the host was given, such as those of the environment; they have the first say. */
  readonly credentialOf?: CredentialOf;
  /** Where keys that a person sets are kept. @default until the engine closes */
  readonly secrets?: SecretBox;
  readonly clock?: Clock;
  /** First wait after a failed try. @default 1 000 */
  readonly retryBaseMs?: number;
  /** Longest wait for a whole answer. @default 180 000 */
  readonly requestTimeoutMs?: number;
  /** Smaller than the service's own. */
  readonly batchLimits?: Partial<BatchLimits>;
  /** Longest wait between two questions about videos that are being looked at. @default 10 000 */
  readonly pollMs?: number;
  /** Takes frames out of videos where there is no ffmpeg. @default nobody does */
  readonly ownDecoder?: FrameSource;
};

/**
 * The composition root: makes the parts and passes each what it needs. One engine per library; it goes on where the last
 * one stopped, however that ended.
 */
export class Engine implements Pick<Reader, 'call'> {
  readonly events = new Emitter<Events>();
  readonly #parts: EngineParts;
  #batches: Batches | undefined;
  readonly #handlers: Handlers;
  readonly #closeDatabase: () => void;
  readonly #log: Log & { close(): void };
  /** Aborts with the reason, an `AppError`, once nothing goes on any more. */
  readonly #stopped = new AbortController();
  #closed: Promise<void> | undefined;
  #warming: Promise<void> | undefined;

  /** @throws {AppError} `library-in-use`, `schema-too-new`, `library-damaged`, `library-unavailable`, `read-only`, `disk-full` */
  constructor(options: EngineOptions) {
    const { libraryFolder } = options;
    const clock = options.clock ?? systemClock;
    const { db, close } = openForWriting(libraryFolder);
    this.#closeDatabase = close;
    const log = openLogFile(join(libraryFolder, libraryFiles.log));
    this.#log = log;
    try {
      this.#parts = this.#open(options, db, log);
    } catch (error) {
      log.close();
      close();
      throw toAppError(error);
    }
    this.#handlers = {
      ...readHandlers({
        read: db,
        libraryFolder,
        now: () => clock.now(),
        roster: () => this.#parts.desk.roster(),
        work: this.#parts.desk.work,
        keys: this.#parts.keys,
      }),
      ...writeHandlers(this.#parts),
    };
    this.#batches = new Batches(this.#parts, (error) => {
      this.#fail(error);
    });
    followLanes(this.#parts);
    followBlocks(this.#parts);
    followJobs(this.#parts);
  }

  /** Builds the parts, and clears up what a dead engine left. */
  #open(options: EngineOptions, db: OpenDatabase['db'], log: Log): EngineParts {
    const { libraryFolder, clock = systemClock } = options;
    const lost = bookLostRequests(db, clock.now());
    if (lost > 0) log.warn('requests of a dead engine are booked at their upper estimate', { lost });

    const keys = new Keys({
      box: options.secrets ?? new MemorySecretBox(),
      libraryFolder,
      given: options.credentialOf,
    });
    const pool = new ConnectionPool({
      read: db,
      clock,
      credentialOf: (connection) => keys.credentialOf(connection),
      timeoutMs: options.requestTimeoutMs,
    });
    const jobsContext: JobsContext = {
      libraryFolder,
      clock,
      log,
      read: db,
      transact: (action, durability) => db.transact(() => action(db), durability),
      whenSynced: () => db.whenSynced(),
      budgets: new Budgets(db),
      providerOf: (connection) => pool.providerOf(connection),
      gateOf: (connection) => pool.gateOf(connection),
      lookAt: (connection) => pool.lookAt(connection),
      share: (id, work) => pool.share(id, work),
      exifTool: createExifToolReader({ maxProcesses: 1 }),
      previews: new PreviewCache(libraryFolder),
      textReader: new TextReader(),
      frames: new FrameSources(options.ownDecoder),
      indexAsset,
      enqueue: (writer, jobs) => {
        queue.enqueue(writer, jobs);
      },
      batchLimitsOf: (connection) => ({ ...batchLimits(connection), ...options.batchLimits }),
      batchTurns: new Turns(),
      wakeBatches: () => {
        this.#batches?.lookNow();
      },
      pauseRun: (runId, error) => {
        pauseRun(parts, runId, error);
      },
    };
    const queue: Queue = new Queue({
      db,
      clock,
      log,
      handlers: createHandlers(jobsContext),
      widthOf: (lane) => widthOf(pool, lane),
      ...(options.retryBaseMs === undefined ? {} : { retryBaseMs: options.retryBaseMs }),
      onFatal: (error) => {
        this.#fail(error);
      },
    });
    const parts: EngineParts = {
      ...jobsContext,
      queue,
      pool,
      keys,
      events: this.events,
      startingRuns: new Set(),
      questions: new Questions(),
      additions: new Additions({ ...jobsContext, events: this.events }),
      videos: { askedLast: undefined },
      videoIndex: {
        timeoutMs: options.requestTimeoutMs,
        pollMs: options.pollMs,
        retryMs: options.retryBaseMs,
      },
      desk: new Desk({ libraryFolder, clock, db, events: this.events, queue, library: jobsContext }),
      editTurns: new Turns(),
    };
    removeRenditionsBeyond(libraryFolder, highestAssetId(db));
    removeUnfinishedRenditions(libraryFolder);
    forgetPlaying(libraryFolder);
    settleLostQuestions(parts);
    takeUpRuns(parts);
    settleEdits(parts);
    return parts;
  }

  /**
   * Starts working through the queue.
   *
   * @param isWanted lanes to work on; others keep their jobs. @default all
   */
  start(isWanted?: (lane: string) => boolean): void {
    this.#parts.queue.start(isWanted);
    this.#batches?.start(isWanted);
    void this.#catchUpIndex();
  }

  /** For a window that is about to ask: it finds ready what it asks for first. Never fails: then it is made when it is asked for. */
  warm(): void {
    this.#warming = this.#warm();
  }

  async #warm(): Promise<void> {
    try {
      await this.#parts.desk.warm();
    } catch (error) {
      if (!this.#stopped.signal.aborted) this.#log.warn('nothing was made ready for a window', { error });
    }
  }

  /** A library that an older Cutline indexed is searchable at once, and by all that this one knows a little later. */
  async #catchUpIndex(): Promise<void> {
    try {
      await catchUpIndex(this.#parts, this.#stopped.signal);
      if (!this.#stopped.signal.aborted) await takeUpVideos(this.#parts);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const failure = toAppError(error);
    this.#stopped.abort(failure);
    this.events.emit('engine.failed', { error: failure.toInfo() });
  }

  /** @throws {AppError} `invalid-input` when the input is not what the procedure takes, and whatever its handler throws. */
  call<Name extends ProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options?: CallOptions<Name>,
  ): Promise<Output<Name>> {
    return callHandler(this.#handlers, name, input, options);
  }

  /**
   * Resolves when nothing of these lanes waits or runs any more, or when the signal aborts.
   *
   * @throws {AppError} what stopped the engine: `disk-full`, `read-only`, `engine-closed`.
   */
  async whenIdle(lanes: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#until(() => lanes.every((lane) => this.#parts.queue.isIdle(lane)), signal);
  }

  /**
   * Resolves when a run is over, or cannot go on by itself: `isHeld` says which rests are that.
   *
   * @throws {AppError} as `whenIdle`.
   */
  async whenRunSettles(
    runId: RunId,
    options: RestOptions & { readonly signal?: AbortSignal },
  ): Promise<'over' | 'held'> {
    const run = getRun(this.#parts.read, runId);
    const state = (): RunRest => restOfRun(this.#parts, this.#batches, run, options);
    await this.#until(() => state() !== undefined, options.signal);
    return state() ?? 'held';
  }

  /** Keeps the library in step with its folders, by each root's standing rule, until the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    await watch(this.#parts, signal);
  }

  /** Finishes what was sent and keeps the rest for the next engine. With `abort`, does not wait for answers. */
  close(options: { abort?: boolean } = {}): Promise<void> {
    // A second call may still tell the first to hurry.
    const drained = Promise.all([
      this.#parts.queue.close(options),
      this.#parts.questions.close(options),
      this.#parts.additions.close(),
      this.#batches?.close(),
    ]);
    this.#closed ??= drained.then(() => this.#release());
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#stopped.abort(new AppError('engine-closed'));
    this.#parts.desk.close();
    this.#parts.pool.close();
    this.#parts.textReader.close();
    await this.#parts.exifTool.close();
    this.#closeDatabase();
    // Without a database it ends with its next step, which may be a file that it writes.
    await this.#warming;
    this.#log.close();
  }

  /** Looks again after every job and every change of a lane. */
  async #until(isTrue: () => boolean, signal?: AbortSignal): Promise<void> {
    const stopped = this.#stopped.signal;
    const isEnough = (): boolean => signal?.aborted === true;
    if (stopped.aborted) throw toAppError(stopped.reason);
    if (isTrue() || isEnough()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isTrue() && !isEnough() && !stopped.aborted) return;
        for (const stop of stops) stop();
        for (const aborting of [signal, stopped]) aborting?.removeEventListener('abort', look);
        resolve();
      };
      const stops = [
        this.#parts.queue.events.on('job-ended', look),
        this.#parts.queue.events.on('lane-changed', look),
        this.events.on('run.changed', look),
      ];
      for (const aborting of [signal, stopped]) aborting?.addEventListener('abort', look);
    });
    // Whoever asked to stop waiting did not ask how the engine is.
    if (stopped.aborted && !isEnough()) throw toAppError(stopped.reason);
  }
}

function widthOf(pool: ConnectionPool, lane: string): number {
  const connection = connectionOfLane(lane);
  if (connection !== undefined) return pool.widthOf(connection);
  // ExifTool and text recognition are a process each; everything else reads and decodes.
  return lane === thoroughFactsLane || lane === textLane ? 1 : availableParallelism() + 1;
}
