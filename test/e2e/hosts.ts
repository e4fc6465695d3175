import { _electron, chromium, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findChromium } from '../../build/find-chromium.mjs';

const root = join(import.meta.dirname, '../..');

/** Where one app lives while it is tested. */
export type Places = { readonly library: string; readonly photos: string; readonly userData: string };

/** One app that a person could sit before. */
export type RunningHost = {
  readonly page: Page;
  /** `undefined` in a browser. */
  readonly electron: ElectronApplication | undefined;
  /** kill -9 of the process that the engine is in. The host brings another one by itself, as in life. */
  readonly killEngine: () => Promise<void>;
  /** Only in a browser: the host is gone until `bringBack`. In Electron the engine is gone and comes back by itself. */
  readonly takeAway: () => Promise<void>;
  readonly bringBack: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The browser for `startWeb`. A page of its own is as good as a browser of its own, and is there at once. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/**
 * The program that `CUTLINE_ELECTRON` names, a path or `standin`; else the real binary where it is installed, else the
 * stand-in.
 */
function electronProgram(): { readonly executablePath?: string } {
  const standin = join(root, 'test/standin/electron');
  const named = process.env['CUTLINE_ELECTRON'];
  if (named !== undefined && named !== '') return { executablePath: named === 'standin' ? standin : named };
  // Playwright itself knows where the package keeps its binary.
  return existsSync(join(root, 'node_modules/electron/path.txt')) ? {} : { executablePath: standin };
}

/** Electron, or what stands in for it. */
export function launchElectron(args: string[], env: Record<string, string>): Promise<ElectronApplication> {
  return _electron.launch({
    ...electronProgram(),
    args,
    env: { ...env, STANDIN_NODE: process.execPath },
  });
}

/** @param main the file that Electron runs. @default the checkout's */
export async function startElectron(
  places: Places,
  env: Record<string, string>,
  main = join(root, 'out/main/index.mjs'),
): Promise<RunningHost> {
  const electron = await launchElectron(
    [`--user-data-dir=${places.userData}`, main, `--library=${places.library}`],
    { ...env, STANDIN_DROPPED: dirname(places.photos) },
  );
  const mainProcess = electron.process();
  mainProcess.stderr?.on('data', (text: Buffer) => {
    if (process.env['CUTLINE_E2E_LOG'] !== undefined) process.stderr.write(text);
  });
  const page = await electron.firstWindow();
  // A window begins empty.
  await page.waitForURL(/cutline/);
  const killEngine = async (): Promise<void> => {
    const pid = engineOf(mainProcess.pid ?? 0);
    if (pid === undefined) throw new Error('There is no engine to be killed.');
    process.kill(pid, 'SIGKILL');
    await Promise.resolve();
  };
  return {
    page,
    electron,
    killEngine,
    takeAway: killEngine,
    bringBack: () => Promise.resolve(),
    close: async () => {
      await electron.close();
    },
  };
}

/** The child of Electron's main process that runs our engine. */
function engineOf(mainPid: number): number | undefined {
  return process.platform === 'linux' ? engineInProc(mainPid) : engineAsListed(mainPid);
}

/** As the system lists processes: its number, its parent's, its command. */
function engineAsListed(mainPid: number): number | undefined {
  const listed =
    process.platform === 'win32'
      ? execFileSync('powershell', [
          '-NoProfile',
          '-Command',
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }',
        ])
      : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command=']);
  const line = listed
    .toString()
    .split('\n')
    .map((text) => /^\s*(\d+)\s+(\d+)\s(.*)/.exec(text))
    .find((found) => Number(found?.[2]) === mainPid && found?.[3]?.includes('engine.mjs') === true);
  return line === undefined || line === null ? undefined : Number(line[1]);
}

function engineInProc(mainPid: number): number | undefined {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, parent] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8')) ?? [];
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (Number(parent) === mainPid && command.includes('engine.mjs')) return Number(entry);
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}

export async function startWeb(
  places: Places,
  env: Record<string, string>,
  browser: Browser,
): Promise<RunningHost> {
  const serve = async (): Promise<{ child: ChildProcess; url: string }> => {
    const child = spawn(
      process.execPath,
      [join(root, 'out/cli/cutline.mjs'), '--library', places.library, 'serve', '--json'],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const [, address] = /"url":"([^"]+)"/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.on('exit', () => {
      reject(new Error(`cutline serve ended: ${said}`));
    });
    return { child, url: await promise };
  };
  let { child, url } = await serve();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  const gone = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await ended;
  };
  const bringBack = async (): Promise<void> => {
    ({ child, url } = await serve());
    if (page.url().split('#')[0] !== url) throw new Error('The address of the app has changed.');
  };
  return {
    page,
    electron: undefined,
    killEngine: async () => {
      await gone('SIGKILL');
      await bringBack();
    },
    takeAway: () => gone('SIGKILL'),
    bringBack,
    close: async () => {
      try {
        await page.context().close();
      } finally {
        await gone('SIGINT');
      }
    },
  };
}
