/**
 * @file `npm run pack` makes a folder that runs, `npm run dist` installers, in `dist/`, for the system that it runs on. What
 * follows is handed to electron-builder: `npm run dist -- --arm64`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from '../build-if-needed.mjs';
import { makeIcons } from './icons.mjs';
import { licenceText } from './licences.mjs';
import { publisherArguments } from './publisher.mjs';

const root = join(import.meta.dirname, '../..');
/** `electron-builder.yml` takes from here what is made for it. */
const made = join(root, 'dist/made');

if (!buildIfNeeded()) process.exit(1);
mkdirSync(made, { recursive: true });
await makeIcons(join(made, 'icons'));
writeFileSync(join(made, 'licences.txt'), licenceText());

const asked = process.argv.slice(2);
const { args, missing } = publisherArguments(asked, process.env, process.platform);
if (missing.length > 0) {
  console.log(
    `No deb without the one who publishes it: set ${missing.join(' and ')} (build/package/publisher.mjs).`,
  );
}
const { status } = spawnSync(
  process.execPath,
  [join(root, 'build/run.mjs'), 'electron-builder', '--publish', 'never', ...asked, ...args],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
