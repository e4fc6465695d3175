import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication } from '@playwright/test';
import type { RunId } from '../../app/contract/ids.ts';
import { expect, test, type App } from './app.ts';
import { connectAzure } from './connections.ts';
import { drawPhotos } from './photos.ts';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '../../app/cli/main.ts');
const mainFile = join(import.meta.dirname, '../../out/main/index.mjs');

/** What passes between the desktop application and the system around it. */
test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'The desktop alone has this.');
});

function desktopOf(app: App): ElectronApplication {
  if (app.electron === undefined) throw new Error('This is no desktop.');
  return app.electron;
}

/** The stand-in keeps what the system would show; the real one shows it. */
async function skipWhereReal(app: App): Promise<void> {
  const isStandin = await desktopOf(app).evaluate(({ Notification }) => 'shown' in Notification);
  test.skip(!isStandin, 'The system does not tell what it has shown.');
}

test.describe('around the desktop', () => {
  test('a second start brings the window that there is, and ends', async ({ app, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    const desktop = desktopOf(app);
    await desktop.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.minimize();
    });
    // By the same program, with the same folders.
    const second = spawn(
      desktop.process().spawnfile,
      [`--user-data-dir=${app.userData}`, mainFile, `--library=${app.library}`],
      { env: { ...process.env, STANDIN_NODE: process.execPath }, stdio: 'ignore' },
    );
    const [status] = (await once(second, 'exit')) as [number | null];
    expect(status).toBe(0);
    await expect
      .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
      .toBe(false);
    expect(desktop.windows()).toHaveLength(1);
  });

  test('a folder that is dropped becomes one of the library; a file does not', async ({ app, page }) => {
    await skipWhereReal(app);
    await drawPhotos(app.photos, 2);
    await expect(page.getByRole('main')).toBeVisible();
    await drop(app, `${app.photos}/photo-0001.jpg`);
    await expect(
      page.getByRole('region', { name: 'Notifications' }).getByText('Only folders can be added.'),
    ).toBeVisible();
    expect(await app.call('root.list', {})).toEqual([]);
    await drop(app, app.photos);
    await expect.poll(async () => (await app.call('library.summary', {})).photos).toBe(2);
    expect((await app.call('root.list', {})).map(({ path }) => path)).toEqual([app.photos]);
  });
});

test.describe('while it describes', () => {
  test.use({ launch: { photos: 4, emulator: true } });

  test('the dock shows how far it is, the end is told when nobody looks, and a battery makes it wait', async ({
    app,
    page,
  }) => {
    await skipWhereReal(app);
    const desktop = desktopOf(app);
    await expect(page.getByRole('grid')).toBeVisible();
    await app.call('setting.set', { notifications: true });
    await page.keyboard.press('Control+,');
    await page.getByRole('link', { name: 'Appearance', exact: true }).click();
    await page.getByRole('switch', { name: 'Rest on battery' }).click();
    await expect.poll(async () => (await app.call('setting.get', {})).pauseOnBattery).toBe(true);
    // The first photo is answered; the others are not until the machine has been on its battery.
    const { promise, resolve } = Promise.withResolvers<undefined>();
    app.emulator.faults.always({
      name: 'slow',
      until: promise,
      when: () => app.emulator.totals().answered > 0,
    });
    await desktop.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.hide();
    });
    const runId = await startDescribing(app);
    await expect.poll(() => progressOf(desktop)).toBe(0.25);

    await desktop.evaluate(({ powerMonitor }) => powerMonitor.emit('on-battery'));
    await expect.poll(async () => (await app.call('run.get', { id: runId })).state).toBe('paused');
    await expect.poll(() => progressOf(desktop)).toBe(-1);
    app.emulator.faults.clear();
    resolve(undefined);
    await desktop.evaluate(({ powerMonitor }) => powerMonitor.emit('on-ac'));
    await expect.poll(async () => (await app.call('run.get', { id: runId })).state).toBe('finished');

    await expect
      .poll(() =>
        desktop.evaluate(({ Notification }) =>
          (Notification as unknown as { shown: { body: string }[] }).shown.map(({ body }) => body),
        ),
      )
      .toEqual([expect.stringContaining('4 photos described')]);
    await expect.poll(() => progressOf(desktop)).toBe(-1);
  });
});

