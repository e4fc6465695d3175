import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = join(import.meta.dirname, '..');

/** They measure or limit the memory of their own process: nobody else may have been there before. */
const ofTheirOwn = ['test/engine/soak-slices.test.ts', 'test/engine/decoder-memory.test.ts'];

/** What takes a minute or more begins first, so that no worker is left with it when the other has nothing to do. */
const longest = [
  'test/cli/commands.test.ts',
  'test/engine/soak-slices.test.ts',
  'test/cli/describe.test.ts',
  'test/captioning/auto-detail-reading.test.ts',
  'test/cli/describe-azure.test.ts',
  'test/engine/kill.test.ts',
  'test/cli/ask.test.ts',
  'test/engine/videos.test.ts',
];

function placeOf({ moduleId }: TestSpecification): number {
  const index = longest.findIndex((name) => moduleId === join(root, name));
  return index < 0 ? longest.length : index;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- because it is no array, but what vitest would do
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  root,
  test: {
    // Processes, not threads: SQLite and libvips are native, and a crash must not take the run along.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Long enough for a busy machine: no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that a `.only` hides would be missed without a word.
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', 'test/soak/**', ...ofTheirOwn],
          // A file begins where the one before it in the same process ended: the engine is loaded twice, not 260 times.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ofTheirOwn } },
    ],
  },
});
