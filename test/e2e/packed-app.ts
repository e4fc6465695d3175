import { expect } from '@playwright/test';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { asar, fuses, root } from '../helpers/packaging-tools.ts';
import { makeElectronForLinux } from './electron-distributions.ts';

/** @file Cutline as it is packed, around files that stand for Electron's. */

const run = promisify(execFile);

/** Gives the folder that a person would start it from. */
export async function packInto(folder: string): Promise<string> {
  const electron = join(folder, 'electron');
  await makeElectronForLinux(electron);
  await run(
    process.execPath,
    [
      join(root, 'build/package/pack.mjs'),
      '--dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${join(folder, 'dist')}`,
    ],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  return join(folder, 'dist/linux-unpacked');
}

/** The files that are in the archive itself, not beside it. */
export function filesInside(archive: string): string[] {
  return asar
    .listPackage(archive)
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => {
      const { files, unpacked } = asar.statFile(archive, path);
      return files === undefined && unpacked !== true;
    });
}

/** What Electron compares with the archive before it opens it (electronjs.org, "ASAR Integrity"): of its list of files. */
export function integrityOf(archive: string): string {
  return createHash('sha256').update(asar.getRawHeader(archive).headerString).digest('hex');
}

/** What Electron runs is in the archive, and nothing else. */
export function expectArchive(archive: string): void {
  expect(filesInside(archive).toSorted()).toEqual([
    'out/decoder/page.js',
    'out/main/index.mjs',
    'out/preload/preload.cjs',
    'package.json',
  ]);
}

/** @param program what Electron keeps its fuses in; on macOS the application */
export async function expectFuses(program: string): Promise<void> {
  const wire = await fuses.getCurrentFuseWire(program);
  const named = Object.entries(fuses.FuseV1Options).filter(([name]) => Number.isNaN(Number(name)));
  expect(Object.fromEntries(named.map(([name, index]) => [name, wire[index] === 49]))).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
}

/** Names of packages, scoped and nested ones too, as places below the folder. */
export async function packagesIn(modules: string): Promise<string[]> {
  const manifests = await readdir(modules, { recursive: true });
  return manifests
    .filter((path) => /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
    .map((path) => path.replace(/\/package\.json$/, ''));
}

/** Plain Node reads no archive: its files take its place, as a folder of its name. Gives the file that Electron would run. */
export async function openArchive(archive: string): Promise<string> {
  const closed = `${archive}.closed`;
  await rename(archive, closed);
  for (const path of filesInside(closed)) {
    await mkdir(dirname(join(archive, path)), { recursive: true });
    await writeFile(join(archive, path), asar.extractFile(closed, path));
  }
  const { main } = JSON.parse(await readFile(join(archive, 'package.json'), 'utf8')) as { main: string }; // why: our own
  return join(archive, main);
}
