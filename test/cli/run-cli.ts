import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** @file Runs the real command line as a process of its own, in an empty home, with nothing of the caller's settings. */

const main = join(import.meta.dirname, '../../app/cli/main.ts');

export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type RunOptions = { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string };

export class RunningCli {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[], env: Record<string, string>, cwd: string) {
    this.child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#wake();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (status) => {
        this.#wake();
        resolve({ status, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Resolves once stdout holds this, or the process has ended. */
  async until(text: string): Promise<void> {
    while (!this.#stdout.includes(text) && !this.#stderr.includes(text) && this.child.exitCode === null) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** An empty home with a library of its own, removed after the test. */
export type Sandbox = {
  readonly folder: string;
  readonly photos: string;
  readonly library: string;
  start(args: readonly string[], options?: RunOptions): RunningCli;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
};

/** @param onEnd when to remove it: after the test, or after all tests that share it */
export async function createSandbox(
  onEnd: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-test-'));
  const photos = join(folder, 'Pictures');
  const library = join(folder, 'library');
  await mkdir(photos);
  const running = new Set<RunningCli>();
  onEnd(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const start = (args: readonly string[], { env = {}, cwd = folder }: RunOptions = {}): RunningCli => {
    const home = {
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      TMPDIR: folder,
      // Not the keyring of whoever runs the tests.
      CUTLINE_KEYRING: 'off',
      NODE_COMPILE_CACHE: join(tmpdir(), 'cutline-test-cache'),
    };
    const cli = new RunningCli(
      ['--library', library, ...args],
      { PATH: process.env['PATH'] ?? '', ...home, ...env },
      cwd,
    );
    running.add(cli);
    void cli.ended.then(() => running.delete(cli));
    return cli;
  };
  return { folder, photos, library, start, run: (args, options) => start(args, options).ended };
}

/** The JSON lines of a command's stdout. Throws when a line is none: stdout holds nothing else. */
export function jsonLines({ stdout }: Pick<Ended, 'stdout'>): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
