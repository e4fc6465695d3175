import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { Slots } from '../imaging/slots.ts';
import { AppError, systemCode } from '../platform/errors.ts';

/**
 * The user's own ffmpeg, as a process for each frame: no shell, nothing read but the one file, nothing written but to us, and
 * killed when it takes too long, too much memory, or says too much.
 */
export type Ffmpeg = {
  /** As it was given, or `ffmpeg` out of PATH. */
  readonly command: string;
  readonly version: string;
  /** Built with zimg, which brings the brightness of HDR into that of a JPEG. */
  readonly canToneMap: boolean;
};

export type FfmpegState =
  | { readonly status: 'found'; readonly ffmpeg: Ffmpeg }
  | { readonly status: 'missing'; readonly command: string; readonly reason: FfmpegProblem };

/** `not-found`, `too-old`, `broken` = it does not answer as ffmpeg does. */
export type FfmpegProblem = 'not-found' | 'too-old' | 'broken';

/** Of 2018: what we ask for is older, and nobody has tried with less. */
const oldestMajor = 4;

export type RunLimits = {
  readonly timeoutMs: number;
  readonly mostOutputBytes: number;
  /** Memory that it holds; looked at where the system tells. */
  readonly mostMemoryBytes: number;
};

/** For one frame; the first of a long GOP in 8K takes some seconds on a slow machine. */
export const frameLimits: RunLimits = {
  timeoutMs: 30_000,
  mostOutputBytes: 32 * 1024 * 1024,
  mostMemoryBytes: 2 * 1024 ** 3,
};

/** Each takes a core or two, and the memory of a few frames. */
const slots = new Slots(2);

/** @param command a path that the user set. @default `ffmpeg` out of PATH */
export async function findFfmpeg(command = 'ffmpeg', timeoutMs = 10_000): Promise<FfmpegState> {
  const missing = (reason: FfmpegProblem): FfmpegState => ({ status: 'missing', command, reason });
  try {
    const { output } = await run(command, ['-hide_banner', '-version'], {
      ...frameLimits,
      timeoutMs,
      mostOutputBytes: 64 * 1024,
    });
    const said = output.toString('latin1');
    const [, version] = /^ffmpeg version (\S+)/.exec(said) ?? [];
    if (version === undefined) return missing('broken');
    // Builds from a day's sources have no number: `N-109542-g4a80db5fc2`.
    const [major] = /^n?\d+(?=\.)/.exec(version) ?? [];
    if (major !== undefined && Number(major.replace('n', '')) < oldestMajor) return missing('too-old');
    return { status: 'found', ffmpeg: { command, version, canToneMap: said.includes('--enable-libzimg') } };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return missing('broken');
    if (!(error instanceof AppError) && systemCode(error) !== undefined) return missing('not-found');
    throw error;
  }
}

/**
 * Runs ffmpeg on one file. What it writes to its standard output, and its words.
 *
 * @throws {AppError} `decoder-timeout`, `decoder-crashed` (too much memory or output, or killed), `no-video-decoder` when it
 *   cannot be started any more, `canceled`.
 */
export async function runFfmpeg(
  { command }: Pick<Ffmpeg, 'command'>,
  args: readonly string[],
  options: { readonly signal?: AbortSignal; readonly limits?: RunLimits; readonly isUrgent?: boolean } = {},
): Promise<{ readonly output: Buffer; readonly words: string; readonly exitCode: number }> {
  const { signal, limits = frameLimits, isUrgent = false } = options;
  return slots.run(
    async () => {
      try {
        return await run(command, args, limits, signal);
      } catch (error) {
        if (error instanceof AppError || systemCode(error) === undefined) throw error;
        throw new AppError('no-video-decoder', { command, reason: 'not-found' }, { cause: error });
      }
    },
    signal,
    { isUrgent },
  );
}

/** Ends of its words that are kept: what went wrong is said last. */
const mostWords = 64 * 1024;

function run(
  command: string,
  args: readonly string[],
  limits: RunLimits,
  signal?: AbortSignal,
): Promise<{ readonly output: Buffer; readonly words: string; readonly exitCode: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly output: Buffer;
    readonly words: string;
    readonly exitCode: number;
  }>();
  // Its own environment is none of a video's business: no proxy, no report file (FFREPORT).
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    env: { PATH: process.env['PATH'], SYSTEMROOT: process.env['SYSTEMROOT'], LANG: 'C' },
  });
  const fail = (error: unknown): void => {
    reject(error instanceof Error ? error : new AppError('internal', { reason: String(error) }));
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => {
    fail(new AppError('decoder-timeout', { limitMs: limits.timeoutMs }));
  }, limits.timeoutMs);
  const stopWatching = watchMemoryOf(child, limits.mostMemoryBytes, () => {
    fail(new AppError('decoder-crashed', { end: 'too much memory' }));
  });
  const cancel = (): void => {
    fail(new AppError('canceled'));
  };
  signal?.addEventListener('abort', cancel, { once: true });

  const output: Buffer[] = [];
  let outputBytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > limits.mostOutputBytes) {
      fail(new AppError('decoder-crashed', { end: 'too much output' }));
    } else {
      output.push(chunk);
    }
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-mostWords);
  });
  child.once('spawn', () => {
    giveWay(child);
  });
  child.once('error', fail);
  child.once('close', (exitCode, exitSignal) => {
    clearTimeout(timer);
    stopWatching();
    signal?.removeEventListener('abort', cancel);
    if (exitCode === null) reject(new AppError('decoder-crashed', { end: exitSignal ?? 'unknown' }));
    else resolve({ output: Buffer.concat(output), words, exitCode });
  });
  return promise;
}

/** Nobody's work waits for a video. */
function giveWay({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    // It has gone, or this system does not let us: it does its work all the same.
    if (systemCode(error) === undefined) throw error;
  }
}

const lookEveryMs = 250;
const pageBytes = 4096;

/** Where the system says what another process holds, which is on Linux; elsewhere time and output are what bounds it. */
function watchMemoryOf({ pid }: ChildProcess, mostBytes: number, onTooMuch: () => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => undefined;
  const look = async (): Promise<void> => {
    try {
      const [, pages] = (await readFile(`/proc/${String(pid)}/statm`, 'utf8')).split(' ');
      if (Number(pages) * pageBytes > mostBytes) onTooMuch();
    } catch (error) {
      // It has ended.
      if (systemCode(error) === undefined) throw error;
    }
  };
  const timer = setInterval(() => {
    void look();
  }, lookEveryMs);
  return () => {
    clearInterval(timer);
  };
}
