import type { EngineState } from '../../app/contract/engine-state.ts';
import type { SecretPlace } from '../../app/contract/models/connection.ts';
import { pageMessage, readMessage, type HostMessage, type Port } from '../../app/contract/port.ts';
import type { Clock } from '../../app/platform/clock.ts';
import type { FrameOutcome, FrameWish, FromEngine } from '../../app/host/engine-messages.ts';
import { restartRule, type RestartRule } from './restart-rule.ts';
import type { EngineProcess, EngineProcessListeners } from './engine-process.ts';

/** Who keeps the keys that the engine uses. */
export interface SecretKeeper {
  readonly place: SecretPlace;
  readonly all: readonly (readonly [string, string])[];
  keep(name: string, secret: string | null): Promise<void>;
}

/** Who takes frames out of videos where there is no ffmpeg. */
export interface FrameTaker {
  /** Never throws. */
  take(wish: FrameWish, signal: AbortSignal): Promise<FrameOutcome>;
}

/** Without a keeper they last as long as the engine does. */
const noKeeper: SecretKeeper = { place: 'memory', all: [], keep: () => Promise.resolve() };

export type EngineRelayOptions = {
  readonly libraryFolder: string;
  readonly start: (listeners: EngineProcessListeners) => EngineProcess;
  readonly clock: Clock;
  /** Asked for whenever an engine starts. */
  readonly secrets?: SecretKeeper;
  readonly decoder?: FrameTaker;
  readonly onState?: (state: EngineState) => void;
};

/**
 * Passes what pages and engine say to each other on, and keeps an engine process alive: one that ends without being asked
 * to is started again, until that happens too often. Pages keep their ports meanwhile: what they had asked is answered
 * with `engine-closed`, and they are told how it stands.
 */
export class EngineRelay {
  readonly #options: EngineRelayOptions;
  readonly #rule: RestartRule;
  /** Frames that the engine waits for. */
  readonly #frames = new Map<number, AbortController>();
  readonly #ports = new Map<number, { readonly port: Port; readonly asked: Set<number> }>();
  #lastPort = 0;
  #engine: EngineProcess | undefined;
  #state: EngineState = { kind: 'starting' };
  #stopTimer: (() => void) | undefined;
  #ending: PromiseWithResolvers<void> | undefined;

  constructor(options: EngineRelayOptions) {
    this.#options = options;
    this.#rule = restartRule(options.clock);
  }

