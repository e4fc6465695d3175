import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const modules = join(import.meta.dirname, '../../node_modules');

describe('own node', () => {
  test('the tests run on the Node of the checkout', () => {
    expect(process.versions.node).toMatch(/^26\./);
    expect(process.execPath.startsWith(modules)).toBe(true);
  });

  test('a child that asks for "node" gets it too', () => {
    expect(execFileSync('node', ['--version'], { encoding: 'utf8' }).trim()).toBe(process.version);
  });
});
