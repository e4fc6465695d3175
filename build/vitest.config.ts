import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**', 'test/soak/**'],
    // Processes, not threads: SQLite and libvips are native, and a crash must not take the other tests along.
    pool: 'forks',
    maxWorkers: 2,
    // Long enough for a busy machine: no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that a `.only` hides would be missed without a word.
    allowOnly: false,
  },
});
