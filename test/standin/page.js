/**
 * @file Runs in each page before anything else: `standinMain` in the page's own world, `standinIsolated` in the preload
 * script's. The two share only the DOM, as in Electron; what crosses is the detail of a CustomEvent, which Chromium itself
 * clones from one world into the other. `secret` names those events, so that a page cannot make them up.
 */

function standinMain(secret) {
  if (window !== window.top) return;
  const callbacks = new Map();
  const promises = new Map();
  let last = 0;
  let returned;
  const tell = (detail) => document.dispatchEvent(new CustomEvent(`${secret}-in`, { detail }));

  /** A function cannot be cloned: a number stands for it. One level of an object is enough for a bridge. */
  const pack = (value) => {
    if (typeof value === 'function') {
      callbacks.set(++last, value);
      return { standinFunction: last };
    }
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]));
    }
    return value;
  };

  const build = (shape, path) => {
    if (shape.call) {
      return (...args) => {
        returned = undefined;
        tell({ call: path, args: args.map(pack) });
        const { error, promise, value, made } = returned;
        if (error !== undefined) throw new Error(error);
        if (promise !== undefined) return new Promise((...ends) => promises.set(promise, ends));
        return made === undefined ? value : build(made.shape, ['made', made.id]);
      };
    }
    if (shape.object) {
      const entries = Object.entries(shape.object).map(([key, inner]) => [key, build(inner, [...path, key])]);
      return Object.freeze(Object.fromEntries(entries));
    }
    return shape.value;
  };

  document.addEventListener(`${secret}-out`, ({ detail }) => {
    if (detail.expose) {
      Object.defineProperty(window, detail.expose, {
        value: build(detail.shape, ['exposed', detail.expose]),
        enumerable: true,
      });
    } else if (detail.settled !== undefined) {
      const [resolve, reject] = promises.get(detail.settled);
      promises.delete(detail.settled);
      if (detail.error === undefined) resolve(detail.value);
      else reject(new Error(detail.error));
    } else if (detail.callback !== undefined) {
      callbacks.get(detail.callback)?.(...detail.args);
    } else {
      returned = detail.returned;
    }
  });
  window.open = (url = 'about:blank') => {
    tell({ open: new URL(url, location.href).href });
    return null;
  };
}

function standinIsolated(secret, preload, dropped) {
  if (window !== window.top) return;
  const exposed = {};
  const made = {};
  const listeners = new Map();
  const invoked = new Map();
  let last = 0;
  const tell = (detail) => document.dispatchEvent(new CustomEvent(`${secret}-out`, { detail }));
  const send = (message) => globalThis.standinSend(JSON.stringify(message));

  const unpack = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (value.standinFunction !== undefined) {
      return (...args) => tell({ callback: value.standinFunction, args });
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
  };
  const shapeOf = (value) => {
    if (typeof value === 'function') return { call: true };
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return { value };
    return { object: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)])) };
  };
  const hasFunctions = (value) =>
    typeof value === 'function' ||
    (value !== null && typeof value === 'object' && Object.values(value).some(hasFunctions));

  /** What a call gives back: a value, a promise by number, or something with functions that stays in this world. */
  const answer = (value) => {
    if (typeof value?.then === 'function') {
      const promise = ++last;
      value.then(
        (result) => tell({ settled: promise, value: result }),
        (error) => tell({ settled: promise, error: String(error?.message ?? error) }),
      );
      return { promise };
    }
    if (!hasFunctions(value)) return { value };
    const id = ++last;
    made[id] = value;
    return { made: { id, shape: shapeOf(value) } };
  };

  document.addEventListener(`${secret}-in`, ({ detail }) => {
    if (detail.open !== undefined) {
      send({ open: detail.open });
      return;
    }
    try {
      const callee = detail.call.reduce((object, key) => object[key], { exposed, made });
      tell({ returned: answer(callee(...detail.args.map(unpack))) });
    } catch (error) {
      tell({ returned: { error: String(error?.message ?? error) } });
    }
  });

  globalThis.standinReceive = (message) => {
    if (message.invoked !== undefined) {
      const [resolve, reject] = invoked.get(message.invoked);
      invoked.delete(message.invoked);
      if (message.error === undefined) resolve(message.value);
      else reject(new Error(message.error));
      return;
    }
    for (const listener of listeners.get(message.channel) ?? []) {
      listener({ sender: ipcRenderer, ports: [] }, ...message.args);
    }
  };

  /** JSON would make `null` of nothing; what is left out arrives as `undefined`, as in Electron. */
  const withoutNothing = (args) => args.slice(0, args.findLastIndex((value) => value !== undefined) + 1);
  const ipcRenderer = {
    send: (channel, ...args) => send({ channel, args: withoutNothing(args) }),
    invoke: (channel, ...args) =>
      new Promise((...ends) => {
        const id = ++last;
        invoked.set(id, ends);
        send({ channel, args: withoutNothing(args), invoke: id });
      }),
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel, listener) => {
      const others = (listeners.get(channel) ?? []).filter((other) => other !== listener);
      listeners.set(channel, others);
      return ipcRenderer;
    },
  };
  const electron = {
    ipcRenderer,
    // Chromium tells no page where a file is: whatever is dropped comes from the one folder that a test names.
    webUtils: { getPathForFile: (file) => `${dropped}/${file.name}` },
    contextBridge: {
      exposeInMainWorld: (name, api) => {
        exposed[name] = api;
        tell({ expose: name, shape: shapeOf(api) });
      },
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`Electron stand-in: a sandboxed preload script cannot load ${name}`);
  };
  const sandboxedProcess = { type: 'renderer', sandboxed: true, contextIsolated: true, platform: 'linux' };
  new Function('require', 'module', 'exports', 'process', preload)(
    require,
    { exports: {} },
    {},
    sandboxedProcess,
  );
}
