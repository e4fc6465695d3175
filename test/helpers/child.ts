import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export type Child = {
  /** Each line that it prints, until it is gone. */
  readonly lines: AsyncIterableIterator<string>;
  /** Kill -9: it has no chance to do anything more. Resolves when it is gone. */
  kill(): Promise<void>;
};

/** Runs one of our scripts in a process of its own, which ends with the test at the latest. */
export function startChild(script: string, args: readonly string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('its output is piped');
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), kill };
}
