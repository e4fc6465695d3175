/** @file `electron.app`: the life of an application. */

import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { folderOf, runtime, start, switches } from './runtime.mjs';
import { emitEvent, strict } from './strict.mjs';

/** Windows that are open; `window.mjs` keeps it. */
export const openWindows = new Set();

class App extends EventEmitter {
  isPackaged = process.env['STANDIN_RESOURCES'] !== undefined;
  #name = 'Electron';
  #ready;
  dock = process.platform === 'darwin' ? strict('app.dock', { setBadge() {}, setIcon() {} }) : undefined;
  commandLine = strict('app.commandLine', {
    appendSwitch: (name, value = '') => switches.set(name, value),
    hasSwitch: (name) => switches.has(name),
    getSwitchValue: (name) => switches.get(name) ?? '',
  });

  constructor() {
    super();
    this.#ready = start(() => {
      if (!runtime.isQuitting) this.exit(1);
    }).then(() => {
      this.emit('ready', {});
    });
  }

  whenReady = () => this.#ready;
  isReady = () => runtime.isReady;
  enableSandbox() {
    if (runtime.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  setName = (name) => {
    this.#name = name;
  };
  getName = () => this.#name;
  getVersion = () => '0.0.0';
  getLocale = () => process.env['STANDIN_LOCALE'] ?? 'en-US';
  getPreferredSystemLanguages = () => [this.getLocale()];
  getAppPath = () => dirname(resolve(process.argv[1] ?? '.'));
  getPath = (name) => folderOf(name, this.#name);
  setAppUserModelId() {}
  setAboutPanelOptions() {}
  focus() {}
  setBadgeCount = () => true;

  /** One application for each user data folder: the second wakes the first, and is refused. */
  requestSingleInstanceLock() {
    const path = join(this.getPath('userData'), 'standin.pid');
    const holder = Number(readIfThere(path));
    if (holder > 0 && isAlive(holder)) {
      process.kill(holder, 'SIGUSR2');
      return false;
    }
    writeFileSync(path, String(process.pid));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, process.argv, process.cwd(), {}));
    return true;
  }

  quit() {
    if (runtime.isQuitting) return;
    runtime.isQuitting = true;
    setImmediate(() => {
      if (!emitEvent(this, 'before-quit')) {
        runtime.isQuitting = false;
        return;
      }
      for (const window of openWindows) window.close();
      if (openWindows.size > 0) runtime.isQuitting = false;
      else if (emitEvent(this, 'will-quit')) this.exit(0);
    });
  }

  exit(code = 0) {
    runtime.isQuitting = true;
    emitEvent(this, 'quit', {}, code);
    runtime.killChromium();
    process.exit(code);
  }
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export const app = strict('app', new App());
process.on('exit', () => runtime.killChromium());
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());
