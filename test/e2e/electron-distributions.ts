import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { plist, programEditor } from '../helpers/packaging-tools.ts';

/** @file What stands for Electron when Cutline is packed: the files that electron-builder changes, and none that runs. */

/** Electron's own mark before its fuses: a version, their number, and each as a digit (`@electron/fuses`). */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011';

/** A program, its licences, its languages. */
export async function makeElectronForLinux(folder: string): Promise<void> {
  await write(join(folder, 'electron'), `#!/bin/sh\nexit 1\n# ${fuseWire}\n`, 0o755);
  await writeLicences(folder);
  for (const name of ['en-US.pak', 'fr.pak']) await write(join(folder, 'locales', name), '');
}

/** English of the United States in the Unicode code page, as Electron's own program names its words. */
export const programLanguage = { lang: 0x0409, codepage: 1200 } as const;

/** As for Linux; the program is one of Windows, with its name and version as resources, and its fuses behind them. */
export async function makeElectronForWindows(folder: string): Promise<void> {
  const { NtExecutable, NtExecutableResource, Resource } = programEditor;
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  Resource.VersionInfo.create(programLanguage.lang, {}, [
    { ...programLanguage, values: { ProductName: 'Electron', FileDescription: 'Electron' } },
  ]).outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new TextEncoder().encode(fuseWire));
  await write(join(folder, 'electron.exe'), Buffer.from(program.generate()));
  await writeLicences(folder);
  for (const name of ['en-US.pak', 'de.pak', 'fr.pak']) await write(join(folder, 'locales', name), '');
}

/** The processes that Electron has on macOS beside its main one, each an application of its own. */
export const macHelpers = [' Helper', ' Helper (GPU)', ' Helper (Plugin)', ' Helper (Renderer)'] as const;

/** An application with its framework, which has the fuses, and its helpers. */
export async function makeElectronForMac(folder: string): Promise<void> {
  const contents = join(folder, 'Electron.app/Contents');
  await writeBundle(contents, 'Electron');
  const frameworks = join(contents, 'Frameworks');
  const framework = join(frameworks, 'Electron Framework.framework');
  await write(join(framework, 'Versions/A/Electron Framework'), fuseWire, 0o755);
  await symlink('A', join(framework, 'Versions/Current'));
  await symlink('Versions/Current/Electron Framework', join(framework, 'Electron Framework'));
  for (const suffix of macHelpers) {
    await writeBundle(join(frameworks, `Electron${suffix}.app/Contents`), `Electron${suffix}`);
  }
  await write(join(contents, 'Resources/electron.icns'), '');
  const languages = ['en.lproj', 'de.lproj', 'fr.lproj'];
  for (const name of languages) {
    await write(join(contents, 'Resources', name, 'InfoPlist.strings'), '');
    await write(join(framework, 'Versions/A/Resources', name, 'locale.pak'), '');
  }
  await writeLicences(folder);
}

async function writeBundle(contents: string, name: string): Promise<void> {
  const info = {
    CFBundleExecutable: name,
    CFBundleIconFile: 'electron.icns',
    CFBundleIdentifier: `com.github.${name}`,
    CFBundleName: name,
    CFBundlePackageType: 'APPL',
    LSMinimumSystemVersion: '12.0',
  };
  await write(join(contents, 'Info.plist'), plist.build(info));
  await write(join(contents, 'MacOS', name), '#!/bin/sh\nexit 1\n', 0o755);
}

async function writeLicences(folder: string): Promise<void> {
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) await write(join(folder, name), '');
}

async function write(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode });
}
