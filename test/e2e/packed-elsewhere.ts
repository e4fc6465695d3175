import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeIcons } from '../../build/package/icons.mjs';
import { licenceText } from '../../build/package/licences.mjs';
import { root } from '../helpers/packaging-tools.ts';

/**
 * @file Cutline packed for a system that this machine is not. Npm installs the packages of any; only their programs, which
 * nobody starts here, have to be the right ones.
 */

const run = promisify(execFile);
const lots = { maxBuffer: 64 * 1024 * 1024 };

export type OtherSystem = {
  readonly os: 'darwin' | 'win32';
  readonly cpu: 'arm64' | 'x64';
  /** As electron-builder is asked for it. */
  readonly option: '--mac' | '--win';
  readonly makeElectron: (folder: string) => Promise<void>;
};

/** A checkout as that system would have it: what is built, and its own packages. */
async function prepareCheckout(checkout: string, { os, cpu }: OtherSystem): Promise<void> {
  await mkdir(checkout);
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'LICENSE', 'build/package', 'out']) {
    await cp(join(root, name), join(checkout, name), {
      recursive: true,
      filter: (path) => !path.endsWith('/screenshots'),
    });
  }
  const configuration = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  // electron-builder takes it for the machine's own, which on each system is the same.
  await writeFile(join(checkout, 'electron-builder.yml'), configuration.replaceAll('${platform}', os));
  await run(
    'npm',
    ['ci', '--omit=dev', `--os=${os}`, `--cpu=${cpu}`, '--prefer-offline', '--no-audit', '--no-fund'],
    { cwd: checkout, ...lots },
  );
  await makeIcons(join(checkout, 'dist/made/icons'));
  await writeFile(join(checkout, 'dist/made/licences.txt'), licenceText(checkout));
}

/**
 * Packs in a new folder, as `npm run pack` does on that system, unsigned.
 *
 * @returns `packed`: what a person would start it from; `checkout`: where its packages were taken from
 */
export async function packFor(
  system: OtherSystem,
  folder: string,
): Promise<{ packed: string; checkout: string }> {
  const checkout = join(folder, 'checkout');
  const electron = join(folder, 'electron');
  await prepareCheckout(checkout, system);
  await system.makeElectron(electron);
  await run(
    process.execPath,
    [
      join(root, 'build/run.mjs'),
      'electron-builder',
      '--publish=never',
      `--project=${checkout}`,
      system.option,
      `--${system.cpu}`,
      '--dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${join(folder, 'dist')}`,
      '-c.mac.notarize=false',
    ],
    { cwd: checkout, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, ...lots },
  );
  const name = { darwin: `mac-${system.cpu}/Cutline.app`, win32: 'win-unpacked' }[system.os];
  return { packed: join(folder, 'dist', name), checkout };
}