test.describe('quitting', () => {
  test.use({ launch: { photos: 2, emulator: true } });

  test('waits for an answer that is on its way, and keeps it', async ({ app, page }) => {
    const desktop = desktopOf(app);
    await expect(page.getByRole('grid')).toBeVisible();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    app.emulator.faults.always({ name: 'slow', until: promise });
    await startDescribing(app);
    await app.emulator.waitForRequests(1);
    const ended = once(desktop.process(), 'exit');
    await desktop.evaluate(({ app: application }) => {
      application.quit();
    });
    resolve(undefined);
    expect((await ended)[0]).toBe(0);
    // What was asked for was answered and is kept; what was not waits for the next start.
    const { requests, answered } = app.emulator.totals();
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBe(requests);
    const { stdout } = await run(
      process.execPath,
      [cli, '--library', app.library, 'search', 'is:described', '--json'],
      { env: {} },
    );
    expect(JSON.parse(stdout)).toMatchObject({ total: answered });
  });

  test('asks when that takes long; who does not wait loses nothing but the answer', async ({ app, page }) => {
    const desktop = desktopOf(app);
    await expect(page.getByRole('grid')).toBeVisible();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    app.emulator.faults.always({ name: 'slow', until: promise });
    await startDescribing(app);
    await app.emulator.waitForRequests(1);
    // Its patience is over at once. A person waits first, and then not any more.
    const asked = join(app.userData, 'asked.txt');
    await desktop.evaluate(({ app: application, dialog }, file) => {
      const { setTimeout: start } = globalThis;
      Object.assign(globalThis, {
        setTimeout: (later: () => void, ms: number, ...rest: []) =>
          start(later, ms === 20_000 ? 0 : ms, ...rest),
      });
      let times = 0;
      dialog.showMessageBox = ((options: { message: string; buttons: string[] }) => {
        times += 1;
        const { writeFileSync } = process.getBuiltinModule('node:fs');
        writeFileSync(file, JSON.stringify({ times, ...options }));
        return Promise.resolve({ response: times === 1 ? 0 : 1, checkboxChecked: false });
      }) as unknown as typeof dialog.showMessageBox;
      application.quit();
    }, asked);
    if (desktop.process().exitCode === null) await once(desktop.process(), 'exit');
    expect(JSON.parse(await readFile(asked, 'utf8'))).toMatchObject({
      times: 2,
      defaultId: 0,
      buttons: [expect.any(String), expect.any(String)],
    });
    expect(app.emulator.totals().answered).toBe(0);
    resolve(undefined);
    // The request was sent: it stays in the books, and both photos wait for the next start.
    const usage = await cutline(app, 'usage');
    expect(usage).toMatchObject({ requests: 1 });
    expect(await cutline(app, 'status')).toMatchObject({ jobs: { failed: 0 } });
  });
});

async function cutline(app: App, ...args: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [cli, '--library', app.library, ...args, '--json'], {
    env: {},
  });
  return JSON.parse(stdout);
}

/** One photo after the other, by the emulator. */
async function startDescribing(app: App): Promise<RunId> {
  const connectionId = await connectAzure(app, { deployment: 'gpt-41-mini', concurrency: 1 });
  const { runId } = await app.call('description.start', {
    connectionId,
    budgetMicroUsd: null,
    options: { detail: 'low', maxImageTokens: null, prompt: 'general', language: 'en', fields: ['caption'] },
  });
  if (runId === null) throw new Error('There was nothing to describe.');
  return runId;
}

function progressOf(desktop: ElectronApplication): Promise<number | undefined> {
  return desktop.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return (window as unknown as { progress: number } | undefined)?.progress;
  });
}

/** From the file manager onto the middle of the window, as Chromium hears it. */
async function drop(app: App, path: string): Promise<void> {
  const session = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await session.detach();
}
