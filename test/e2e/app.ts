import { test as base, type Browser, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Arguments, Output, ProcedureName } from '../../app/contract/procedures.ts';
import type { AnalysisOptions } from '../azure-emulator/analysis.ts';
import type { BatchOptions } from '../azure-emulator/batch/serve.ts';
import type { Internet } from '../azure-emulator/pictures.ts';
import type { RetrievalOptions } from '../azure-emulator/retrieval/ingestions.ts';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import { launchBrowser, startElectron, startWeb, type RunningHost } from './hosts.ts';
import { makeDisk } from './disk.ts';
import { callFromPage } from './page-call.ts';
import { prepareLibrary, type Prepared } from './prepared.ts';

export { expect } from '@playwright/test';

export type HostOptions = {
  /** Set by the project. */
  readonly host: 'electron' | 'web';
  /** What a suite wants: `test.use({ launch: { photos: 12, isDescribed: true, emulator: true } })`. */
  readonly launch: Prepared & {
    /** Starts the emulator; its key is in the app's environment, its address in `app.emulator`. @default false */
    readonly emulator?: boolean;
    /** What Image Analysis finds in each picture. */
    readonly analysis?: AnalysisOptions;
    /** What the emulator fetches by an address. */
    readonly internet?: Internet;
    /** How the emulator's batches go. */
    readonly batches?: BatchOptions;
    /** What video retrieval sees, and how long it takes. */
    readonly retrieval?: RetrievalOptions;
    /** The machine is signed in with Microsoft Entra: its `az` gives tokens that the emulator takes. @default false */
    readonly isSignedIn?: boolean;
    /** Otherwise a person gives the key in the window. @default true */
    readonly hasKeyInEnvironment?: boolean;
    /** The library is on a disk of its own, of so many megabytes. Skipped where none can be made. */
    readonly diskMegabytes?: number;
  };
};

export type App = Omit<RunningHost, 'close'> & {
  readonly host: HostOptions['host'];
  readonly library: string;
  readonly photos: string;
  /** Where the desktop keeps its own things. */
  readonly userData: string;
  /** The emulator, when `launch.emulator` asks for one. */
  readonly emulator: Emulator;
  /** Calls the engine as the page does, beside it. */
  readonly call: <Name extends ProcedureName>(name: Name, input: Arguments<Name>) => Promise<Output<Name>>;
};

/** One for all tests of a worker; each has a context of its own in it. */
type OpenBrowser = () => Promise<Browser>;

/**
 * `test` with a fresh app in a temporary folder: `({ app, page }) => …`. The same test runs in Electron (the real binary
 * where it is installed, else the stand-in) and in a browser.
 */
export const test = base.extend<HostOptions & { app: App; page: Page }, { openBrowser: OpenBrowser }>({
  openBrowser: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => (browser ??= launchBrowser()));
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],
  host: ['web', { option: true }],
  launch: [{}, { option: true }],
  app: async ({ host, launch, openBrowser }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'cutline-e2e-'));
    const places = {
      library: join(folder, 'library'),
      photos: join(folder, 'photos'),
      userData: join(folder, 'user-data'),
    };
    const emulator =
      launch.emulator === true
        ? await startEmulator({
            ...(launch.analysis === undefined ? {} : { analysis: launch.analysis }),
            ...(launch.internet === undefined ? {} : { internet: launch.internet }),
            ...(launch.batches === undefined ? {} : { batches: launch.batches }),
            ...(launch.retrieval === undefined ? {} : { retrieval: launch.retrieval }),
          })
        : undefined;
    const env = environment(folder, launch.hasKeyInEnvironment === false ? undefined : emulator);
    if (launch.isSignedIn === true) {
      env['PATH'] = `${await makeAz(folder, emulator?.entraToken ?? '')}${delimiter}${env['PATH'] ?? ''}`;
    }
    if (launch.hasFfmpeg === false) env['PATH'] = await pathWithoutFfmpeg(join(folder, 'without-ffmpeg'));
    const disk =
      launch.diskMegabytes === undefined ? undefined : await makeDisk(places.library, launch.diskMegabytes);
    base.skip(disk === 'impossible', 'A disk of its own needs Linux and the right to mount one.');
    await prepareLibrary(launch, places, env);
    const running =
      host === 'electron'
        ? await startElectron(places, env)
        : await startWeb(places, env, await openBrowser());
    const { close, page } = running;
    try {
      await use({
        ...running,
        host,
        library: places.library,
        photos: places.photos,
        userData: places.userData,
        get emulator(): Emulator {
          if (emulator === undefined) throw new Error('launch.emulator is not set.');
          return emulator;
        },
        call: (name, input) => callFromPage(page, name, input),
      });
    } finally {
      await close();
      await emulator?.close();
      if (disk !== 'impossible') await disk?.remove();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
  page: async ({ app }, use) => {
    // Nobody presses keys before there is anything to see, and nothing would hear them.
    await app.page.locator('#root > *').first().waitFor();
    await use(app.page);
  },
});

/** A folder with an `az` that gives a token, as the Azure CLI prints it. */
async function makeAz(folder: string, token: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const answer = {
    accessToken: `${token}-1`,
    expiresOn: '2099-01-01 00:00:00.000000',
    expires_on: 4_070_908_800,
    tokenType: 'Bearer',
  };
  await writeFile(join(bin, 'az'), `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  await chmod(join(bin, 'az'), 0o755);
  return bin;
}

/** A folder with all that PATH finds, but for ffmpeg. */
async function pathWithoutFfmpeg(bin: string): Promise<string> {
  await mkdir(bin);
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(existsSync)) {
    for (const name of await readdir(folder)) {
      if (/^ff(?:mpeg|probe)\b/.test(name) || existsSync(join(bin, name))) continue;
      await symlink(join(folder, name), join(bin, name)).catch(() => undefined);
    }
  }
  return bin;
}

/** Without these, nothing starts on Windows. */
function windowsFolders(folder: string): Record<string, string> {
  return {
    SystemRoot: process.env['SystemRoot'] ?? String.raw`C:\Windows`,
    USERPROFILE: folder,
    APPDATA: join(folder, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(folder, 'AppData', 'Local'),
    TEMP: tmpdir(),
    TMP: tmpdir(),
  };
}

/** Nothing of the caller's settings or folders. */
function environment(folder: string, emulator: Emulator | undefined): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    TMPDIR: tmpdir(),
    ...(process.platform === 'win32' ? windowsFolders(folder) : {}),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    CI: 'true',
    // What was compiled once: each test starts two or three processes of the same files.
    ...passedOn('NODE_COMPILE_CACHE'),
    // Not the keyring of whoever runs the tests.
    CUTLINE_KEYRING: 'off',
    ...passedOn('DISPLAY', 'CUTLINE_CHROMIUM'),
    ...(emulator === undefined
      ? {}
      : { AZURE_OPENAI_ENDPOINT: emulator.endpoint, AZURE_OPENAI_API_KEY: emulator.key }),
  };
}

/** As the caller has them. */
function passedOn(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
