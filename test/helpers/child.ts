import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export type Child = {
  readonly process: ChildProcess;
  /** Each line that it prints, until it is gone. */
  readonly lines: AsyncIterableIterator<string>;
  /** Kill -9: it has no chance to do anything more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is gone, with its exit status; `null` when it was killed. */
  readonly gone: Promise<number | null>;
};

/** Runs one of our scripts in a process of its own; its caller ends it. */
export function spawnScript(script: string, args: readonly string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('its output is piped');
  const gone = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill,
    gone,
  };
}

/** As `spawnScript`; the process ends with the test at the latest. */
export function startChild(script: string, args: readonly string[]): Child {
  const child = spawnScript(script, args);
  onTestFinished(() => child.kill());
  return child;
}
