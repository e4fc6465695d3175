/** @file A page: in Chromium a target, to the application Electron's `webContents`. */

import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.mjs';
import { ipcMain, invokeHandlers } from './ipc.mjs';
import { runtime } from './runtime.mjs';
import { fromChromium, schemeHandlers, toChromium } from './schemes.mjs';
import { emitEvent } from './strict.mjs';

const pageScript = readFileSync(join(import.meta.dirname, 'page.js'), 'utf8');
const preloadWorld = 'preload';
const droppedFrom = process.env['STANDIN_DROPPED'] ?? '/no/folder';
let lastId = 0;

export class WebContents extends EventEmitter {
  id = ++lastId;
  mainFrame = { url: '' };
  #window;
  #preload;
  /** What a session that is not the default one has of its own. */
  #partition;
  #session;
  #target;
  #made;
  #isDestroyed = false;
  /** The preload script's world, once there is one; what is said before is kept. */
  #world;
  #early = [];
  #openHandler = () => ({ action: 'deny' });
  /** Addresses that the application itself opened: nobody is asked whether these may be. */
  #ownNavigations = new Set();

  constructor(window, { preload, session }) {
    super();
    this.#window = window;
    this.#preload = preload;
    this.#partition = session?.standin;
    this.#made = this.#make();
  }

  get targetId() {
    return this.#target;
  }

