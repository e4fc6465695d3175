import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { promisify } from 'node:util';
import type { ExifTool } from 'exiftool-vendored';
import { systemCode } from '../platform/errors.ts';

export type ExifToolProcessOptions = {
  readonly maxProcesses: number;
  /** Longest work on one file. */
  readonly timeoutMs: number;
  /** The Perl that runs ExifTool; Windows' ExifTool brings its own. */
  readonly perl: string;
};

/**
 * ExifTool as processes that stay open. They end with ours: they read their orders from a pipe, and stop when it closes.
 *
 * The process is started here and not by exiftool-vendored: there a failed start (no Perl, no process left to have) is an
 * 'error' event that nobody hears, which would end the engine.
 */
export async function createExifTool(options: ExifToolProcessOptions): Promise<ExifTool> {
  const { ExifTool: Cluster } = await load();
  return new Cluster({
    maxProcs: options.maxProcesses,
    maxTasksPerProcess: 2000,
    taskTimeoutMillis: options.timeoutMs,
    spawnTimeoutMillis: options.timeoutMs,
    taskRetries: 1,
    checkPerl: false,
    processFactory: () => startProcess(options.perl),
  });
}

/** With the first use: it is a hundred and thirty files, and most commands end before one of theirs is read thoroughly. */
function load() {
  return import('exiftool-vendored');
}

/** What a program wrote, or why it could not run. */
export type Ran = { readonly output: string } | { readonly reason: string };

/**
 * The reason why ExifTool cannot run here, such as a missing Perl. To be asked before the first file: a cluster whose
 * processes never start tries for ever.
 */
export async function findStartProblem(options: ExifToolProcessOptions): Promise<string | undefined> {
  const ran = await runExifTool(options, ['-ver']);
  return 'reason' in ran ? ran.reason : undefined;
}

/** Runs ExifTool once, as a process that ends. */
export async function runExifTool(options: ExifToolProcessOptions, args: readonly string[]): Promise<Ran> {
  const [file, ...before] = await commandOf(options.perl);
  return run(file, [...before, ...args], options);
}

export function runPerl(options: ExifToolProcessOptions, args: readonly string[]): Promise<Ran> {
  return run(options.perl, args, options);
}

async function run(
  file: string,
  args: readonly string[],
  { timeoutMs }: Pick<ExifToolProcessOptions, 'timeoutMs'>,
): Promise<Ran> {
  try {
    const { stdout } = await promisify(execFile)(file, args, {
      env: environment(),
      timeout: timeoutMs,
      windowsHide: true,
    });
    return { output: stdout };
  } catch (error) {
    return { reason: error instanceof Error ? error.message.slice(0, 200) : String(error) };
  }
}

async function startProcess(perl: string): Promise<ChildProcess> {
  const [file, ...args] = await commandOf(perl);
  const child = spawn(file, [...args, '-stay_open', 'True', '-@', '-'], {
    stdio: 'pipe',
    windowsHide: true,
    env: environment(),
  });
  await once(child, 'spawn');
  if (child.pid !== undefined) giveWay(child.pid);
  return child;
}

/** Thorough facts take as much time as decoding, and nobody waits for them: on a busy machine all else goes first. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    // It has gone, or this system does not let us: it does its work all the same.
    if (systemCode(error) === undefined) throw error;
  }
}

async function commandOf(perl: string): Promise<[string, ...string[]]> {
  const { exiftoolPath } = await load();
  const exifTool = await exiftoolPath();
  return process.platform === 'win32' ? [exifTool] : [perl, exifTool];
}

/** Without HOME, so that nobody's own ExifTool configuration changes what is read. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LANG: 'C' };
}
