import type { EngineState } from '../contract/engine-state.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { events, type EventName, type Events } from '../contract/events.ts';
import type { Port } from '../contract/port.ts';
import type { Arguments, CallOptions, Output, ProcedureName } from '../contract/procedures.ts';
import { Engine, type EngineOptions } from '../engine.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { Emitter } from '../platform/emitter.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { EventStream } from './event-stream.ts';
import { servePort, type Served } from './serve-port.ts';

export type EngineHostOptions = Omit<EngineOptions, 'clock'> & {
  readonly clock?: Clock;
  readonly log: Log;
};

const eventNames = Object.keys(events) as EventName[]; // why: the keys of the table are its names

/** How long until a reason may be gone by itself, for those that can be. */
const retryAfterMs: Partial<Record<ErrorCode, number>> = {
  'library-in-use': 3_000,
  'library-unavailable': 15_000,
  'disk-full': 30_000,
};

/** One engine for the pages of a host: opens it, keeps it at work, says how it is, and tries again what may have passed. */
export class EngineHost implements Served {
  readonly #options: EngineHostOptions;
  readonly #clock: Clock;
  readonly #changes = new Emitter<{ state: EngineState; event: { name: EventName; data: unknown } }>();
  readonly #stream: EventStream;
  #state: EngineState = { kind: 'starting' };
  #engine: Engine | undefined;
  /** The end of the engine that is being closed. */
  #closing: Promise<void> = Promise.resolve();
  #watching = new AbortController();
  #stopTimer: (() => void) | undefined;
  #isClosed = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#stream = new EventStream(this.#clock, (name, data) => {
      this.#changes.emit('event', { name, data });
    });
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Opens the library. Never throws: what hinders it is the state. */
  open(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#setState({ kind: 'starting' });
    let engine: Engine;
    try {
      engine = new Engine(this.#options);
    } catch (error) {
      this.#stop(toAppError(error));
      return;
    }
    this.#engine = engine;
    for (const name of eventNames) {
      engine.events.on(name, (data) => {
        this.#stream.push(name, data);
      });
    }
    engine.events.on('engine.failed', ({ error }) => {
      this.#stream.flush();
      this.#stop(new AppError(error.code, error.details));
    });
    this.#watching = new AbortController();
    engine.start();
    void this.#watch(engine, this.#watching.signal);
    this.#setState({ kind: 'running' });
    engine.warm();
  }

  async call<Name extends ProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options: CallOptions<Name>,
  ): Promise<Output<Name>> {
    if (this.#state.kind === 'running' && this.#engine !== undefined) {
      return this.#engine.call(name, input, options);
    }
    if (this.#state.kind === 'stopped') throw new AppError(this.#state.error.code, this.#state.error.details);
    throw new AppError('engine-closed');
  }

  retry(): void {
    if (this.#state.kind === 'stopped' && !this.#isClosed) void this.#openAgain();
  }

  onState(listener: (state: EngineState) => void): () => void {
    return this.#changes.on('state', listener);
  }

  onEvent(listener: <Name extends EventName>(name: Name, data: Events[Name]) => void): () => void {
    return this.#changes.on('event', ({ name, data }) => {
      listener(name, data as never); // why: the stream tells each event's own data
    });
  }

  connect(port: Port): void {
    servePort(port, this, this.#options.log);
  }

  /** Finishes what was sent and keeps the rest. With `abort`, does not wait for answers. */
  async close(options: { abort?: boolean } = {}): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#watching.abort();
    this.#setState({ kind: 'closing' });
    await this.#engine?.close(options);
    await this.#closing;
    this.#stream.stop();
  }

  async #watch(engine: Engine, signal: AbortSignal): Promise<void> {
    try {
      await engine.watch(signal);
    } catch (error) {
      if (!signal.aborted) this.#options.log.error('watching the folders ended', { error });
    }
  }

  #stop(error: AppError): void {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#watching.abort();
    if (engine !== undefined) this.#closing = this.#closeBroken(engine);
    if (this.#isClosed) return;
    this.#options.log.error('the engine stopped', { code: error.code, error });
    const waitMs = retryAfterMs[error.code];
    this.#setState({
      kind: 'stopped',
      error: error.toInfo(),
      retryAtMs: waitMs === undefined ? null : this.#clock.now() + waitMs,
    });
    if (waitMs !== undefined) this.#stopTimer = this.#clock.after(waitMs, () => void this.#openAgain());
  }

  async #openAgain(): Promise<void> {
    this.#stopTimer?.();
    this.#setState({ kind: 'starting' });
    await this.#closing;
    if (!this.#isClosed) this.open();
  }

  async #closeBroken(engine: Engine): Promise<void> {
    try {
      await engine.close({ abort: true });
    } catch (error) {
      this.#options.log.error('a broken engine did not close', { error });
    }
  }

  #setState(state: EngineState): void {
    const isSame = this.#state.kind === state.kind && state.kind === 'starting';
    this.#state = state;
    if (!isSame) this.#changes.emit('state', state);
  }
}