  async #make() {
    await app.whenReady();
    const { devtools } = runtime;
    const { width, height } = this.#window.getBounds();
    const { targetId } = await devtools.send('Target.createTarget', {
      url: 'about:blank',
      width,
      height,
      newWindow: true,
    });
    this.#target = targetId;
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId;
    devtools.on(sessionId, (message) => {
      this.#receive(message).catch((error) => {
        if (!runtime.isQuitting) console.error('Electron stand-in:', message.method, error);
      });
    });
    devtools.on('browser', ({ method, params }) => {
      if (method === 'Target.targetDestroyed' && params.targetId === targetId) this.#window.destroyed();
    });
    await devtools.send('Target.setDiscoverTargets', { discover: true });
    await this.#send('Page.enable');
    await this.#send('Runtime.enable');
    await this.#send('Inspector.enable');
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    const secret = randomUUID();
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `${pageScript};standinMain(${JSON.stringify(secret)})`,
    });
    if (this.#preload === undefined) return;
    const preload = readFileSync(this.#preload, 'utf8');
    await this.#send('Runtime.addBinding', { name: 'standinSend', executionContextName: preloadWorld });
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: preloadWorld,
      source: `${pageScript};standinIsolated(${[secret, preload, droppedFrom].map((text) => JSON.stringify(text)).join()})`,
    });
  }

  #send(method, params = {}) {
    return runtime.devtools.send(method, params, this.#session);
  }

  async #receive({ method, params }) {
    switch (method) {
      case 'Runtime.executionContextCreated':
        if (params.context.name !== preloadWorld) break;
        this.#world = params.context.uniqueId;
        for (const message of this.#early.splice(0)) this.#deliver(message);
        break;
      case 'Runtime.executionContextDestroyed':
        if (params.executionContextUniqueId === this.#world) this.#world = undefined;
        break;
      case 'Runtime.bindingCalled':
        this.#fromPreload(JSON.parse(params.payload));
        break;
      case 'Fetch.requestPaused':
        await this.#answer(params);
        break;
      case 'Page.frameNavigated':
        if (params.frame.parentId) break;
        this.mainFrame.url = fromChromium(params.frame.url);
        if (params.frame.url !== 'about:blank') this.emit('did-navigate', {}, this.mainFrame.url);
        break;
      case 'Page.domContentEventFired':
        this.emit('dom-ready', {});
        break;
      case 'Page.loadEventFired':
        if (this.mainFrame.url === '' || this.mainFrame.url === 'about:blank') break;
        this.emit('did-finish-load', {});
        this.#window.emit('ready-to-show', {});
        break;
      case 'Inspector.targetCrashed':
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
        break;
    }
  }

  /** A request of the page: of an own scheme the application answers it, anything else goes its way. */
  async #answer({ requestId, request, resourceType }) {
    const url = fromChromium(request.url);
    const handlers = this.#partition?.handlers ?? schemeHandlers;
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    const finish = async (method, params) => {
      try {
        await this.#send(method, { requestId, ...params });
      } catch (error) {
        // A page that went on does not want it any more.
        if (!/Invalid InterceptionId|Session with given id not found/.test(String(error))) throw error;
      }
    };
    const { cancel = false } = await this.#decided(url, request.method);
    if (cancel) {
      await finish('Fetch.failRequest', { errorReason: 'BlockedByClient' });
      return;
    }
    if (resourceType === 'Document' && !this.#ownNavigations.delete(request.url)) {
      if (!emitEvent(this, 'will-frame-navigate', { url, isMainFrame: true })) {
        await finish('Fetch.failRequest', { errorReason: 'Aborted' });
        return;
      }
    }
    if (handler === undefined) {
      await finish('Fetch.continueRequest', {});
      return;
    }
    const headers = Object.entries(request.headers).filter(([name]) => !/^(?:host|connection)$/i.test(name));
    const parts = (request.postDataEntries ?? []).map(({ bytes = '' }) => Buffer.from(bytes, 'base64'));
    const sent = parts.length === 0 ? {} : { body: Buffer.concat(parts) };
    const response = await handler(new Request(url, { method: request.method, headers, ...sent }));
    const body = Buffer.from(await response.arrayBuffer());
    await finish('Fetch.fulfillRequest', {
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: body.toString('base64'),
    });
  }

  /** What the session's owner says to a request, whenever that is; a request waits for it. */
  async #decided(url, method) {
    const ask = this.#partition?.beforeRequest;
    return ask === undefined ? {} : new Promise((resolve) => ask({ url, method }, resolve));
  }

  #deliver(message) {
    if (this.#world === undefined) {
      this.#early.push(message);
      return;
    }
    const expression = `standinReceive(${JSON.stringify(message)})`;
    // The page may load anew meanwhile: then nobody is there to hear it, as in Electron.
    this.#send('Runtime.evaluate', { expression, uniqueContextId: this.#world }).catch(() => {});
  }

  #fromPreload({ open, channel, args, invoke }) {
    if (open !== undefined) {
      const { action } = this.#openHandler({
        url: fromChromium(open),
        disposition: 'new-window',
        frameName: '',
      });
      if (action !== 'deny') throw new Error('Electron stand-in: it opens no further window');
      return;
    }
    const event = { sender: this, senderFrame: this.mainFrame, ports: [] };
    if (invoke === undefined) ipcMain.emit(channel, event, ...args);
    else void this.#invoke(invoke, channel, event, args);
  }

  async #invoke(id, channel, event, args) {
    try {
      const handler = invokeHandlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      this.#deliver({ invoked: id, value: structuredClone(await handler(event, ...args)) });
    } catch (error) {
      this.#deliver({ invoked: id, error: `Error invoking remote method '${channel}': ${error}` });
    }
  }

  send(channel, ...args) {
    this.#deliver({ channel, args: structuredClone(args) });
  }

  async loadURL(url) {
    await this.#made;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    this.#ownNavigations.add(toChromium(url));
    const { errorText } = await this.#send('Page.navigate', { url: toChromium(url) });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  reload() {
    this.#ownNavigations.add(toChromium(this.mainFrame.url));
    void this.#send('Page.reload');
  }

  async executeJavaScript(expression) {
    await this.#made;
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  setWindowOpenHandler(handler) {
    this.#openHandler = handler;
  }

  /** As a crashed page: its process is gone at once. */
  forcefullyCrashRenderer() {
    this.#send('Page.crash').catch(() => {});
  }

  getURL = () => this.mainFrame.url;
  isDestroyed = () => this.#isDestroyed;
  isLoading = () => false;
  close() {
    this.#window.close();
  }

  async end() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('destroyed');
    await this.#made;
    await runtime.devtools.send('Target.closeTarget', { targetId: this.#target }).catch(() => {});
  }
}
