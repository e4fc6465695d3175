/**
 * @file `npm start`: the desktop window where Electron can be had, else the same app in the browser, with one line that says
 * why. `CUTLINE_HOST=web|electron` decides by hand.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from './build-if-needed.mjs';

const root = join(import.meta.dirname, '..');
const longestFetchMs = 5 * 60_000;
const dayMs = 24 * 60 * 60_000;

/**
 * Where Electron's binary is, or why there is none.
 *
 * @typedef {{ binary: string } | { reason: string }} Found
 */

/**
 * @param {string} folder of the package `electron`
 * @returns {string | undefined}
 */
function installedBinary(folder) {
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const binary = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/**
 * The binary, fetched once if it is not there. A fetch that failed is not tried again for a day, unless Electron is asked
 * for by name: an offline machine starts at once.
 *
 * @param {{ folder: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform, now: number, fetch: (folder: string) => string | undefined }} options
 *   `fetch` tries to bring the binary, and says why it could not
 * @returns {Found}
 */
export function findElectron({ folder, env, platform, now, fetch }) {
  const isForced = env['CUTLINE_HOST'] === 'electron';
  if (env['CUTLINE_HOST'] === 'web') return { reason: 'CUTLINE_HOST=web' };
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return { reason: 'there is no display here' };
  }
  const installed = installedBinary(folder);
  if (installed) return { binary: installed };
  if (!existsSync(folder)) return { reason: 'the package electron is not installed' };
  const failedAt = join(folder, 'fetch-failed.txt');
  const failed = statSync(failedAt, { throwIfNoEntry: false });
  if (failed && now - failed.mtimeMs < dayMs && !isForced) {
    return {
      reason: `Electron could not be fetched earlier today (${readFileSync(failedAt, 'utf8').trim()})`,
    };
  }
  const problem = fetch(folder);
  const binary = installedBinary(folder);
  if (binary) {
    rmSync(failedAt, { force: true });
    return { binary };
  }
  const reason = problem ?? 'nothing was fetched';
  try {
    writeFileSync(failedAt, `${reason}\n`);
  } catch {
    // Then it is tried again the next time.
  }
  return { reason: `Electron could not be fetched (${reason})` };
}

/**
 * @param {string} folder
 * @returns {string | undefined} why it did not work
 */
function fetchElectron(folder) {
  console.log('Fetching Electron, once…');
  const { status, error, stderr } = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
    timeout: longestFetchMs,
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  if (error) return 'it took longer than five minutes';
  const [, reason] = /(?:Error|error): (.+)/.exec(stderr) ?? [];
  // An address may hold what is nobody's business.
  return reason?.replaceAll(/https?:\/\/\S+/g, 'the server') ?? `install.js ended with ${status}`;
}

/** @param {string[]} args */
function start(args) {
  if (!buildIfNeeded()) process.exit(1);
  const found = findElectron({
    folder: join(root, 'node_modules/electron'),
    env: process.env,
    platform: process.platform,
    now: Date.now(),
    fetch: fetchElectron,
  });
  if ('reason' in found && process.env['CUTLINE_HOST'] === 'electron') {
    console.error(`Cutline cannot start in Electron: ${found.reason}.`);
    process.exit(1);
  }
  if ('reason' in found) console.log(`Cutline opens in your browser: ${found.reason}.`);
  const isCi = Boolean(process.env['CI']);
  const [program, ...begin] =
    'binary' in found
      ? [found.binary, root]
      : [process.execPath, join(root, 'out/cli/cutline.mjs'), 'serve', ...(isCi ? [] : ['--open'])];
  const child = spawn(program, [...begin, ...args], { cwd: root, stdio: 'inherit' });
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGHUP', 'SIGTERM'])) {
    // A terminal's Ctrl-C reaches the whole group; twice would mean "stop at once".
    process.on(signal, () => {
      if (!onTerminal || signal === 'SIGTERM') child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`Cannot start ${program}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}

if (process.argv[1] === import.meta.filename) start(process.argv.slice(2));
