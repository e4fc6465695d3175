import { AppError } from '../platform/errors.ts';

/** How far a question may go on. */
export type QuestionSignals = {
  /** Aborts when nobody wants the answer any more, or when the engine closes at once. */
  readonly signal: AbortSignal;
  /** Aborts when the engine closes: what was sent is finished, and nothing new is sent. */
  readonly draining: AbortSignal;
};

/**
 * Questions that are being answered. They are no jobs: a person waits, and asks again if the engine dies. But like jobs
 * they end before the library closes, so that what was paid for is stored.
 */
export class Questions {
  readonly #draining = new AbortController();
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /**
   * Runs `action` with the caller's signal and the engine's.
   *
   * @throws {AppError} `engine-closed` once the engine closes.
   */
  async run<Result>(
    caller: AbortSignal,
    action: (signals: QuestionSignals) => Promise<Result>,
  ): Promise<Result> {
    const draining = this.#draining.signal;
    if (draining.aborted) throw new AppError('engine-closed');
    const running = action({ signal: AbortSignal.any([caller, this.#closing.signal]), draining });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Waits for all answers that were asked for; with `abort`, stops them. */
  async close({ abort = false }: { readonly abort?: boolean } = {}): Promise<void> {
    this.#draining.abort();
    if (abort) this.#closing.abort();
    await Promise.allSettled(this.#running);
  }
}
