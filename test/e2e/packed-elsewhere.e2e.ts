import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { entries as builtFiles } from '../../build/entries.ts';
import { shippedPackages } from '../../build/package/licences.mjs';
import { platformOf } from '../../build/package/program-format.mjs';
import { plist, programEditor, root } from '../helpers/packaging-tools.ts';
import { expect, test } from './app.ts';
import {
  macHelpers,
  makeElectronForMac,
  makeElectronForWindows,
  programLanguage,
} from './electron-distributions.ts';
import { expectArchive, expectFuses, integrityOf, packagesIn } from './packed-app.ts';
import { packFor, type OtherSystem } from './packed-elsewhere.ts';

const mac: OtherSystem = {
  os: 'darwin',
  cpu: 'arm64',
  option: '--mac',
  makeElectron: makeElectronForMac,
};
const windows: OtherSystem = {
  os: 'win32',
  cpu: 'x64',
  option: '--win',
  makeElectron: makeElectronForWindows,
};

/** What somebody with another system downloads, as far as it can be made without Electron's programs. Nothing of it runs here. */
test.describe('the application packed for another system', () => {
  test.beforeEach(({ host }) => {
    test.skip(host !== 'electron', 'Only the desktop is packed.');
    test.skip(
      process.platform !== 'linux',
      'Each system packs for itself; this packs for those that are not here.',
    );
    test.skip(
      process.env['CUTLINE_PACK_ELSEWHERE'] === undefined,
      'It takes minutes, and npm’s registry: CUTLINE_PACK_ELSEWHERE=yes asks for it.',
    );
    test.setTimeout(900_000);
  });

  test('is an application of macOS, with its packages and no others', async () => {
    await inFolder(async (folder) => {
      const { packed, checkout } = await packFor(mac, folder);
      const contents = join(packed, 'Contents');
      const resources = join(contents, 'Resources');
      await expectFuses(packed);
      await expectPackages(resources, checkout, 'darwin-arm64', [
        '@img/sharp-libvips-darwin-arm64/package.json',
        'exiftool-vendored.pl/bin/exiftool',
      ]);
      const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
        version: string;
      }; // why: our own
      expect(plist.parse(await readFile(join(contents, 'Info.plist'), 'utf8'))).toMatchObject({
        CFBundleExecutable: 'Cutline',
        CFBundleDisplayName: 'Cutline',
        CFBundleIconFile: 'icon.icns',
        CFBundleIdentifier: 'app.cutline.desktop',
        CFBundleName: 'Cutline',
        CFBundleShortVersionString: version,
        LSApplicationCategoryType: 'public.app-category.photography',
        LSMinimumSystemVersion: '13.0',
        ElectronAsarIntegrity: {
          'Resources/app.asar': { algorithm: 'SHA256', hash: integrityOf(join(resources, 'app.asar')) },
        },
      });
      expect(await readdir(join(contents, 'MacOS'))).toEqual(['Cutline']);
      expect(await readFile(join(resources, 'icon.icns'))).toEqual(
        await readFile(join(checkout, 'dist/made/icons/icon.icns')),
      );
      for (const suffix of macHelpers) {
        const helper = join(contents, 'Frameworks', `Cutline${suffix}.app/Contents`);
        expect(existsSync(join(helper, 'MacOS', `Cutline${suffix}`))).toBe(true);
        const { CFBundleIdentifier: id } = plist.parse(await readFile(join(helper, 'Info.plist'), 'utf8'));
        expect(id).toMatch(/^app\.cutline\.desktop\.helper/);
      }
      expect(await languagesIn(resources, '.lproj')).toEqual(['de.lproj', 'en.lproj']);
      expect(platformOf(join(resources, 'node'))).toBe('darwin-arm64');
      for (const program of ['node', 'bin/cutline']) {
        expect((await stat(join(resources, program))).mode & 0o111, program).toBe(0o111);
      }
    });
  });

  test('is a program of Windows, with its packages and no others', async () => {
    await inFolder(async (folder) => {
      const { packed, checkout } = await packFor(windows, folder);
      const resources = join(packed, 'resources');
      const program = join(packed, 'Cutline.exe');
      await expectFuses(program);
      await expectPackages(resources, checkout, 'win32-x64', [
        '@img/sharp-win32-x64/lib/libvips-42.dll',
        'exiftool-vendored.exe/bin/exiftool.exe',
      ]);
      const { NtExecutable, NtExecutableResource, Resource } = programEditor;
      const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(program)));
      const [words] = Resource.VersionInfo.fromEntries(entries);
      expect(words?.getStringValues(programLanguage)).toMatchObject({
        CompanyName: 'the Cutline authors',
        FileDescription: 'Cutline',
        ProductName: 'Cutline',
        LegalCopyright: expect.stringContaining('the Cutline authors'),
      });
      const integrity = entries.find(({ type }) => type === 'INTEGRITY');
      expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString())).toEqual([
        {
          file: String.raw`resources\app.asar`,
          alg: 'SHA256',
          value: integrityOf(join(resources, 'app.asar')),
        },
      ]);
      // Each picture of the icon, as it is (type 3 of winuser.h, RT_ICON).
      const drawn = entries.filter(({ type }) => type === 3).map(({ bin }) => Buffer.from(bin));
      const icon = await readFile(join(checkout, 'dist/made/icons/icon.ico'));
      expect(drawn).toHaveLength(icon.readUInt16LE(4));
      for (const picture of drawn) expect(icon.includes(picture)).toBe(true);
      expect(await languagesIn(join(packed, 'locales'), '.pak')).toEqual(['de.pak', 'en-US.pak']);
      expect(platformOf(join(resources, 'node.exe'))).toBe('win32-x64');
      expect(await readFile(join(resources, 'bin/cutline.cmd'), 'utf8')).toMatch(
        /^@"%~dp0\.\.\\node\.exe" .*%\*\r\n$/,
      );
    });
  });
});

