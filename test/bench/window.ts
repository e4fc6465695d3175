import { chromium, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../../build/build-if-needed.mjs';
import { findChromium } from '../../build/find-chromium.mjs';
import { callFromPage } from '../e2e/page-call.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { copyWindowLibrary, idsNewestFirst, linkThumbnails } from './window-library.ts';
import {
  controlHtml,
  heapBytes,
  scrollFrames,
  scrollPage,
  typeLetter,
  untilPictures,
  type Frames,
} from './window-page.ts';

/** One comparison; `limit` is the page that does the least possible, or the goal itself where there is no such page. */
export type WindowRow = { name: string; ours: number; limit: number; ratio: number; goal: number | null };

const rounds = 3;
/** Nothing is given up on a busy machine. */
const patienceMs = 180_000;
const imported = 10_000;
/** Pictures that are there: more than a measurement scrolls past, at either end of the grid. */
const visible = 3_000;
/** From the key to the frame, SPEED §4. */
const keystrokeGoalMs = (assets: number): number => (assets > 100_000 ? 100 : 50);
const mostPageBytes = 300e6;
const mostEngineBytes = 400e6;

type Served = { readonly url: string; readonly child: ChildProcess };

/**
 * The window in a real Chromium before a real engine and a library of a size, beside a page that does nothing but hold the
 * same pictures. Needs a Chromium; headless, so that a machine without a screen measures too.
 */
export async function* benchWindow(assets: number): AsyncGenerator<WindowRow> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found (CUTLINE_CHROMIUM names one).');
  if (!buildIfNeeded()) throw new Error('The window could not be built.');
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-window-'));
  const library = join(folder, 'library');
  await copyWindowLibrary(library, assets);
  const ids = idsNewestFirst(library);
  await linkThumbnails(library, [...new Set([...ids.slice(0, visible), ...ids.slice(-visible)])]);
  const served = await serve(library, folder);
  const browser = await chromium.launch({
    executablePath,
    args: ['--enable-precise-memory-info', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    yield* measure(browser, served, ids, folder);
  } finally {
    await browser.close();
    await end(served.child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function* measure(
  browser: Browser,
  { url, child }: Served,
  ids: readonly number[],
  folder: string,
): AsyncGenerator<WindowRow> {
  const viewport = { width: 1280, height: 800 };
  const ours = await browser.newPage({ viewport });
  const control = await browser.newPage({ viewport });
  for (const page of [ours, control]) page.setDefaultTimeout(patienceMs);
  await warmUp(control);
  const opened = (open: () => Promise<unknown>): Promise<number> =>
    elapsedMs(async () => {
      await open();
      await untilPictures(ours, '.photo-image');
    });
  const first = await opened(() => ours.goto(`${url}#/library`));
  const openControl = await openControlPage(control, url, ids.slice(0, visible));
  yield row('first grid after the engine’s start, in ms', first, openControl, null);
  yield row('grid of a window that opens later, in ms', await opened(() => ours.reload()), openControl, null);
  yield row('page, in MB', (await heapBytes(ours)) / 1e6, mostPageBytes / 1e6, 1);
  yield row('engine, in MB', (await residentBytes(child)) / 1e6, mostEngineBytes / 1e6, 1);

  yield* frameRows('a frame while scrolling', ours, control);

  const jump = await elapsedMs(async () => {
    await ours.getByRole('slider', { name: 'Timeline' }).press('End');
    await ours.locator(`#photo-${String(ids.at(-1))}`).waitFor();
    await untilPictures(ours, '.photo-image');
  });
  const controlJump = await elapsedMs(async () => {
    await control.bringToFront();
    await scrollPage(control, 'end');
    await untilPictures(control, 'img');
  });
  yield row('to the oldest photo and its pictures, in ms', jump, controlJump, null);

  const keystrokes = await keystrokesOf(ours);
  const goalMs = keystrokeGoalMs(ids.length);
  yield row('a key in the search field to what it found, median', keystrokes.median, goalMs, 1);
  yield row('the slowest of those keys', keystrokes.slowest, goalMs, null);

  await ours.bringToFront();
  await ours.goto(`${url}#/library`);
  await ours.reload();
  await untilPictures(ours, '.photo-image');
  const come = await importPhotos(ours, folder);
  yield* frameRows('a frame while 10,000 files come in', ours, control);
  yield row('engine while they do, in MB', (await residentBytes(child)) / 1e6, mostEngineBytes / 1e6, 1);
  if (await come.areAllRead()) console.log('    (the files were all read before the measurement ended)');

  const countDescribed = await describePhotos(ours, come.path);
  yield* frameRows('a frame while captions come in', ours, control);
  const { described, ms } = await countDescribed();
  console.log(`    (${String(described)} captions came in ${(ms / 1_000).toFixed(1)} s)`);
}

/** What a browser does once, whatever it shows: its processes, fonts, and the first picture that it draws. */
async function warmUp(page: Page): Promise<void> {
  const picture = await encodePhoto({ widthPx: 64, heightPx: 64 });
  const address = `data:image/jpeg;base64,${picture.toString('base64')}`;
  await page.setContent(controlHtml(Array.from({ length: 20 }, () => ({ address, aspect: 1.5 }))));
  await untilPictures(page, 'img');
}

function row(name: string, ours: number, limit: number, goal: number | null): WindowRow {
  return { name, ours, limit, ratio: ours / limit, goal };
}

/** Turn and turn about, so that a busy machine slows both. */
async function* frameRows(name: string, ours: Page, control: Page): AsyncGenerator<WindowRow> {
  const taken: { ours: Frames[]; control: Frames[] } = { ours: [], control: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [page, frames] of [
      [ours, taken.ours],
      [control, taken.control],
    ] as const) {
      await page.bringToFront();
      await scrollPage(page, 'top');
      await untilPictures(page, 'img');
      frames.push(await scrollFrames(page));
    }
  }
  for (const share of ['p50', 'p90', 'p95', 'p99', 'late'] as const) {
    const [value, limit] = [
      median(taken.ours.map((frames) => frames[share])),
      median(taken.control.map((frames) => frames[share])),
    ];
    const what = share === 'late' ? 'later than one pulse, in %' : `${share} in ms`;
    yield row(`${name}, ${what}`, value, limit, share === 'p95' ? 1.1 : null);
  }
}

/** Words that a third, a hundredth and hardly any caption holds, letter by letter. */
async function keystrokesOf(page: Page): Promise<{ median: number; slowest: number }> {
  await page.bringToFront();
  const field = page.getByRole('combobox', { name: 'Search' });
  const taken: number[] = [];
  for (const word of ['harbour', 'lighthouse', 'zeppelin']) {
    await field.click();
    for (const letter of word) taken.push(await typeLetter(page, letter));
    await field.press('Escape');
    await field.fill('');
  }
  return { median: median(taken), slowest: Math.max(...taken) };
}

/** The same pictures at their places, from the same server. @returns milliseconds until those that are seen are there */
async function openControlPage(page: Page, url: string, ids: readonly number[]): Promise<number> {
  const aspects = [512 / 341, 512 / 384, 341 / 512, 512 / 288];
  const html = controlHtml(
    ids.map((id) => ({
      address: `photo/thumbnail/${String(id)}`,
      aspect: aspects[id % aspects.length] ?? 1.5,
    })),
  );
  const address = `${url}control`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: html }), { times: 1 });
  return elapsedMs(async () => {
    await page.goto(address);
    await untilPictures(page, 'img');
  });
}

type Come = { readonly path: string; readonly areAllRead: () => Promise<boolean> };

/** Adds a folder of small photos, all different, to the library. */
async function importPhotos(page: Page, folder: string): Promise<Come> {
  const photos = join(folder, 'photos');
  await mkdir(photos);
  const bytes = await encodePhoto({ widthPx: 300, heightPx: 200 });
  for (let index = 0; index < imported; index += 1) {
    // A comment at the end makes each a file of its own.
    await writeFile(join(photos, `${String(index)}.jpg`), Buffer.concat([bytes, Buffer.from(String(index))]));
  }
  const { rootId } = await callFromPage(page, 'root.add', { path: photos });
  // Ends with the page, if it has not ended by then.
  void callFromPage(page, 'root.scan', { rootIds: [rootId] }).catch(() => undefined);
  const areAllRead = async (): Promise<boolean> => {
    const summaries = await callFromPage(page, 'root.summary', {});
    return summaries.some((summary) => summary.rootId === rootId && summary.photos >= imported);
  };
  return { path: photos, areAllRead };
}

/** Starts to describe a folder, by what needs no service. @returns how many were described since then, and how long it is ago */
async function describePhotos(
  page: Page,
  path: string,
): Promise<() => Promise<{ described: number; ms: number }>> {
  const { id: connectionId } = await callFromPage(page, 'connection.save', { kind: 'built-in' });
  const { runId } = await callFromPage(page, 'description.start', {
    connectionId,
    budgetMicroUsd: null,
    folders: [path],
    options: {
      detail: 'high',
      maxImageTokens: null,
      prompt: 'general',
      language: 'en',
      fields: ['caption', 'keywords'],
    },
  });
  if (runId === null) throw new Error('There was nothing to describe.');
  const start = performance.now();
  return async () => {
    const { jobs } = await callFromPage(page, 'run.get', { id: runId });
    return { described: jobs.finished, ms: performance.now() - start };
  };
}

async function serve(library: string, home: string): Promise<Served> {
  const cli = join(import.meta.dirname, '../../out/cli/cutline.mjs');
  const child = spawn(process.execPath, [cli, '--library', library, 'serve', '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LANG: 'en_US.UTF-8',
      TZ: 'UTC',
      CUTLINE_KEYRING: 'off',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    const [, address] = /"url":"([^"]+)"/.exec(said) ?? [];
    if (address !== undefined) resolve(address);
  });
  child.on('exit', () => {
    reject(new Error('The engine has ended.'));
  });
  return { url: await promise, child };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

/** Linux says it; elsewhere nobody knows. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) * 1024;
}

async function elapsedMs(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
