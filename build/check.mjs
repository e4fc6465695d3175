/**
 * @file `npm run check`: everything that can be said about the code without running it, one line per part.
 *
 * All parts run, also after one has failed, so that one run names everything there is to mend.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} run what build/run.mjs gets
 * @property {string} [needs] without this file there is nothing to check
 * @property {string} [mend] how to mend it by a command
 */

/** @type {Part[]} */
const parts = [
  { name: 'format', run: ['oxfmt', '--list-different', '.'], mend: 'npm run format' },
  { name: 'lint', run: ['build/lint.mjs'] },
  { name: 'layers', run: ['build/check-layers.mjs'] },
  { name: 'types', run: ['typescript', '--project', 'tsconfig.json'] },
  {
    name: 'contract',
    run: ['typescript', '--project', 'build/tsconfig.contract.json'],
    needs: 'app/contract',
  },
  {
    name: 'window',
    run: ['typescript', '--project', 'renderer/tsconfig.json'],
    needs: 'renderer/tsconfig.json',
  },
  { name: 'notes', run: ['build/check-notes.mjs'] },
  { name: 'unused', run: ['knip', '--config', 'build/knip.config.ts'], needs: 'app/cli/main.ts' },
];

const root = join(import.meta.dirname, '..');

/**
 * @param {Part} part
 * @returns {boolean} whether it passed
 */
function check({ name, run, needs, mend }) {
  if (needs && !existsSync(join(root, needs))) {
    console.log(`skip  ${name.padEnd(8)}  until there is ${needs}`);
    return true;
  }
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'build/run.mjs'), ...run], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const passed = status === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)}  ${seconds} s`);
  if (!passed) {
    console.log(`${stdout}${stderr}`.trim().replaceAll(/^/gm, '      '));
    console.log(mend ? `      → ${mend}\n` : '');
  }
  return passed;
}

const failed = parts.filter((part) => !check(part));
process.exitCode = failed.length === 0 ? 0 : 1;
