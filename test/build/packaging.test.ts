import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { entries, shellEntries } from '../../build/entries.ts';
import { makeIcons } from '../../build/package/icons.mjs';
import { licenceText, shippedPackages } from '../../build/package/licences.mjs';
import { publisherArguments } from '../../build/package/publisher.mjs';
import { findForeign, platformOf } from '../../build/package/program-format.mjs';
import { useTemporaryFolder } from '../helpers/database.ts';
import { checkBuilderConfiguration, readYaml, root } from '../helpers/packaging-tools.ts';

type OneSystem = { readonly target: readonly string[] };
type Configuration = {
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly npmRebuild: boolean;
  readonly mac: OneSystem & Readonly<Record<string, unknown>>;
  readonly win: OneSystem;
  readonly linux: OneSystem;
};
const configuration = readYaml('electron-builder.yml') as Configuration;

const folderOf = (name: string) => name.slice(0, name.indexOf('/'));

describe('the packages', () => {
  it('are configured as electron-builder understands it, and a slip is found', async () => {
    await checkBuilderConfiguration(configuration);
    await expect(
      checkBuilderConfiguration({ ...configuration, electronFuse: configuration.electronFuses }),
    ).rejects.toThrow('electronFuse');
  });

  it('are installers for three systems, none of which compiles anything', () => {
    const { mac, win, linux, npmRebuild } = configuration;
    expect([mac.target, win.target, linux.target]).toEqual([['dmg', 'zip'], ['nsis'], ['AppImage', 'deb']]);
    expect(npmRebuild).toBe(false);
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
  });

  it('name nobody as their publisher who does not say so', () => {
    expect(JSON.stringify(configuration)).not.toMatch(/https?:\/\/|@[a-z-]+\.[a-z]/);
    expect(publisherArguments([], {}, 'linux')).toEqual({
      args: ['--linux', 'AppImage'],
      missing: ['CUTLINE_HOMEPAGE', 'CUTLINE_MAINTAINER'],
    });
    const env = { CUTLINE_HOMEPAGE: 'https://ann.test/cutline', CUTLINE_MAINTAINER: 'Ann <ann@ann.test>' };
    expect(publisherArguments(['--arm64'], env, 'linux')).toEqual({
      args: ['-c.extraMetadata.homepage=https://ann.test/cutline', '-c.linux.maintainer=Ann <ann@ann.test>'],
      missing: [],
    });
    const nobody = { CUTLINE_HOMEPAGE: 'ann.test', CUTLINE_MAINTAINER: 'Ann' };
    expect(publisherArguments([], nobody, 'linux').missing).toHaveLength(2);
    expect(publisherArguments(['--dir'], {}, 'linux')).toEqual({ args: [], missing: [] });
    expect(publisherArguments([], {}, 'darwin')).toEqual({ args: [], missing: [] });
  });

  it('take from Electron all that Cutline does not need', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('keep outside the archive what plain Node runs, and inside what Electron runs', () => {
    const unpacked = configuration.asarUnpack.flatMap((pattern) => {
      const [, names] = /^out\/\{(.+)\}\/\*\*$/.exec(pattern) ?? [];
      return names?.split(',') ?? [];
    });
    for (const name of Object.keys(entries)) expect(unpacked).toContain(folderOf(name));
    for (const name of Object.keys(shellEntries)) expect(unpacked).not.toContain(folderOf(name));
  });

  it('sign in to Azure without what they leave out of its library', async () => {
    // Refuses what a browser would load; then everybody who may have signed in is made.
    const script = `
      import { registerHooks } from 'node:module';
      const leftOut = /@azure\\/msal-browser|@azure\\/identity\\/dist\\/(?:browser|workerd)/;
      registerHooks({
        resolve: (name, context, next) => {
          const found = next(name, context);
          if (leftOut.test(found.url)) throw new Error('left out: ' + found.url);
          return found;
        },
      });
      const azure = await import('@azure/identity');
      const id = '00000000-0000-0000-0000-000000000000';
      new azure.ClientSecretCredential(id, id, 'secret');
      new azure.ChainedTokenCredential(
        new azure.AzureCliCredential(), new azure.AzureDeveloperCliCredential(),
        new azure.AzurePowerShellCredential(), new azure.ManagedIdentityCredential({}));
      console.log('made');
    `;
    expect(JSON.stringify(configuration)).toContain('!node_modules/@azure/msal-browser/**');
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
    expect(stdout).toBe('made\n');
  });

  it('bring the licence of each thing that is in them', () => {
    const text = licenceText();
    const names = [...shippedPackages().keys()].map((place) => place.replace(/^.*node_modules\//, ''));
    // In the engine, in the window, of another kind of licence, and nothing that only makes Cutline.
    expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'react', 'scheduler', 'libheif-js']));
    expect(names).not.toEqual(expect.arrayContaining(['vite']));
    expect(names.filter((name) => /^(?:vitest|electron-builder|playwright|typescript)$/.test(name))).toEqual(
      [],
    );
    for (const name of names) expect(text).toContain(`\n${name} `);
    expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    expect(text).toContain('WordNet');
  });
});

describe('a program', () => {
  const prebuilt = join(root, 'node_modules/better-sqlite3/prebuilds');

  it('says by its first bytes for which system it is', () => {
    const found = readdirSync(prebuilt).map((name) => [name, platformOf(join(prebuilt, name))]);
    // Their authors name them by the system that they built them for.
    expect(found).toEqual(
      readdirSync(prebuilt).map((name) => [name, name.replace('linuxmusl', 'linux').replace('.node', '')]),
    );
    expect(platformOf(join(root, 'package.json'))).toBeUndefined();
  });

  it('is found among others when a system cannot run it', () => {
    const foreign = findForeign(prebuilt, 'darwin-arm64').map((path) => path.slice(prebuilt.length + 1));
    expect(foreign.toSorted()).toEqual(
      readdirSync(prebuilt)
        .filter((name) => name !== 'darwin-arm64.node')
        .toSorted(),
    );
  });
});

/** Width and height of a PNG that sharp decodes to its last pixel, and whether something is drawn on it. */
async function look(png: Uint8Array): Promise<{ size: number[]; isDrawn: boolean }> {
  const { info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const { entropy } = await sharp(png).stats();
  return { size: [info.width, info.height], isDrawn: entropy > 1 };
}

describe('the icons', () => {
  it('are whole pictures in the sizes that each system asks for', async () => {
    const folder = useTemporaryFolder();
    await makeIcons(folder);

    const ico = readFileSync(join(folder, 'icon.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const windows = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index).map((at) => {
      const start = ico.readUInt32LE(at + 12);
      return {
        said: ico.readUInt8(at) || 256,
        png: ico.subarray(start, start + ico.readUInt32LE(at + 8)),
      };
    });
    expect(windows.map(({ said }) => said)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const { said, png } of windows) {
      expect(await look(png)).toEqual({ size: [said, said], isDrawn: true });
    }

    const icns = readFileSync(join(folder, 'icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes = new Set<number>();
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const { size, isDrawn } = await look(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
      expect(isDrawn).toBe(true);
      sizes.add(size[0] ?? 0);
    }
    expect([...sizes]).toEqual([16, 32, 64, 128, 256, 512, 1024]);

    const linux = readdirSync(folder).filter((name) => name.endsWith('.png'));
    for (const name of linux) {
      const said = name.replace('.png', '').split('x').map(Number);
      expect(await look(readFileSync(join(folder, name)))).toEqual({ size: said, isDrawn: true });
    }
    expect(linux).toContain('512x512.png');
  });
});
