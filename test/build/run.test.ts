import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-run-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs a script through build/run.mjs, as every npm script is run, and not on a terminal. */
async function start(file: string, source: string, ...args: string[]) {
  const script = join(folder, file);
  await writeFile(script, source);
  const run = join(import.meta.dirname, '../../build/run.mjs');
  return spawn(process.execPath, [run, script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function finish(child: ChildProcess) {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, status };
}

describe('run', () => {
  test('runs TypeScript on the own Node, with the arguments as they are', async () => {
    const child = await start(
      'print.ts',
      'const values: string[] = [process.version, ...process.argv.slice(2)]; console.log(values.join("|"));',
      '--json',
      'two words',
    );
    expect(await finish(child)).toEqual({
      stdout: `${process.version}|--json|two words\n`,
      stderr: '',
      status: 0,
    });
  });

  test('ends with the status of what it ran', async () => {
    const child = await start('fail.mjs', 'process.exit(3);');
    expect(await finish(child)).toMatchObject({ status: 3 });
  });

  test.skipIf(process.platform === 'win32')('tells as 128 + n which signal ended what it ran', async () => {
    const child = await start('crash.mjs', 'process.kill(process.pid, "SIGKILL");');
    expect(await finish(child)).toMatchObject({ status: 137 });
  });

  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on, once, and waits for the answer',
    async (signal) => {
      const child = await start(
        'wait.mjs',
        `let count = 0;
        process.on('${signal}', () => {
          count += 1;
          setTimeout(() => { console.log(count); process.exit(5); }, 100);
        });
        setInterval(() => {}, 1000);
        console.error('ready');`,
      );
      child.stderr.once('data', () => child.kill(signal));
      expect(await finish(child)).toMatchObject({ stdout: '1\n', status: 5 });
    },
  );

  test('says in a sentence that a script or package is missing', async () => {
    const run = join(import.meta.dirname, '../../build/run.mjs');
    const script = spawn(process.execPath, [run, 'app/no-such.ts']);
    const tool = spawn(process.execPath, [run, 'no-such-tool']);
    expect(await Promise.all([finish(script), finish(tool)])).toMatchObject([
      { status: 1, stderr: 'There is no app/no-such.ts in this checkout.\n' },
      { status: 1, stderr: 'The package no-such-tool is not installed: run "npm ci".\n' },
    ]);
  });
});
