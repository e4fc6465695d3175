import type { Port } from './port.ts';

/** A port whose messages may come before anybody listens: they are kept. */
export class BufferedPort implements Port {
  readonly #sendText: (text: string) => void;
  readonly #closeIt: () => void;
  #listener: ((text: string) => void) | undefined;
  #closeListener: (() => void) | undefined;
  #early: string[] = [];
  #isClosed = false;

  constructor(sending: { readonly send: (text: string) => void; readonly close: () => void }) {
    this.#sendText = sending.send;
    this.#closeIt = sending.close;
  }

  send(text: string): void {
    if (!this.#isClosed) this.#sendText(text);
  }

  onMessage(listener: (text: string) => void): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const text of early) listener(text);
  }

  onClose(listener: () => void): void {
    if (this.#isClosed) listener();
    else this.#closeListener = listener;
  }

  close(): void {
    if (this.#isClosed) return;
    this.ended();
    this.#closeIt();
  }

  /** For the transport: a message came. What is no text is none of ours. */
  received(data: unknown): void {
    if (typeof data !== 'string' || this.#isClosed) return;
    if (this.#listener === undefined) this.#early.push(data);
    else this.#listener(data);
  }

  /** For the transport: nothing comes any more. */
  ended(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#early = [];
    this.#closeListener?.();
  }
}
