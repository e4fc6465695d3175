import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ErrorInfo } from '../contract/errors.ts';
import { AppError } from '../platform/errors.ts';
import type { FoundFrame } from './read-header.ts';
import type { VideoHeader } from './video-header.ts';

/** Headers of videos, and frames as they stand in the file, read in a thread that can be ended: over some damaged files the parser goes round for ever. */

export type HeaderWish =
  | { readonly path: string; readonly ask: 'header' | 'dynamic-range' }
  | { readonly path: string; readonly ask: 'frame'; readonly atMs: number };
export type HeaderAnswer = {
  /** Left out where there is none. */
  readonly frame?: FoundFrame | undefined;
  readonly header?: VideoHeader;
  readonly isHighDynamicRange?: boolean;
  readonly error?: ErrorInfo;
};

/**
 * For one file. Headers are a few reads, a moment even on a network drive that first has to wake up.
 */
const timeoutMs = 30_000;
/** A number that lies may ask for any memory. */
const mostMegabytes = 256;
/** An idle thread is kept so long: a scan brings one video after the other. */
const idleMs = 10_000;

/** Starts its thread when it is needed, and again when it was ended. One file at a time. */
class HeaderReader {
  #worker: Worker | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @throws {AppError} what the thread throws; `file-damaged` when reading comes to no end within `timeoutMs`, and when it takes
   *   more memory than it may.
   */
  async ask(wish: HeaderWish, limitMs = timeoutMs): Promise<HeaderAnswer> {
    const turn = this.#last.then(() => this.#askNow(wish, limitMs));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #askNow(wish: HeaderWish, limitMs: number): Promise<HeaderAnswer> {
    clearTimeout(this.#idleTimer);
    const worker = (this.#worker ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<HeaderAnswer>();
    const endlessly = (cause?: unknown) => {
      reject(
        new AppError(
          'file-damaged',
          { what: 'video', reason: 'Reading its headers comes to no end.' },
          { cause },
        ),
      );
    };
    const timer = setTimeout(endlessly, limitMs);
    worker.once('message', resolve);
    worker.once('error', endlessly);
    worker.once('exit', () => {
      endlessly();
    });
    let isUsable = false;
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- because threads have no origin
      worker.postMessage(wish);
      const answer = await promise;
      isUsable = true;
      if (answer.error !== undefined) throw new AppError(answer.error.code, answer.error.details);
      return answer;
    } finally {
      clearTimeout(timer);
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      if (isUsable) this.#idleTimer = setTimeout(() => this.#close(), idleMs).unref();
      else this.#close();
    }
  }

  #start(): Worker {
    const program = fileURLToPath(new URL('./header-thread.ts', import.meta.url));
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    // Nobody has to wait for it: the timer of a file keeps us alive as long as we wait.
    worker.unref();
    return worker;
  }

  #close(): void {
    clearTimeout(this.#idleTimer);
    // Of a thread that is going nobody wants to hear.
    this.#worker?.on('error', () => undefined);
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

export const headerReader = new HeaderReader();
