/** @file `npm run e2e [filters…]`: builds if needed, and runs the end-to-end tests in both hosts where there is a Chromium. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
// Libraries that many tests begin with are made once.
const libraries = mkdtempSync(join(tmpdir(), 'cutline-e2e-libraries-'));
const { status } = spawnSync(process.execPath, [join(root, 'build/run.mjs'), ...run], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CUTLINE_E2E_LIBRARIES: libraries },
});
rmSync(libraries, { recursive: true, force: true, maxRetries: 5 });
process.exit(status ?? 1);
