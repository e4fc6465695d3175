/** @file `npm run e2e [filters…]`: builds if needed, and runs the end-to-end tests in both hosts where there is a Chromium. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIfNeeded } from './build-if-needed.mjs';
import { findChromium } from './find-chromium.mjs';

const root = join(import.meta.dirname, '..');
const [...args] = process.argv.slice(2);

if (findChromium() === undefined) {
  console.log('No Chromium was found (CUTLINE_CHROMIUM names one): the end-to-end tests are SKIPPED.');
  process.exit(0);
}
if (!buildIfNeeded()) process.exit(1);
const run = ['@playwright/test', 'test', '--config', 'build/playwright.config.ts', ...args];
const { status } = spawnSync(process.execPath, [join(root, 'build/run.mjs'), ...run], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
