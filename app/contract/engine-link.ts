import { CallError, Client } from './client.ts';
import type { EngineState } from './engine-state.ts';
import type { EventName, Events } from './events.ts';
import type { Port } from './port.ts';
import type { Arguments, CallOptions, Output, ProcedureName } from './procedures.ts';

/** How a page and its engine stand: what the host says, or that no host can be heard. */
export type LinkState =
  | EngineState
  | { readonly kind: 'connecting' }
  /** The host cannot be reached: closed, restarted, or the network is cut. Tried again at `retryAtMs`. */
  | { readonly kind: 'disconnected'; readonly attempt: number; readonly retryAtMs: number };

export type LinkOptions = {
  /** Opens a way to the host. A port that cannot be opened closes. */
  readonly connect: () => Port;
  readonly clock: {
    now(): number;
    after(delayMs: number, action: () => void): () => void;
  };
  /** From 0 to 1: many pages must not come back in the same moment. @default Math.random */
  readonly random?: () => number;
  readonly onUnknown?: (what: string) => void;
};

const firstWaitMs = 250;
const longestWaitMs = 10_000;

/**
 * A page's way to its engine, for as long as the page lives: over any number of ports, one after the other. Calls that are
 * made while the engine starts or comes back wait for it; those that were on their way when it was lost reject with
 * `engine-closed`, since nobody knows how far they came. Nothing is heard between two ports, so `onReconnected` means:
 * everything that is shown must be asked for again.
 */
export class EngineLink {
  readonly #options: LinkOptions;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #reconnectedListeners = new Set<() => void>();
  readonly #eventListeners = new Map<EventName, Set<(data: never) => void>>();
  /** Started when the engine runs, or rejected when it stops. */
  readonly #held = new Set<{ readonly start: () => void; readonly fail: (error: CallError) => void }>();
  #client: Client | undefined;
  #state: LinkState = { kind: 'connecting' };
  #attempt = 0;
  #hasRun = false;
  #isClosed = false;
  #stopWaiting: (() => void) | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** As `Client.call`; waits until the engine runs. While it is `stopped`, rejects with the reason. */
  async call<Name extends ProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options: CallOptions<Name> = {},
  ): Promise<Output<Name>> {
    if (this.#state.kind !== 'running') await this.#untilRunning(options.signal);
    if (this.#client === undefined) throw new CallError('engine-closed');
    return this.#client.call(name, input, options);
  }

  on<Name extends EventName>(name: Name, listener: (data: Events[Name]) => void): () => void {
    const listeners = this.#eventListeners.get(name) ?? new Set();
    this.#eventListeners.set(name, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => {
      this.#stateListeners.delete(listener);
    };
  }

  /** The engine runs again after it was lost or another took its place: everything that is shown may be old. */
  onReconnected(listener: () => void): () => void {
    this.#reconnectedListeners.add(listener);
    return () => {
      this.#reconnectedListeners.delete(listener);
    };
  }

  /** A person does not want to wait: connects now, or asks the host to try its engine again. */
  retry(): void {
    if (this.#state.kind === 'disconnected') {
      this.#stopWaiting?.();
      this.#connect();
    } else this.#client?.retry();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaiting?.();
    this.#client?.close();
    this.#failHeld(new CallError('engine-closed'));
  }

  #connect(): void {
    this.#stopWaiting = undefined;
    const client: Client = new Client(this.#options.connect(), {
      onState: (state) => {
        this.#attempt = 0;
        this.#setState(state);
      },
      onEvent: (name, data) => {
        for (const listener of this.#eventListeners.get(name) ?? []) listener(data as never); // why: the set under `name` only holds listeners for `name`
      },
      onClose: () => {
        if (this.#isClosed) return;
        this.#client = undefined;
        this.#waitAndConnect();
      },
      ...(this.#options.onUnknown === undefined ? {} : { onUnknown: this.#options.onUnknown }),
    });
    this.#client = client;
  }

  /** Twice as long each time, by a half either way. */
  #waitAndConnect(): void {
    const { clock, random = Math.random } = this.#options;
    const fullMs = Math.min(firstWaitMs * 2 ** this.#attempt, longestWaitMs);
    const waitMs = Math.round(fullMs * (0.5 + random()));
    this.#attempt += 1;
    this.#setState({ kind: 'disconnected', attempt: this.#attempt, retryAtMs: clock.now() + waitMs });
    this.#stopWaiting = clock.after(waitMs, () => {
      this.#connect();
    });
  }

  #setState(state: LinkState): void {
    const isNew = state.kind === 'running' && this.#state.kind !== 'running';
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
    if (state.kind === 'stopped') this.#failHeld(new CallError(state.error.code, state.error.details));
    if (!isNew) return;
    if (this.#hasRun) for (const listener of this.#reconnectedListeners) listener();
    this.#hasRun = true;
    for (const { start } of this.#held) start();
  }

  #failHeld(error: CallError): void {
    for (const { fail } of this.#held) fail(error);
  }

  #untilRunning(signal: AbortSignal | undefined): Promise<void> {
    const state = this.#state;
    if (this.#isClosed) return Promise.reject(new CallError('engine-closed'));
    if (signal?.aborted === true) return Promise.reject(new CallError('canceled'));
    if (state.kind === 'stopped') return Promise.reject(new CallError(state.error.code, state.error.details));
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#held.delete(held);
        signal?.removeEventListener('abort', cancel);
      };
      const held = {
        start: () => {
          end();
          resolve();
        },
        fail: (error: CallError) => {
          end();
          reject(error);
        },
      };
      const cancel = (): void => {
        held.fail(new CallError('canceled'));
      };
      this.#held.add(held);
      signal?.addEventListener('abort', cancel);
    });
  }
}
