/** @file Builds `out/` when a source is newer than it: for `npm start` and the end-to-end tests, which run what is built. */

import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** The build writes it when it is complete, dated by its start; one that was stopped leaves none. */
const stamp = join(root, 'out', '.complete');
const sources = ['app', 'main', 'renderer', 'build', 'package.json', 'package-lock.json'];

/**
 * The newest time of change below a path, folders included: a file that was removed changes its folder.
 *
 * @param {string} path
 * @returns {number} milliseconds; 0 where there is nothing
 */
function newestChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const below = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(stats.mtimeMs, ...below);
}

export function isBuilt() {
  const built = statSync(stamp, { throwIfNoEntry: false });
  return built !== undefined && sources.every((source) => newestChange(join(root, source)) <= built.mtimeMs);
}

/** @returns {boolean} whether `out/` is complete; the build has said what is wrong when it is not */
export function buildIfNeeded() {
  if (isBuilt()) return true;
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'build/run.mjs'), 'vite', 'build', '--app', '--config', 'build/vite.config.ts'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return status === 0;
}

if (process.argv[1] === import.meta.filename) process.exit(buildIfNeeded() ? 0 : 1);
