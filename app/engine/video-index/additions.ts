import type { Events } from '../../contract/events.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import {
  keptWishes,
  type Addition,
  type AdditionWish,
  type KeptWishes,
} from '../../contract/procedures/video-index.ts';
import type { Call, Output } from '../../contract/procedures.ts';
import type { JobsContext } from '../../jobs/context.ts';
import type { Emitter } from '../../platform/emitter.ts';
import { AppError, toAppError } from '../../platform/errors.ts';
import { findSetting, saveSetting } from '../../settings/setting-store.ts';

/** Puts videos into an index, as `addVideos` does. */
export type Work = (
  wish: AdditionWish & { readonly container: string },
  call: Pick<Call<'videoIndex.add'>, 'signal' | 'tell'>,
) => Promise<Output<'videoIndex.add'>>;

type Which = Pick<AdditionWish, 'connectionId' | 'index'>;

type Entry = {
  readonly wish: AdditionWish;
  readonly startedAtMs: number;
  /** In memory alone: see [Note: Signed addresses]. */
  container: string | undefined;
  state: Addition['state'];
  progress: Addition['progress'];
  error: AppError | undefined;
  videos: Addition['videos'];
  /** Of one that goes on. */
  stop: AbortController | undefined;
  ended: Promise<void>;
};

type Context = Pick<JobsContext, 'read' | 'transact' | 'clock' | 'log'> & {
  readonly events: Emitter<Events>;
};

/**
 * [Note: Additions]
 * Videos go into an index for hours, and nobody looks at a page for so long. So the engine does it by itself: at most one
 * addition for each index. What was wished is kept until it is over, so that one whose Cutline was closed or killed in the
 * middle is there again; the address of the container is not, so a person has to give that once more, and the blocks that
 * arrived are not sent twice ([Note: The service knows]).
 */
export class Additions {
  readonly #context: Context;
  readonly #entries = new Map<string, Entry>();
  #isClosed = false;

  constructor(context: Context) {
    this.#context = context;
    for (const { startedAtMs, ...wish } of readKept(findSetting(context.read, settingName))) {
      this.#entries.set(keyOf(wish), newEntry(wish, startedAtMs));
    }
  }

  /** @throws {AppError} `conflict` while one goes on for this index */
  begin(wish: AdditionWish, container: string, work: Work): Addition {
    if (this.#entries.get(keyOf(wish))?.state === 'going') throw isGoing(wish.index);
    const entry = newEntry(wish, this.#context.clock.now());
    this.#entries.set(keyOf(wish), entry);
    this.#keep();
    return this.#run(entry, container, work);
  }

  /** @throws {AppError} `not-found`; `conflict` while it goes on, when it is done, or without the address that it needs */
  goOn(which: Which, container: string | undefined, work: Work): Addition {
    const entry = this.#entries.get(keyOf(which));
    if (entry === undefined) throw new AppError('not-found', { what: 'What was begun' });
    if (entry.state === 'going' || entry.state === 'done') throw isGoing(which.index);
    const address = container ?? entry.container;
    if (address === undefined) {
      throw new AppError('conflict', { reason: 'The address of the container is needed once more.' });
    }
    return this.#run(entry, address, work);
  }

  list(): Addition[] {
    return [...this.#entries.values()].map(toView);
  }

  /** One that goes on for an index of this connection. */
  isGoing(connectionId: ConnectionId): boolean {
    return [...this.#entries.values()].some(
      ({ wish, state }) => wish.connectionId === connectionId && state === 'going',
    );
  }

  async stop(which: Which): Promise<void> {
    const entry = this.#entries.get(keyOf(which));
    entry?.stop?.abort();
    await entry?.ended;
  }

  async dismiss(which: Which): Promise<void> {
    await this.stop(which);
    if (!this.#entries.delete(keyOf(which))) return;
    this.#keep();
    this.#tell();
  }

  /** Those of a connection that is no more. */
  forget(connectionId: ConnectionId): void {
    const gone = [...this.#entries].filter(([, { wish }]) => wish.connectionId === connectionId);
    if (gone.length === 0) return;
    for (const [key] of gone) this.#entries.delete(key);
    this.#keep();
    this.#tell();
  }

  /** Stops them all. Their wishes stay, so that they are there the next time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { stop } of this.#entries.values()) stop?.abort();
    await Promise.all([...this.#entries.values()].map(({ ended }) => ended));
  }

  #run(entry: Entry, container: string, work: Work): Addition {
    if (this.#isClosed) throw new AppError('engine-closed');
    entry.container = container;
    entry.state = 'going';
    entry.progress = null;
    entry.error = undefined;
    const stop = new AbortController();
    entry.stop = stop;
    entry.ended = this.#work(entry, container, stop.signal, work);
    this.#tell();
    return toView(entry);
  }

  async #work(entry: Entry, container: string, signal: AbortSignal, work: Work): Promise<void> {
    try {
      const tell = (progress: NonNullable<Addition['progress']>): void => {
        entry.progress = progress;
        this.#tell();
      };
      entry.videos = await work({ ...entry.wish, container }, { signal, tell });
      entry.state = 'done';
      entry.container = undefined;
      this.#keep();
    } catch (error) {
      entry.state = signal.aborted ? 'stopped' : 'failed';
      entry.error = signal.aborted ? undefined : toAppError(error);
      if (entry.error !== undefined && notByItself.has(entry.error.code)) entry.container = undefined;
      if (entry.error?.code === 'internal') {
        this.#context.log.error('videos did not get into an index', { error });
      }
    }
    entry.stop = undefined;
    this.#tell();
  }

  #tell(): void {
    this.#context.events.emit('videoIndex.changed', {});
  }

  #keep(): void {
    const kept = [...this.#entries.values()]
      .filter(({ state }) => state !== 'done')
      .map(({ wish, startedAtMs }) => ({ ...wish, startedAtMs }));
    this.#context.transact((db) => {
      saveSetting(db, settingName, kept);
    });
  }
}

const settingName = 'video-index-additions';

/** The same address would only be refused again. */
const notByItself: ReadonlySet<string> = new Set(['sas-expired', 'upload-refused', 'invalid-input']);

function readKept(value: unknown): KeptWishes {
  const kept = keptWishes.safeParse(value);
  return kept.success ? kept.data : [];
}

function newEntry(wish: AdditionWish, startedAtMs: number): Entry {
  return {
    wish,
    startedAtMs,
    container: undefined,
    state: 'stopped',
    progress: null,
    error: undefined,
    videos: [],
    stop: undefined,
    ended: Promise.resolve(),
  };
}

/** The service does not tell upper from lower case. */
function keyOf({ connectionId, index }: Which): string {
  return `${String(connectionId)} ${index.toLowerCase()}`;
}

function toView({ wish, state, startedAtMs, progress, error, container, videos }: Entry): Addition {
  return {
    connectionId: wish.connectionId,
    index: wish.index,
    state,
    startedAtMs,
    progress,
    error: error?.toInfo() ?? null,
    needsContainer: state !== 'going' && state !== 'done' && container === undefined,
    videos,
  };
}

function isGoing(index: string): AppError {
  return new AppError('conflict', { reason: `Videos are being put into the index “${index}” already.` });
}
