import { defineConfig } from '@playwright/test';
import type { HostOptions } from '../test/e2e/app.ts';

export default defineConfig<HostOptions>({
  testDir: '../test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  // A busy machine: no test is about time.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: Number(process.env['CUTLINE_E2E_WORKERS'] ?? 1),
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'electron', use: { host: 'electron' } },
    { name: 'web', use: { host: 'web' } },
  ],
});
