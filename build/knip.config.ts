import type { KnipConfig } from 'knip';
import { entries } from './entries.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(entries),
    // What views are made of is there before the last of them.
    'renderer/{design/components,engine,commands,texts}/*.{ts,tsx}',
    'renderer/views.tsx',
    'build/*.mjs',
    'test/**/*.test.ts',
    'test/*/main.ts',
    'test/**/*-child.ts',
    'test/db/hold-library.ts',
    'test/fixtures/decoder/*.ts',
  ],
  project: ['app/**/*.ts', 'renderer/**/*.{ts,tsx}', 'test/**/*.ts', 'build/**/*.{ts,js,mjs}'],
  // Types describe what crosses a border; that nobody names one yet is no fault.
  exclude: ['types', 'nsTypes', 'enumMembers'],
  ignoreExportsUsedInFile: true,
  // Started by path or by another tool, which knip cannot see.
  // Tests skip aloud where these are missing.
  ignoreBinaries: ['mount', 'umount', 'mkfifo'],
  ignoreDependencies: ['@swc/core', '@tesseract.js-data/eng', 'oxfmt', 'oxlint', 'oxlint-tsgolint'],
  vite: { config: ['build/vite.config.ts'] },
  vitest: { config: ['build/vitest.config.ts'] },
};

export default config;
