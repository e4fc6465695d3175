import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { asar, root } from '../helpers/packaging-tools.ts';

/** @file Cutline as it is packaged, around a file that stands for Electron's program. */

const run = promisify(execFile);

/** Electron's own mark before its fuses: a version, their number, and each as a digit (`@electron/fuses`). */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011';

/** What `electronDist` asks for on Linux: a program, its licences, its languages. */
async function makeElectron(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true });
  await writeFile(join(folder, 'electron'), `#!/bin/sh\nexit 1\n# ${fuseWire}\n`, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/fr.pak']) {
    await writeFile(join(folder, name), '');
  }
}

/** Gives the folder that a person would start it from. */
export async function packInto(folder: string): Promise<string> {
  const electron = join(folder, 'electron');
  await makeElectron(electron);
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
