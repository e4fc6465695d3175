import type { EngineState } from '../contract/engine-state.ts';
import type { EventName, Events } from '../contract/events.ts';
import {
  mostMessageCharacters,
  pageMessage,
  readMessage,
  type HostMessage,
  type Port,
} from '../contract/port.ts';
import {
  procedures,
  type Arguments,
  type CallOptions,
  type Output,
  type ProcedureName,
} from '../contract/procedures.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';

/** What stands behind a port: an engine that may come and go. */
export interface Served {
  readonly state: EngineState;
  /** @throws {AppError} whatever the engine throws, or why there is none. */
  call<Name extends ProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options: CallOptions<Name>,
  ): Promise<Output<Name>>;
  /** A person asks that a stopped engine is tried again. */
  retry(): void;
  onState(listener: (state: EngineState) => void): () => void;
  onEvent(listener: <Name extends EventName>(name: Name, data: Events[Name]) => void): () => void;
}

/**
 * The answering side of one port: a page calls, its input is checked (by the engine, `callHandler`), and it hears of what
 * changes. A malformed call is answered with `invalid-input` when its id can be read; anything else that cannot be
 * understood is logged and does no harm. When the port closes, what streams to it stops.
 */
export function servePort(port: Port, served: Served, log: Log): void {
  const running = new Map<number, AbortController>();

  const send = (message: HostMessage): void => {
    const text = JSON.stringify(message);
    if (text.length <= mostMessageCharacters) {
      port.send(text);
      return;
    }
    log.error('a message was too long for the port', { type: message.type, characters: text.length });
    if (message.type === 'output' || message.type === 'part') {
      sendError(message.id, new AppError('internal', { reason: 'The answer was too long.' }));
    }
  };
  const sendError = (id: number, error: AppError): void => {
    send({ type: 'error', id, error: error.toInfo() });
  };

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const calling = new AbortController();
    const { signal } = calling;
    try {
      if (!isProcedure(name)) throw refusal(`There is no procedure ${name}.`);
      if (running.has(id)) throw refusal('That call is on its way already.');
      running.set(id, calling);
      const onPart = (part: unknown): void => {
        if (!signal.aborted) send({ type: 'part', id, part });
      };
      const unchecked = input as never; // why: the engine checks it against the schema of `name`
      const output = await served.call(name, unchecked, { signal, onPart });
      if (!signal.aborted) send({ type: 'output', id, output });
    } catch (error) {
      if (signal.aborted) return;
      const known = toAppError(error);
      if (known.code === 'internal') log.error('a call failed', { name, error });
      sendError(id, known);
    } finally {
      if (running.get(id) === calling) running.delete(id);
    }
  };

  const stops = [
    served.onState((state) => {
      send({ type: 'state', state });
    }),
    served.onEvent((name, data) => {
      send({ type: 'event', name, data });
    }),
  ];

  port.onMessage((text) => {
    const value = text.length > mostMessageCharacters ? undefined : readMessage(text);
    const parsed = pageMessage.safeParse(value);
    if (!parsed.success) {
      const id = idOf(value);
      if (id !== undefined) {
        sendError(id, refusal('That is no call.'));
      } else log.warn('a message could not be understood', { characters: text.length });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'call':
        void answer(message.id, message.name, message.input);
        break;
      case 'cancel':
        running.get(message.id)?.abort(new AppError('canceled'));
        running.delete(message.id);
        break;
      case 'retry':
        served.retry();
        break;
    }
  });
  port.onClose(() => {
    for (const stop of stops) stop();
    for (const calling of running.values()) calling.abort(new AppError('canceled'));
    running.clear();
  });
  send({ type: 'state', state: served.state });
}

function refusal(reason: string): AppError {
  return new AppError('invalid-input', { reason });
}

function isProcedure(name: string): name is ProcedureName {
  return Object.hasOwn(procedures, name);
}

function idOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'number' && Number.isSafeInteger(value.id) && value.id > 0
    ? value.id
    : undefined;
}
