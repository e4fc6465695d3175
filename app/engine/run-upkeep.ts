import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ErrorInfo } from '../contract/errors.ts';
import { AppError } from '../platform/errors.ts';

/** What a library's files are read for as a whole. */
export type UpkeepOrder =
  | { readonly kind: 'check'; readonly libraryFolder: string }
  | {
      readonly kind: 'back-up';
      readonly libraryFolder: string;
      readonly path: string;
      readonly force: boolean;
    };

export type UpkeepAnswer =
  | { readonly progress: number }
  | { readonly done: { readonly damage?: string } }
  | { readonly error: ErrorInfo };

const program = new URL('./upkeep-process.ts', import.meta.url);

/**
 * Does it in a process of its own, whatever else goes on meanwhile.
 *
 * @throws {AppError} as `backUp` and `findDamage`; `canceled` when the signal aborts, after what was begun is cleared up;
 * `internal` when the process cannot be started or dies
 */
export async function runUpkeep(
  order: UpkeepOrder,
  options: { readonly signal: AbortSignal; readonly onProgress?: (done: number) => void },
): Promise<{ readonly damage?: string }> {
  const { signal, onProgress } = options;
  if (signal.aborted) throw new AppError('canceled');
  // Node's own flags (an inspector's port, a loader) are the parent's business.
  const child = fork(fileURLToPath(program), [], { execArgv: [], stdio: 'ignore' });
  const stop = (): void => {
    if (child.connected) child.disconnect();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<{ readonly damage?: string }>();
    child.on('message', (message) => {
      const answer = message as UpkeepAnswer; // why: only our own program is at the other end
      if ('progress' in answer) onProgress?.(answer.progress);
      else if ('done' in answer) resolve(answer.done);
      else reject(new AppError(answer.error.code, answer.error.details));
    });
    child.once('error', (error) => {
      reject(new AppError('internal', { reason: 'The process cannot be started.' }, { cause: error }));
    });
    child.once('close', (exitCode, exitSignal) => {
      const end = exitSignal ?? `exit ${String(exitCode)}`;
      reject(signal.aborted ? new AppError('canceled') : new AppError('internal', { reason: end }));
    });
    child.send(order);
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
