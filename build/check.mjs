/**
 * @file `npm run check`: everything that can be said about the code without running it, one line per part.
 *
 * All parts run, also after one has failed, so that one run names everything there is to mend. Two run side by side, the
 * longest first: each of them waits for a disk and for its own threads now and then.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} run what build/run.mjs gets
 * @property {string} [needs] without this file there is nothing to check
 * @property {string} [mend] how to mend it by a command
 */

/** @type {Part[]} */
const parts = [
  { name: 'lint', run: ['build/lint.mjs'] },
  { name: 'types', run: ['typescript', '--project', 'tsconfig.json'] },
  { name: 'layers', run: ['build/check-layers.mjs'] },
  {
    name: 'window',
    run: ['typescript', '--project', 'renderer/tsconfig.json'],
    needs: 'renderer/tsconfig.json',
  },
  { name: 'decoder', run: ['typescript', '--project', 'main/decoder/page/tsconfig.json'] },
  { name: 'unused', run: ['knip', '--config', 'build/knip.config.ts'], needs: 'app/cli/main.ts' },
  {
    name: 'contract',
    run: ['typescript', '--project', 'build/tsconfig.contract.json'],
    needs: 'app/contract',
  },
  { name: 'format', run: ['oxfmt', '--list-different', '.'], mend: 'npm run format' },
  { name: 'notes', run: ['build/check-notes.mjs'] },
];

const root = join(import.meta.dirname, '..');

/**
 * @param {Part} part
 * @returns {Promise<boolean>} whether it passed
 */
async function check({ name, run, needs, mend }) {
  if (needs && !existsSync(join(root, needs))) {
    console.log(`skip  ${name.padEnd(8)}  until there is ${needs}`);
    return true;
  }
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'build/run.mjs'), ...run], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.on('close', resolve);
    child.on('error', () => resolve(null));
  });
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const passed = status === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)}  ${seconds} s`);
  if (!passed) {
    console.log(`${stdout}${stderr}`.trim().replaceAll(/^/gm, '      '));
    console.log(mend ? `      → ${mend}\n` : '');
  }
  return passed;
}

const waiting = parts.values();

/** @returns {Promise<boolean>} whether all that this worker took passed */
async function work() {
  let passed = true;
  for (const part of waiting) passed = (await check(part)) && passed;
  return passed;
}

const workers = Array.from({ length: Math.min(2, availableParallelism()) }, work);
process.exitCode = (await Promise.all(workers)).every(Boolean) ? 0 : 1;
