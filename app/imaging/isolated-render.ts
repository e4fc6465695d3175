import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ErrorInfo } from '../contract/errors.ts';
import { AppError } from '../platform/errors.ts';
import { renderTimeoutMs } from './decoder.ts';
import type { PictureInput, Rendered, RenderWish } from './renditions.ts';

/** Renders in a disposable process, so that a picture that kills its decoder kills nothing else (DESIGN §2). */

export type IsolatedRequest = { readonly input: PictureInput; readonly wish: RenderWish };
export type IsolatedAnswer = { readonly rendered: Rendered<RenderWish> } | { readonly error: ErrorInfo };

export type IsolatedOptions = {
  readonly signal?: AbortSignal;
  /** For the whole process, its start included. @default renderTimeoutMs */
  readonly timeoutMs?: number;
  /** The process's program. @default decoder-process.ts */
  readonly program?: URL;
};

const decoderProgram = new URL('./decoder-process.ts', import.meta.url);

/** Signals by which people and systems end processes; any other end is the decoder's own. */
const stopSignals: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Throws what the decoder throws, and `decoder-crashed` when it dies, `decoder-timeout` when it takes too long,
 * `canceled` when `signal` aborts or the process is asked to stop.
 */
export async function renderIsolated(
  input: PictureInput,
  wish: RenderWish,
  { signal, timeoutMs = renderTimeoutMs, program = decoderProgram }: IsolatedOptions = {},
): Promise<Rendered<RenderWish>> {
  if (signal?.aborted) throw new AppError('canceled');
  // Node's own flags (an inspector's port, a loader) are the parent's business.
  const child = fork(fileURLToPath(program), [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: 'ignore',
  });
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
    reject(new AppError('internal', { reason: 'The decoder process cannot be started.' }, { cause: error }));
  });
  // `close` and not `exit`: a process may be gone before its last word has been read.
  child.once('close', (exitCode, exitSignal) => {
    const isStopped = exitSignal !== null && stopSignals.has(exitSignal);
    const end = exitSignal ?? `exit ${exitCode ?? 'unknown'}`;
    reject(isStopped ? new AppError('canceled') : new AppError('decoder-crashed', { end }));
  });

  try {
    child.send({ input, wish } satisfies IsolatedRequest);
    const answer = await promise;
    if ('error' in answer) throw new AppError(answer.error.code, answer.error.details);
    return answer.rendered;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    child.kill('SIGKILL');
  }
}
