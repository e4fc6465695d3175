import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../platform/errors.ts';
import { Slots } from './slots.ts';
import type { ReadWord } from './sure-text.ts';

/** Recognises text in pictures, in a process that can be ended: one picture at a time, in bounded time and memory. */

export type TextAnswer =
  | { readonly lines: readonly (readonly ReadWord[])[]; readonly recognizer: string }
  | { readonly reason: string };

const readerProgram = new URL('./text-reader-process.ts', import.meta.url);

/** A page takes ten seconds, most photos two. */
const longestReadMs = 60_000;
/** An idle process holds 200 MB, and starts in a second. */
const idleMs = 20_000;
/** Of its own data; what the recogniser takes beside that is watched in the process. */
const heapMegabytes = 256;

export class TextReader {
  readonly #program: URL;
  readonly #timeoutMs: number;
  readonly #slots = new Slots(1);
  #child: ChildProcess | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #recognizer: string | undefined;

  constructor(options: { readonly program?: URL; readonly timeoutMs?: number } = {}) {
    this.#program = options.program ?? readerProgram;
    this.#timeoutMs = options.timeoutMs ?? longestReadMs;
  }

  /**
   * The lines of words in a picture.
   *
   * @param picture JPEG or PNG, at most 1 600 pixels on a side
   * @throws {AppError} `decoder-timeout`, `decoder-crashed`, `canceled`, `internal`.
   */
  read(picture: Uint8Array, signal?: AbortSignal): Promise<readonly (readonly ReadWord[])[]> {
    return this.#slots.run(() => this.#read(picture, signal), signal);
  }

  /** Who read the last picture, with its version; `undefined` before there was one. */
  get recognizer(): string | undefined {
    return this.#recognizer;
  }

  close(): void {
    clearTimeout(this.#idleTimer);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #read(
    picture: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<readonly (readonly ReadWord[])[]> {
    clearTimeout(this.#idleTimer);
    const child = (this.#child ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<TextAnswer>();
    const cancel = (): void => {
      reject(new AppError('canceled'));
    };
    const timer = setTimeout(() => {
      reject(new AppError('decoder-timeout', { limitMs: this.#timeoutMs }));
    }, this.#timeoutMs);
    signal?.addEventListener('abort', cancel, { once: true });
    child.once('message', (message) => {
      resolve(message as TextAnswer); // why: only our own program is at the other end
    });
    child.once('error', (error) => {
      reject(new AppError('internal', { reason: 'Text recognition cannot be started.' }, { cause: error }));
    });
    child.once('close', (exitCode, exitSignal) => {
      reject(new AppError('decoder-crashed', { end: exitSignal ?? `exit ${exitCode ?? 'unknown'}` }));
    });
    let isUsable = false;
    try {
      child.send(picture);
      const answer = await promise;
      isUsable = true;
      if ('lines' in answer) {
        this.#recognizer = answer.recognizer;
        return answer.lines;
      }
      throw new AppError('internal', { reason: answer.reason });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      for (const event of ['message', 'close', 'error']) child.removeAllListeners(event);
      if (isUsable) this.#rest(child);
      else this.close();
    }
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(this.#program), [], {
      // Node's own flags (an inspector's port, a loader) are the parent's business.
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
      serialization: 'advanced',
      stdio: 'ignore',
    });
    child.unref();
    child.channel?.unref();
    return child;
  }

  #rest(child: ChildProcess): void {
    child.once('close', () => {
      if (this.#child === child) this.#child = undefined;
    });
    // Of a process that is going nobody wants to hear.
    child.on('error', () => undefined);
    this.#idleTimer = setTimeout(() => {
      this.close();
    }, idleMs).unref();
  }
}
