import { defineConfig } from '@playwright/test';
import type { HostOptions } from '../test/e2e/app.ts';

const isInBoth = process.env['CUTLINE_E2E_VIEWS'] === 'both';

export default defineConfig<HostOptions>({
  testDir: '../test/e2e',
  // `npm run pictures` takes those of README.md instead.
  testMatch: process.env['CUTLINE_PICTURES'] === undefined ? '**/*.e2e.ts' : '**/*.pictures.ts',
  outputDir: '../test-results',
  // No test is about time: on a busy machine each may take ten times as long as alone.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  workers: Number(process.env['CUTLINE_E2E_WORKERS'] ?? 2),
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  // The page at each step, as it was; a film of it beside that costs each test more than its app.
  use: { trace: { mode: 'retain-on-failure', screenshots: false, sources: false } },
  projects: [
    // What is a view's alone is the same page in both hosts, and is tried in one (decision 155).
    { name: 'electron', use: { host: 'electron' }, ...(isInBoth ? {} : { grepInvert: /@view/ }) },
    { name: 'web', use: { host: 'web' } },
  ],
});