  get state(): EngineState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#engine?.pid;
  }

  start(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const engine = this.#options.start({
      onMessage: (message) => {
        this.#receive(message);
      },
      onExit: () => {
        this.#onExit();
      },
    });
    this.#engine = engine;
    const { libraryFolder, secrets = noKeeper } = this.#options;
    engine.send({
      type: 'start',
      libraryFolder,
      secretPlace: secrets.place,
      secrets: secrets.all.map(([name, secret]) => [name, secret]),
      hasDecoder: this.#options.decoder !== undefined,
    });
    // The engine tells each page itself how it is, from here on.
    for (const id of this.#ports.keys()) engine.send({ type: 'open', port: id });
  }

  connect(port: Port): void {
    const id = ++this.#lastPort;
    const asked = new Set<number>();
    this.#ports.set(id, { port, asked });
    if (this.#engine === undefined) say(port, { type: 'state', state: this.#state });
    else this.#engine.send({ type: 'open', port: id });
    port.onMessage((text) => {
      if (this.#engine === undefined) this.#answerAlone(port, text);
      else {
        follow(asked, text);
        this.#engine.send({ type: 'text', port: id, text });
      }
    });
    port.onClose(() => {
      this.#ports.delete(id);
      this.#engine?.send({ type: 'close', port: id });
    });
  }

  /** Lets the engine finish what was sent. Resolves when its process is gone. With `abort`, it does not wait for answers. */
  async end({ abort = false }: { readonly abort?: boolean } = {}): Promise<void> {
    this.#stopTimer?.();
    this.#ending ??= Promise.withResolvers();
    if (this.#engine === undefined) this.#ending.resolve();
    else this.#engine.send({ type: 'end', abort });
    await this.#ending.promise;
  }

  /** Does not wait for anything. */
  kill(): void {
    this.#ending ??= Promise.withResolvers();
    this.#engine?.kill();
  }

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'state':
        this.#setState(message.state);
        break;
      case 'text': {
        const page = this.#ports.get(message.port);
        if (page === undefined) break;
        follow(page.asked, message.text);
        page.port.send(message.text);
        break;
      }
      case 'keep-secret':
        void this.#keep(message);
        break;
      case 'take-frame':
        void this.#takeFrame(message);
        break;
      case 'drop-frame':
        this.#frames.get(message.request)?.abort();
        break;
      case 'closed':
        this.#ports.get(message.port)?.port.close();
        this.#ports.delete(message.port);
        break;
    }
  }

  async #keep({ request, name, secret }: Extract<FromEngine, { type: 'keep-secret' }>): Promise<void> {
    let reason: string | null = null;
    try {
      await (this.#options.secrets ?? noKeeper).keep(name, secret);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    this.#engine?.send({ type: 'secret-kept', request, reason });
  }

  async #takeFrame({ request, wish }: Extract<FromEngine, { type: 'take-frame' }>): Promise<void> {
    const { decoder } = this.#options;
    const engine = this.#engine;
    if (decoder === undefined || engine === undefined) return;
    const dropped = new AbortController();
    this.#frames.set(request, dropped);
    const outcome = await decoder.take(wish, dropped.signal);
    if (this.#frames.get(request) === dropped) this.#frames.delete(request);
    // Only the engine that asked: another one counts from 1 again.
    if (this.#engine === engine) engine.send({ type: 'frame-taken', request, outcome });
  }

  #onExit(): void {
    this.#engine = undefined;
    for (const dropped of this.#frames.values()) dropped.abort();
    this.#frames.clear();
    if (this.#ending !== undefined) {
      this.#ending.resolve();
      for (const { port } of this.#ports.values()) port.close();
      this.#ports.clear();
      return;
    }
    const next = this.#rule.died();
    if (next.kind === 'restart') {
      this.#tellAll({ kind: 'restarting', attempt: next.attempt });
      this.#stopTimer = this.#options.clock.after(next.afterMs, () => {
        this.start();
      });
    } else {
      this.#tellAll({ kind: 'stopped', error: { code: 'engine-crashed', details: {} }, retryAtMs: null });
    }
  }

  #tellAll(state: EngineState): void {
    this.#setState(state);
    for (const { port, asked } of this.#ports.values()) {
      for (const id of asked) say(port, { type: 'error', id, error: { code: 'engine-closed', details: {} } });
      asked.clear();
      say(port, { type: 'state', state });
    }
  }

  #answerAlone(port: Port, text: string): void {
    const parsed = pageMessage.safeParse(readMessage(text));
    if (!parsed.success) return;
    if (parsed.data.type === 'call') {
      say(port, { type: 'error', id: parsed.data.id, error: { code: 'engine-closed', details: {} } });
    } else if (parsed.data.type === 'retry' && this.#state.kind === 'stopped') {
      this.#rule.forgive();
      this.#tellAll({ kind: 'starting' });
      this.start();
    }
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}

function say(port: Port, message: HostMessage): void {
  port.send(JSON.stringify(message));
}

/**
 * Which calls are on their way, seen from outside: the client writes `{"type":"call","id":7,…`, the server
 * `{"type":"output","id":7,…`. Only the beginning is looked at: a page of rows is not parsed twice on its way.
 */
const beginning = /^\{"type":"(call|cancel|output|error)","id":(\d+),?/;

function follow(asked: Set<number>, text: string): void {
  const [, type, id] = beginning.exec(text) ?? [];
  if (type === 'call') asked.add(Number(id));
  else if (type !== undefined) asked.delete(Number(id));
}
