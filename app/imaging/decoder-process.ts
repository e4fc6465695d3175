import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { AppError, toAppError } from '../platform/errors.ts';
import { decoderMemoryBytes } from './decoder.ts';
import type { IsolatedAnswer, IsolatedRequest } from './isolated-render.ts';
import { renderHere } from './render-here.ts';

/**
 * A process that renders pictures, one after the other: a decoder that dies here takes nobody along. Its second thread
 * decodes, since some decoders hold theirs for seconds; the first watches the memory meanwhile, and ends the process
 * when it is too much. Started by `isolated-render.ts`.
 */

type Result = Pick<IsolatedAnswer, 'rendered' | 'error'>;

const watchEveryMs = 50;
/** WebAssembly never gives memory back: from here on a new process is the cheaper one. */
const wornBytes = 700 * 1024 ** 2;

if (isMainThread) watchOver();
else decode();

function decode(): void {
  parentPort?.on('message', (request: IsolatedRequest) => {
    void answer(request);
  });
}

async function answer(request: IsolatedRequest): Promise<void> {
  const result = await render(request);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- because threads have no origin
  parentPort?.postMessage(result);
}

async function render({ input, wish }: IsolatedRequest): Promise<Result> {
  try {
    return { rendered: await renderHere(input, wish) };
  } catch (error) {
    return { error: toAppError(error).toInfo() };
  }
}

function watchOver(): void {
  const worker = new Worker(fileURLToPath(import.meta.url));
  process.on('message', (request) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- because threads have no origin
    worker.postMessage(request);
  });
  worker.on('message', (result: Result) => {
    tell(result, process.memoryUsage.rss() > wornBytes);
  });
  worker.on('error', () => process.exit(1));
  // Without its parent nobody waits for the answer.
  process.once('disconnect', () => process.exit());
  setInterval(() => {
    if (process.memoryUsage.rss() <= decoderMemoryBytes) return;
    const memoryMb = decoderMemoryBytes / 1024 ** 2;
    tell({ error: new AppError('decoder-crashed', { memoryMb }).toInfo() }, true);
  }, watchEveryMs);
}

function tell(result: Result, isLast: boolean): void {
  process.send?.({ ...result, isLast } satisfies IsolatedAnswer);
}
