import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import type { Difference } from './reconcile.ts';
import type { FileEntry } from './walk.ts';

/** A file that was written less than this ago may still be being copied. Milliseconds. */
const settleMs = 2_000;

/** A difference that makes somebody read the file. */
export type UnreadDifference = Extract<Difference, { kind: 'added' | 'changed' }>;

/** A file that is still being written, and when to look at it again. */
export type ChangingFile = { readonly relativePath: string; readonly lookAgainAtMs: number };

/** A time in the future says nothing: cameras' and servers' clocks are wrong. */
export function isYoung(entry: FileEntry, nowMs: number): boolean {
  return Math.abs(nowMs - entry.mtimeMs) < settleMs;
}

/** Waits until the youngest file is old enough, looks at each again, and tells the finished from the changing ones. */
export async function settle(
  rootPath: string,
  differences: readonly UnreadDifference[],
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<{ finished: UnreadDifference[]; changing: ChangingFile[] }> {
  const youngestMs = differences.reduce((latest, { entry }) => Math.max(latest, entry.mtimeMs), 0);
  await wait(Math.min(settleMs, youngestMs + settleMs - clock.now()), clock, signal);
  const finished: UnreadDifference[] = [];
  const changing: ChangingFile[] = [];
  for (const difference of differences) {
    const { entry } = difference;
    const look = lookAgain(rootPath, entry);
    if (look === 'same') finished.push(difference);
    else if (look === 'changing') {
      changing.push({ relativePath: entry.relativePath, lookAgainAtMs: clock.now() + settleMs });
    }
  }
  return { finished, changing };
}

function lookAgain(rootPath: string, entry: FileEntry): 'same' | 'changing' | 'gone' {
  try {
    const stats = statSync(join(rootPath, entry.relativePath));
    return stats.size === entry.sizeBytes && Math.trunc(stats.mtimeMs) === entry.mtimeMs
      ? 'same'
      : 'changing';
  } catch (error) {
    return fileErrorCode(error) === 'file-missing' ? 'gone' : 'changing';
  }
}

/** @throws {AppError} `canceled` when the signal aborts first. */
async function wait(delayMs: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(new AppError('canceled', {}, { cause: signal?.reason }));
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
