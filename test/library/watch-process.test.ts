import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const watchProgram = fileURLToPath(new URL('../../app/library/watch-process.ts', import.meta.url));

/** An engine that starts the watching process, says so, and does nothing more. */
const engine = `
  import { fork } from 'node:child_process';
  const child = fork(${JSON.stringify(watchProgram)}, [], { stdio: ['ignore', 'ignore', 2, 'ipc'] });
  child.once('spawn', () => { console.log('started'); });
`;

it('ends with the engine that started it, also when that is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', engine], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  parent.stderr.resume();
  // Both hold the other end of this pipe: it closes when the last of them is gone.
  await once(parent.stderr, 'close');
  expect(parent.signalCode).toBe('SIGKILL');
});
