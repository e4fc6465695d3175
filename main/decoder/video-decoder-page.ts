import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import type { FrameOutcome, FrameWish } from '../../app/host/engine-messages.ts';
import type { FrameTaker } from '../engine/engine-relay.ts';
import { decoderUrl } from './decoder-address.ts';
import { answerDecoder, type DecoderDesk } from './decoder-answers.ts';
import { openDecoderWindow } from './decoder-window.ts';
import type { PageAnswer, PageWish } from './decoder-words.ts';

type Task = { readonly wish: FrameWish; readonly finish: (outcome: FrameOutcome) => void };
type KnownFile = Pick<PageWish, 'name' | 'sizeBytes'> & {
  readonly path: string;
  readonly modifiedMs: number;
};

export type DecoderTimes = {
  /** For one frame, the opening of the page among it: as ffmpeg has. @default 30 000 */
  readonly frameMs?: number;
  /** Without anything to do the page is closed. @default 20 000 */
  readonly idleMs?: number;
};

/**
 * Takes frames out of videos by what Chromium decodes, in a page that has nothing else: [Note: Decoder page]. One frame at a
 * time; a file that hangs or crashes the page has that outcome, and the next one has a new page.
 */
export class VideoDecoderPage implements FrameTaker {
  readonly #desk: DecoderDesk;
  readonly #frameMs: number;
  readonly #idleMs: number;
  readonly #waiting: Task[] = [];
  #window: BrowserWindow | undefined;
  /** Being worked on; `number` once the page may have it. */
  #current: { readonly task: Task; readonly timer: NodeJS.Timeout; number: number | undefined } | undefined;
  #file: KnownFile | undefined;
  #lastNumber = 0;
  /** What the page shall do, once it asks; and who hears it when it asks before. */
  #wish: PageWish | undefined;
  #ask: ((wish: PageWish) => void) | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param script the page's script, built */
  constructor(script: string, { frameMs = 30_000, idleMs = 20_000 }: DecoderTimes = {}) {
    this.#frameMs = frameMs;
    this.#idleMs = idleMs;
    this.#desk = {
      script,
      nextWish: () => this.#nextWish(),
      pathOf: (name) => (name === this.#file?.name ? this.#file.path : undefined),
      answered: (answer, jpeg) => {
        this.#answered(answer, jpeg);
      },
    };
  }

  async take(wish: FrameWish, signal: AbortSignal): Promise<FrameOutcome> {
    if (signal.aborted || this.#isClosed) return { status: 'canceled' };
    const { promise, resolve } = Promise.withResolvers<FrameOutcome>();
    const task: Task = { wish, finish: resolve };
    const drop = (): void => {
      if (this.#current?.task === task) this.#breakOff({ status: 'canceled' });
      else if (this.#waiting.includes(task)) this.#waiting.splice(this.#waiting.indexOf(task), 1);
      resolve({ status: 'canceled' });
    };
    signal.addEventListener('abort', drop, { once: true });
    this.#waiting.push(task);
    this.#begin();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', drop);
    }
  }

  /** For good: whatever waits is called off. */
  close(): void {
    this.#isClosed = true;
    for (const { finish } of this.#waiting.splice(0)) finish({ status: 'canceled' });
    this.#breakOff({ status: 'canceled' });
  }

  #begin(): void {
    if (this.#current !== undefined) return;
    const task = this.#waiting.shift();
    if (task === undefined) {
      this.#idleTimer ??= setTimeout(() => {
        this.#idleTimer = undefined;
        this.#closeWindow();
      }, this.#idleMs);
      this.#idleTimer.unref();
      return;
    }
    clearTimeout(this.#idleTimer);
    this.#idleTimer = undefined;
    const timer = setTimeout(() => {
      this.#breakOff({ status: 'late', limitMs: this.#frameMs });
    }, this.#frameMs);
    this.#current = { task, timer, number: undefined };
    void this.#give(task);
  }

  async #give(task: Task): Promise<void> {
    const { path, atMs, boxPx, seek } = task.wish;
    const file = await this.#lookAt(path);
    if (this.#current?.task !== task) return;
    if (file === undefined) {
      this.#finish({ status: 'unreadable', reason: 'The file cannot be read.' });
      return;
    }
    const number = ++this.#lastNumber;
    this.#current.number = number;
    this.#wish = { number, name: file.name, sizeBytes: file.sizeBytes, atMs, boxPx, seek };
    this.#openWindow();
    this.#tellPage();
  }

  /** The name of a file that is worked on: another one whenever it is another file, or has changed. */
  async #lookAt(path: string): Promise<KnownFile | undefined> {
    try {
      const { size: sizeBytes, mtimeMs: modifiedMs } = await stat(path);
      const known = this.#file;
      const isSame = known?.path === path && known.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs;
      if (!isSame) this.#file = { path, name: randomBytes(16).toString('hex'), sizeBytes, modifiedMs };
      return this.#file;
    } catch {
      return undefined;
    }
  }

  #openWindow(): void {
    if (this.#window !== undefined) return;
    const window = openDecoderWindow((request) => answerDecoder(request, this.#desk));
    this.#window = window;
    const crash = (end: string): void => {
      if (this.#window === window) this.#breakOff({ status: 'crashed', end });
    };
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      crash(reason);
    });
    window.on('closed', () => {
      crash('closed');
    });
    window.loadURL(decoderUrl).catch((error: unknown) => {
      crash(error instanceof Error ? error.message : String(error));
    });
  }

  #nextWish(): Promise<PageWish> {
    const { promise, resolve } = Promise.withResolvers<PageWish>();
    this.#ask = resolve;
    this.#tellPage();
    return promise;
  }

  #tellPage(): void {
    if (this.#ask === undefined || this.#wish === undefined) return;
    this.#ask(this.#wish);
    this.#ask = undefined;
    this.#wish = undefined;
  }

  #answered(answer: PageAnswer, jpeg: Buffer): void {
    if (answer.number !== this.#current?.number) return;
    switch (answer.status) {
      case 'taken':
        this.#finish({ status: 'taken', timeMs: answer.timeMs, jpeg: jpeg.toString('base64') });
        break;
      case 'no-decoder':
        this.#finish({ status: 'no-decoder', codec: answer.codec === '' ? null : answer.codec });
        break;
      case 'none':
        this.#finish({ status: 'none' });
        break;
      case 'unreadable':
        this.#finish({ status: 'unreadable', reason: answer.reason });
        break;
    }
  }

  /** Whatever the page is at: nobody knows in which state it is. The next frame has another. */
  #breakOff(outcome: FrameOutcome): void {
    this.#closeWindow({ isKilled: true });
    this.#finish(outcome);
  }

  #closeWindow({ isKilled = false } = {}): void {
    const window = this.#window;
    this.#window = undefined;
    this.#ask = undefined;
    this.#wish = undefined;
    if (window === undefined || window.isDestroyed()) return;
    // One that hangs hears nothing, and would go on in the background.
    if (isKilled) window.webContents.forcefullyCrashRenderer();
    window.destroy();
  }

  #finish(outcome: FrameOutcome): void {
    const current = this.#current;
    if (current !== undefined) {
      clearTimeout(current.timer);
      this.#current = undefined;
      current.task.finish(outcome);
    }
    if (!this.#isClosed) this.#begin();
  }
}
