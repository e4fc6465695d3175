/** @file Chromium, started and spoken to over its DevTools protocol. */

import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { findChromium } from '../../build/find-chromium.mjs';

/** Answers by id, events by session: `devtools.on(sessionId, …)`; `browser` where there is none. */
export class DevTools extends EventEmitter {
  #lastId = 0;
  /** @type {Map<number, { method: string, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #socket;

  /** @param {WebSocket} socket */
  constructor(socket) {
    super();
    this.setMaxListeners(0);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#receive(JSON.parse(data));
    });
  }

  /** @param {any} message */
  #receive(message) {
    if (message.id === undefined) {
      this.emit(message.sessionId ?? 'browser', message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @param {string} [sessionId]
   * @returns {Promise<any>}
   */
  send(method, params = {}, sessionId) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }
}

/**
 * @param {string} profileFolder
 * @param {() => void} onExit
 */
export async function startChromium(profileFolder, onExit) {
  const program = findChromium();
  if (program === undefined) throw new Error('Electron stand-in: there is no Chromium');
  const chromium = spawn(
    program,
    [
      '--headless=new',
      '--no-startup-window',
      '--remote-debugging-port=0',
      `--user-data-dir=${profileFolder}`,
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      // Chromium's own sandbox refuses to run for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    let said = '';
    chromium.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    chromium.on('error', reject);
    chromium.on('exit', (code) => {
      reject(new Error(`Chromium ended with ${code}: ${said}`));
      onExit();
    });
  });
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('Chromium does not answer')));
  });
  return { devtools: new DevTools(socket), url, kill: () => chromium.kill('SIGKILL') };
}
