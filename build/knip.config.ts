import type { KnipConfig } from 'knip';
import { entries, pageEntries, shellEntries } from './entries.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(entries),
    ...Object.values(pageEntries),
    ...Object.values(shellEntries).map(({ source }) => source),
    // What views are made of is there before the last of them.
    'renderer/{design/components,engine,commands,texts}/*.{ts,tsx}',
    'renderer/views.tsx',
    'build/*.mjs',
    'build/package/{after-pack,pack}.mjs',
    'test/**/*.test.ts',
    'test/e2e/*.{e2e,pictures}.ts',
    // Suites for views use these.
    'test/e2e/look.ts',
    'test/standin/register.mjs',
    'test/standin/electron.mjs',
    'test/standin/page.js',
    'test/*/main.ts',
    'test/**/*-child.ts',
    'test/db/hold-library.ts',
    'test/fixtures/decoder/*.ts',
  ],
  project: [
    'app/**/*.ts',
    'main/**/*.ts',
    'renderer/**/*.{ts,tsx}',
    'test/**/*.ts',
    'build/**/*.{ts,js,mjs}',
  ],
  // Types describe what crosses a border; that nobody names one yet is no fault.
  exclude: ['types', 'nsTypes', 'enumMembers'],
  ignoreExportsUsedInFile: true,
  // Started by path or by another tool, which knip cannot see.
  // Tests skip aloud where these are missing.
  ignoreBinaries: ['ffmpeg', 'mount', 'umount', 'mkfifo'],
  ignoreDependencies: [
    '@swc/core',
    '@tesseract.js-data/eng',
    'azurite',
    'electron-builder',
    'oxfmt',
    'oxlint',
    'oxlint-tsgolint',
  ],
  vite: { config: ['build/vite.config.ts'] },
  playwright: { config: ['build/playwright.config.ts'] },
  vitest: { config: ['build/vitest.config.ts'] },
};

export default config;
