import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ErrorInfo } from '../contract/errors.ts';
import { AppError } from '../platform/errors.ts';
import { renderTimeoutMs } from './decoder.ts';
import type { PictureInput, Rendered, RenderWish } from './renditions.ts';

/** Renders in another process, so that a picture that kills its decoder kills nothing else (DESIGN §2). */

export type IsolatedRequest = { readonly input: PictureInput; readonly wish: RenderWish };
export type IsolatedAnswer = {
  readonly rendered?: Rendered<RenderWish>;
  readonly error?: ErrorInfo;
  /** The process is worn out, and is to be ended. */
  readonly isLast: boolean;
};

export type IsolatedOptions = {
  readonly signal?: AbortSignal;
  /** For one picture, the process's start included. @default renderTimeoutMs */
  readonly timeoutMs?: number;
  /** The process's program. @default decoder-process.ts */
  readonly program?: URL;
};

const decoderProgram = new URL('./decoder-process.ts', import.meta.url);

/** Signals by which people and systems end processes; any other end is the decoder's own. */
const stopSignals: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP']);

/** As `DecoderProcess.render`, in a process that lives for this picture alone. */
export async function renderIsolated(
  input: PictureInput,
  wish: RenderWish,
  options: IsolatedOptions = {},
): Promise<Rendered<RenderWish>> {
  const decoder = new DecoderProcess(options.program);
  try {
    return await decoder.render(input, wish, options);
  } finally {
    decoder.close();
  }
}

/** An idle process is kept so long: it holds 100 MB, and starts in half a second. */
const idleMs = 10_000;

/** A decoder process that is started when it is needed, and again when it died. One picture at a time. */
export class DecoderProcess {
  readonly #program: URL;
  #child: ChildProcess | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(program = decoderProgram) {
    this.#program = program;
  }

  /**
   * Throws what the decoder throws, and `decoder-crashed` when it dies, `decoder-timeout` when it takes too long,
   * `canceled` when `signal` aborts or the process is asked to stop.
   */
  async render(
    input: PictureInput,
    wish: RenderWish,
    { signal, timeoutMs = renderTimeoutMs }: IsolatedOptions = {},
  ): Promise<Rendered<RenderWish>> {
    if (signal?.aborted) throw new AppError('canceled');
    clearTimeout(this.#idleTimer);
    const child = (this.#child ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<IsolatedAnswer>();
    const cancel = () => {
      reject(new AppError('canceled'));
    };
    const timer = setTimeout(() => {
      reject(new AppError('decoder-timeout', { limitMs: timeoutMs }));
    }, timeoutMs);
    signal?.addEventListener('abort', cancel, { once: true });
    child.once('message', (message) => {
      resolve(message as IsolatedAnswer); // why: only our own program is at the other end
    });
    child.on('error', (error) => {
      reject(
        new AppError('internal', { reason: 'The decoder process cannot be started.' }, { cause: error }),
      );
    });
    // `close` and not `exit`: a process may be gone before its last word has been read.
    child.once('close', (exitCode, exitSignal) => {
      const isStopped = exitSignal !== null && stopSignals.has(exitSignal);
      const end = exitSignal ?? `exit ${exitCode ?? 'unknown'}`;
      reject(isStopped ? new AppError('canceled') : new AppError('decoder-crashed', { end }));
    });

    let isUsable = false;
    try {
      child.send({ input, wish } satisfies IsolatedRequest);
      const answer = await promise;
      isUsable = !answer.isLast;
      if (answer.rendered !== undefined) return answer.rendered;
      throw new AppError(answer.error?.code ?? 'internal', answer.error?.details);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      if (isUsable) this.#rest(child);
      else this.close();
    }
  }

  close(): void {
    clearTimeout(this.#idleTimer);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    // Node's own flags (an inspector's port, a loader) are the parent's business.
    const child = fork(fileURLToPath(this.#program), [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: 'ignore',
    });
    // Nobody has to wait for it: the timer of a picture keeps us alive as long as we wait.
    child.unref();
    child.channel?.unref();
    return child;
  }

  #rest(child: ChildProcess): void {
    for (const event of ['message', 'close', 'error']) child.removeAllListeners(event);
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
