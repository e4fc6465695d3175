/** @file `electron.BrowserWindow`: a page with bounds and a state that nobody sees. */

import { EventEmitter } from 'node:events';
import { app, openWindows } from './app.mjs';
import { emitEvent, strict } from './strict.mjs';
import { WebContents } from './web-contents.mjs';

let lastId = 0;

class Window extends EventEmitter {
  id = ++lastId;
  #bounds;
  #isShown;
  #isMaximized = false;
  #isMinimized = false;
  #isDestroyed = false;
  #progress = -1;
  #title;

  constructor(options = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, show = true, title = '', webPreferences = {} } = options;
    this.#bounds = { x, y, width, height };
    this.#isShown = show;
    this.#title = title;
    this.options = options;
    this.webContents = strict('webContents', new WebContents(this, webPreferences));
  }

  loadURL = (url) => this.webContents.loadURL(url);
  show() {
    this.#isShown = true;
    this.emit('show');
  }
  hide() {
    this.#isShown = false;
    this.emit('hide');
  }
  focus() {
    this.emit('focus');
  }
  isFocused = () => this.#isShown;
  isVisible = () => this.#isShown;
  maximize() {
    this.#isMaximized = true;
  }
  isMaximized = () => this.#isMaximized;
  minimize() {
    this.#isMinimized = true;
  }
  restore() {
    this.#isMinimized = false;
  }
  isMinimized = () => this.#isMinimized;
  getBounds = () => this.#bounds;
  getNormalBounds = () => this.#bounds;
  setBounds(bounds) {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
  }
  setBackgroundColor() {}
  setTitle(title) {
    this.#title = title;
  }
  getTitle = () => this.#title;
  setProgressBar(value) {
    this.#progress = value;
  }
  /** For tests. */
  get progress() {
    return this.#progress;
  }
  flashFrame() {}
  isDestroyed = () => this.#isDestroyed;

  close() {
    if (emitEvent(this, 'close')) this.destroy();
  }

  destroy() {
    void this.webContents.end();
    this.destroyed();
  }

  /** Its page is gone: somebody closed it, or Chromium did. */
  destroyed() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.webContents.end();
    for (const open of openWindows) if (open.id === this.id) openWindows.delete(open);
    this.emit('closed');
    if (openWindows.size > 0) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }
}

/** `new BrowserWindow()` gives the strict one. */
export class BrowserWindow extends Window {
  constructor(options) {
    super(options);
    const window = strict('BrowserWindow', this);
    openWindows.add(window);
    app.emit('browser-window-created', {}, window);
    app.emit('web-contents-created', {}, window.webContents);
    return window;
  }

  static getAllWindows = () => [...openWindows];
  static getFocusedWindow = () => [...openWindows][0] ?? null;
  static fromId = (id) => [...openWindows].find((window) => window.id === id) ?? null;
  static fromWebContents = (contents) =>
    [...openWindows].find((window) => window.webContents.id === contents?.id) ?? null;
}

export const webContents = {
  getAllWebContents: () => [...openWindows].map((window) => window.webContents),
  fromId: (id) => webContents.getAllWebContents().find((contents) => contents.id === id),
  fromDevToolsTargetId: (id) => webContents.getAllWebContents().find((contents) => contents.targetId === id),
};
