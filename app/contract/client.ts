import type { z } from 'zod';
import type { EngineState } from './engine-state.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';
import { events, type EventName, type Events } from './events.ts';
import { hostMessage, mostMessageCharacters, readMessage, type PageMessage, type Port } from './port.ts';
import {
  procedures,
  type Arguments,
  type CallOptions,
  type Output,
  type ProcedureName,
} from './procedures.ts';

/** What a caller over a port gets instead of an answer: a code with a sentence in `messages/`, and the facts for it. */
export class CallError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'CallError';
    this.code = code;
    this.details = details;
  }
}

export type ClientListeners = {
  readonly onState?: (state: EngineState) => void;
  readonly onEvent?: <Name extends EventName>(name: Name, data: Events[Name]) => void;
  /** The port is closed, and with it everything that waited. */
  readonly onClose?: () => void;
  /** What a newer or mistaken host says and this client does not know. @default ignored */
  readonly onUnknown?: (what: string) => void;
};

type Waiting = {
  readonly name: ProcedureName;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: CallError) => void;
  readonly onPart: ((part: unknown) => void) | undefined;
};

/** The calling side of one port. What comes back is checked; a host that breaks the contract is an error, never a wrong value. */
export class Client {
  readonly #port: Port;
  readonly #listeners: ClientListeners;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isClosed = false;

  constructor(port: Port, listeners: ClientListeners = {}) {
    this.#port = port;
    this.#listeners = listeners;
    port.onMessage((text) => {
      this.#receive(text);
    });
    port.onClose(() => {
      this.#end();
    });
  }

  /**
   * Rejects with a `CallError`: what the engine answered, `engine-closed` when the port closes before that, `canceled`
   * when the signal aborts, `internal` when the answer is none that the contract allows.
   */
  call<Name extends ProcedureName>(
    name: Name,
    input: Arguments<Name>,
    options: CallOptions<Name> = {},
  ): Promise<Output<Name>> {
    const { signal, onPart } = options;
    if (this.#isClosed) return Promise.reject(new CallError('engine-closed'));
    if (signal?.aborted === true) return Promise.reject(new CallError('canceled'));
    const id = ++this.#lastId;
    const text = JSON.stringify({ type: 'call', id, name, input } satisfies PageMessage);
    if (text.length > mostMessageCharacters) {
      return Promise.reject(new CallError('invalid-input', { reason: 'It is too long.' }));
    }
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        if (!this.#waiting.has(id)) return;
        this.#send({ type: 'cancel', id });
        settle(id).reject(new CallError('canceled'));
      };
      const settle = (callId: number): Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'> => {
        this.#waiting.delete(callId);
        signal?.removeEventListener('abort', cancel);
        return { resolve: resolve as (output: unknown) => void, reject }; // why: checked against the schema of `name`
      };
      this.#waiting.set(id, {
        name,
        resolve: (output) => {
          settle(id).resolve(output);
        },
        reject: (error) => {
          settle(id).reject(error);
        },
        onPart: onPart as ((part: unknown) => void) | undefined, // why: checked against the schema of `name`
      });
      signal?.addEventListener('abort', cancel);
      this.#port.send(text);
    });
  }

  /** A person asks that a stopped engine is tried again. */
  retry(): void {
    this.#send({ type: 'retry' });
  }

  close(): void {
    this.#port.close();
    this.#end();
  }

  #send(message: PageMessage): void {
    if (!this.#isClosed) this.#port.send(JSON.stringify(message));
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new CallError('engine-closed'));
    this.#listeners.onClose?.();
  }

  #receive(text: string): void {
    const parsed = hostMessage.safeParse(readMessage(text));
    if (!parsed.success) {
      this.#listeners.onUnknown?.('message');
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'state':
        this.#listeners.onState?.(message.state);
        break;
      case 'event':
        this.#tell(message.name, message.data);
        break;
      case 'part':
        this.#takePart(this.#waiting.get(message.id), message.part);
        break;
      case 'output':
        this.#takeOutput(this.#waiting.get(message.id), message.output);
        break;
      case 'error':
        this.#waiting.get(message.id)?.reject(new CallError(message.error.code, message.error.details));
        break;
    }
  }

  #tell(name: string, data: unknown): void {
    if (!isEventName(name)) {
      this.#listeners.onUnknown?.(`event ${name}`);
      return;
    }
    const schema: z.ZodType<Events[typeof name]> = events[name].data;
    const parsed = schema.safeParse(data);
    if (parsed.success) this.#listeners.onEvent?.(name, parsed.data);
    else this.#listeners.onUnknown?.(`event ${name}`);
  }

  /** A late answer of a canceled call finds nobody. */
  #takePart(waiting: Waiting | undefined, part: unknown): void {
    if (waiting?.onPart === undefined) return;
    const procedure = procedures[waiting.name];
    const parsed = 'part' in procedure ? (procedure.part as z.ZodType).safeParse(part) : undefined; // why: a part is a schema (procedures.ts)
    if (parsed?.success === true) waiting.onPart(parsed.data);
    else waiting.reject(brokenContract(waiting.name, parsed?.error));
  }

  #takeOutput(waiting: Waiting | undefined, output: unknown): void {
    if (waiting === undefined) return;
    const schema: z.ZodType = procedures[waiting.name].output;
    const parsed = schema.safeParse(output);
    if (parsed.success) waiting.resolve(parsed.data);
    else waiting.reject(brokenContract(waiting.name, parsed.error));
  }
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

function brokenContract(name: string, error: z.ZodError | undefined): CallError {
  const issue = error?.issues[0];
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return new CallError('internal', {
    reason: `The answer to ${name} is not what the contract says${where}.`,
  });
}
