import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shippedPackages } from '../../build/package/licences.mjs';
import { makeHeic } from '../helpers/heic.ts';
import { drawSign } from '../helpers/text-photos.ts';
import { expect, test } from './app.ts';
import { startElectron } from './hosts.ts';
import { callFromPage } from './page-call.ts';
import { expectArchive, expectFuses, openArchive, packagesIn, packInto } from './packed-app.ts';

const run = promisify(execFile);
const megabyte = 1024 * 1024;

/** What a person downloads, as far as it can be made without Electron's program. One test: packing is done once. */
test.describe('the packed application', () => {
  test('has what it needs, nothing else, and runs from there', async ({ host }) => {
    test.skip(host !== 'electron', 'Only the desktop is packed.');
    test.skip(process.platform !== 'linux', 'Each system packs for itself; here it is Linux.');
    test.setTimeout(900_000);
    const folder = await mkdtemp(join(tmpdir(), 'cutline-packed-'));
    try {
      const packed = await test.step('is packed', () => packInto(folder));
      const resources = join(packed, 'resources');
      await test.step('lies as it should', () => expectLayout(packed));
      await test.step('describes photos on the command line', () => expectCommandLine(resources, folder));
      await test.step('opens its window, with its own engine', () => expectWindow(resources, folder));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

async function expectLayout(packed: string): Promise<void> {
  const resources = join(packed, 'resources');
  const beside = join(resources, 'app.asar.unpacked');
  expectArchive(join(resources, 'app.asar'));
  await expectFuses(join(packed, 'cutline'));
  // Beside it is what Node runs: the engine's packages, and none that only makes Cutline.
  const modules = join(beside, 'node_modules');
  const installed = await packagesIn(modules);
  const shipped = [...shippedPackages().keys()].map((place) => place.replace('node_modules/', ''));
  expect(installed.filter((name) => !shipped.includes(name))).toEqual([]);
  for (const file of [
    'better-sqlite3/prebuilds/linux-x64.node',
    '@img/sharp-libvips-linux-x64/package.json',
    'exiftool-vendored.pl/bin/exiftool',
  ]) {
    expect(existsSync(join(modules, file)), file).toBe(true);
  }
  expect(await readdir(join(modules, 'better-sqlite3/prebuilds'))).toHaveLength(1);
  expect(installed.filter((name) => /^node-(?:bin-)?(?:linux|darwin|win)/.test(name))).toEqual([]);
  // Its licences, and only the languages that it speaks.
  const licences = await readFile(join(resources, 'licences.txt'), 'utf8');
  for (const name of installed) expect(licences).toContain(`\n${name} `);
  expect(existsSync(join(resources, 'LICENSE'))).toBe(true);
  expect(await readdir(join(packed, 'locales'))).toEqual(['en-US.pak']);
  const bytes = await sizeOf(packed);
  console.log(`packed without Electron: ${(bytes / megabyte).toFixed(0)} MB`);
  expect(bytes).toBeLessThan(300 * megabyte);
}

/** Node, SQLite, libvips, ExifTool, and the decoder of HEIC, which is a process of its own. */
async function expectCommandLine(resources: string, folder: string): Promise<void> {
  const photos = join(folder, 'photos');
  await mkdir(photos);
  const sign = await drawSign('sign.jpg', readableSign);
  const heic = makeHeic({ widthPx: 64, heightPx: 48, colorAt: () => [200, 40, 40] });
  for (const [name, bytes] of [
    [sign.name, sign.bytes],
    ['phone.heic', heic],
  ] as const) {
    await writeFile(join(photos, name), bytes);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(join(photos, name), yesterday, yesterday);
  }
  const cutline = async (...args: string[]): Promise<string[]> => {
    const all = ['--library', join(folder, 'library'), ...args, '--json'];
    const { stdout } = await run(join(resources, 'bin/cutline'), all, {
      cwd: folder,
      env: environment(folder),
    });
    return stdout.trim().split('\n');
  };
  const summary: unknown = JSON.parse((await cutline('describe', photos)).at(-1) ?? '');
  expect(summary).toMatchObject({ summary: { found: 2, described: 2, failed: 0 } });
  const findings = await cutline('doctor');
  expect(findings.find((line) => line.includes('"exiftool"'))).toContain('"ok"');
  expect(JSON.parse(findings.at(-1) ?? '')).toMatchObject({ summary: { problems: 0 } });
}

const readableSign = { seed: 2, letterPx: 28 };

/** The same library in the window; its engine reads the text meanwhile, in a process of its own. */
async function expectWindow(resources: string, folder: string): Promise<void> {
  const main = await openArchive(join(resources, 'app.asar'));
  const places = {
    library: join(folder, 'library'),
    photos: join(folder, 'photos'),
    userData: join(folder, 'user-data'),
  };
  const env = { ...environment(folder), STANDIN_RESOURCES: resources };
  const { page, close } = await startElectron(places, env, main);
  try {
    await expect(page.getByRole('grid')).toBeVisible();
    const { words } = await drawSign('sign.jpg', readableSign);
    const query = words.map((word) => `text:${word}`).join(' OR ');
    await expect.poll(async () => (await callFromPage(page, 'search.query', { query })).total).toBe(1);
  } finally {
    await close();
  }
}

function environment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TMPDIR: tmpdir(),
    CUTLINE_KEYRING: 'off',
    CI: 'true',
  };
}

async function sizeOf(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