/** @param files that Cutline cannot do without there, below its packages */
async function expectPackages(
  resources: string,
  checkout: string,
  platform: string,
  files: readonly string[],
): Promise<void> {
  expectArchive(join(resources, 'app.asar'));
  const beside = join(resources, 'app.asar.unpacked');
  for (const file of [
    ...Object.keys(builtFiles).map((name) => `out/${name}.mjs`),
    'out/renderer/index.html',
  ]) {
    expect(existsSync(join(beside, file)), file).toBe(true);
  }
  const modules = join(beside, 'node_modules');
  const installed = await packagesIn(modules);
  const shipped = [...shippedPackages(checkout).keys()].map((place) => place.replace('node_modules/', ''));
  expect(installed.filter((name) => !shipped.includes(name))).toEqual([]);
  expect(installed.filter((name) => /^node-(?:bin-)?(?:linux|darwin|win)/.test(name))).toEqual([]);
  for (const file of [...files, `better-sqlite3/prebuilds/${platform}.node`]) {
    expect(existsSync(join(modules, file)), file).toBe(true);
  }
  expect(await readdir(join(modules, 'better-sqlite3/prebuilds'))).toHaveLength(1);
  // Every program and library in it is one of that system.
  const found = await readdir(resources, { recursive: true, withFileTypes: true });
  const programs = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(resources, path), platformOf(path)] as const)
    .filter(([, system]) => system !== undefined);
  expect(programs.filter(([, system]) => system !== platform)).toEqual([]);
  expect(programs.length).toBeGreaterThan(3);
  const licences = await readFile(join(resources, 'licences.txt'), 'utf8');
  for (const name of installed) expect(licences).toContain(`\n${name} `);
  expect(existsSync(join(resources, 'LICENSE'))).toBe(true);
}

async function languagesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(ending)).toSorted();
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-packed-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
