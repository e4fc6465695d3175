/** @file What all of the stand-in shares: the switches it was called with, its Chromium, and when it is ready. */

import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from './devtools.mjs';

const given = (process.env['STANDIN_SWITCHES'] ?? '').trim().split(/\s+/).filter(Boolean);
/** @type {Map<string, string>} */
export const switches = new Map(
  given.map((text) => {
    const [name = '', ...value] = text.slice(2).split('=');
    return [name, value.join('=')];
  }),
);

/** @type {Record<string, string>} */
const folders = {
  home: homedir(),
  temp: tmpdir(),
  appData: process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'),
};

/** @param {string} name @param {string} applicationName */
export function folderOf(name, applicationName) {
  if (name === 'userData') {
    folders['userData'] ??= switches.get('user-data-dir') || join(folders['appData'] ?? '', applicationName);
    mkdirSync(folders['userData'], { recursive: true });
  }
  // As long as nobody sets another one.
  if (name === 'sessionData') return folderOf('userData', applicationName);
  return folders[name] ?? join(folders['home'] ?? '', name);
}

/** Playwright says when the application may become ready: it wants to be there first. */
const isDriven = switches.get('remote-debugging-port') === '0';
const gate = Promise.withResolvers();
if (!isDriven) gate.resolve(undefined);
globalThis.__playwright_run = () => gate.resolve(undefined);

export const runtime = {
  isReady: false,
  isQuitting: false,
  /** @type {import('./devtools.mjs').DevTools | undefined} */
  devtools: undefined,
  killChromium: () => {},
};

/** @param {() => void} onChromiumGone */
export async function start(onChromiumGone) {
  // The application's own first turn comes before it is ready.
  await new Promise((resolve) => setImmediate(resolve));
  // A second start: it ends before it has shown anything.
  if (runtime.isQuitting) return new Promise(() => {});
  const { devtools, url, kill } = await startChromium(
    join(folderOf('userData', 'standin'), 'chromium'),
    onChromiumGone,
  );
  runtime.devtools = devtools;
  runtime.killChromium = kill;
  // Playwright waits for this line, as Chromium itself writes it.
  process.stderr.write(`\nDevTools listening on ${url}\n`);
  await gate.promise;
  runtime.isReady = true;
}
