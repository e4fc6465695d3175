/** npm and the shell may both pass on one Ctrl-C: the same signal again so soon is the same wish. */
const sameSignalMs = 300;

export type InterruptHandler = {
  /** Finish what is paid for, and keep the rest. */
  readonly drain: () => void;
  /** A second signal: stop at once. */
  readonly abort: () => void;
};

/** Ctrl-C and SIGTERM: the first drains, the second stops at once. Without a handler a signal ends the process. */
export class Interrupts {
  readonly #controller = new AbortController();
  #handler: InterruptHandler | undefined;
  #firstAtMs = 0;
  #signal: 'SIGINT' | 'SIGTERM' | undefined;

  readonly #now: () => number;

  /** @param source where signals come from @param now milliseconds on a clock that never goes back */
  constructor(source: Pick<NodeJS.EventEmitter, 'on'> = process, now = (): number => performance.now()) {
    this.#now = now;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      source.on(name, () => {
        this.#receive(name);
      });
    }
  }

  /** Aborts with the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** `undefined` until there was one. */
  get received(): 'SIGINT' | 'SIGTERM' | undefined {
    return this.#signal;
  }

  handle(handler: InterruptHandler | undefined): void {
    this.#handler = handler;
  }

  /** As if a first signal had come: nobody reads our output any more. */
  stop(): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort();
    this.#handler?.drain();
  }

  #receive(name: 'SIGINT' | 'SIGTERM'): void {
    if (this.#handler === undefined) process.exit(name === 'SIGINT' ? 130 : 143);
    const now = this.#now();
    if (this.#signal === undefined) {
      this.#signal = name;
      this.#firstAtMs = now;
      this.#controller.abort();
      this.#handler.drain();
    } else if (name !== this.#signal || now - this.#firstAtMs > sameSignalMs) {
      this.#handler.abort();
    }
  }
}
