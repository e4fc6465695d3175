/** @file What the system gives an application: menus, dialogs, secrets, screens. What a person must answer, the test answers. */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { app } from './app.mjs';
import { schemeHandlers, schemes } from './schemes.mjs';
import { strict } from './strict.mjs';
import { BrowserWindow } from './window.mjs';

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(list) {
    if (app.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of list) schemes.set(scheme, privileges);
  },
  ...protocolOver(schemeHandlers),
});

function protocolOver(handlers) {
  return {
    handle(scheme, handler) {
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
    },
    unhandle: (scheme) => handlers.delete(scheme),
    isProtocolHandled: (scheme) => handlers.has(scheme),
  };
}

/** Kept, so that a test can ask them. */
export const permissions = { request: undefined, check: undefined, device: undefined };
const permissionsInto = (kept) => ({
  setPermissionRequestHandler(handler) {
    kept.request = handler;
  },
  setPermissionCheckHandler(handler) {
    kept.check = handler;
  },
  setDevicePermissionHandler(handler) {
    kept.device = handler;
  },
});
const defaultSession = strict('session.defaultSession', permissionsInto(permissions));

/** Of a partition: its own schemes, and what may be loaded at all. Cookies and caches are shared here, which nobody of ours uses. */
const partitions = new Map();
function fromPartition(name) {
  const known = partitions.get(name);
  if (known !== undefined) return known;
  const handlers = new Map();
  const made = strict('session', {
    ...permissionsInto({}),
    protocol: strict('session.protocol', protocolOver(handlers)),
    webRequest: strict('session.webRequest', {
      onBeforeRequest(listener) {
        made.standin.beforeRequest = listener;
      },
    }),
    standin: { handlers, beforeRequest: undefined },
  });
  partitions.set(name, made);
  return made;
}
export const session = strict('session', { defaultSession, fromPartition, permissions });

export class MenuItem {
  constructor(options) {
    const type = options.submenu ? 'submenu' : 'normal';
    Object.assign(this, { type, label: '', enabled: true, visible: true, ...options });
    this.click = (...args) => options.click?.(this, BrowserWindow.getFocusedWindow() ?? undefined, ...args);
    if (Array.isArray(options.submenu)) this.submenu = Menu.buildFromTemplate(options.submenu);
  }
}

export class Menu {
  static #application = null;
  items = [];

  static setApplicationMenu(menu) {
    Menu.#application = menu;
  }
  static getApplicationMenu = () => Menu.#application;
  static buildFromTemplate(template) {
    const menu = new Menu();
    menu.items = template.map((options) => new MenuItem(options));
    return menu;
  }

  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

const unanswered = (name) => () =>
  Promise.reject(new Error(`Electron stand-in: dialog.${name} must be answered by the test`));
export const dialog = {
  showOpenDialog: unanswered('showOpenDialog'),
  showSaveDialog: unanswered('showSaveDialog'),
  showMessageBox: unanswered('showMessageBox'),
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
};

/** What was opened or shown, for tests. */
export const shell = {
  opened: [],
  shown: [],
  openExternal(url) {
    shell.opened.push(url);
    return Promise.resolve();
  },
  showItemInFolder(path) {
    shell.shown.push(path);
  },
};

const ivBytes = 12;
const tagBytes = 16;
const key = createHash('sha256').update(app.getPath('home')).digest();
/** `backend` is the test's to change: `basic_text` stands for a system that keeps no secrets. */
export const safeStorage = {
  backend: 'gnome_libsecret',
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptStringAsync(text) {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), body]));
  },
  decryptStringAsync(bytes) {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const body = bytes.subarray(ivBytes + tagBytes);
    const result = decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
    return Promise.resolve({ result, shouldReEncrypt: false });
  },
};

export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: false,
  themeSource: 'system',
});

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
};
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});

export const powerMonitor = strict(
  'powerMonitor',
  Object.assign(new EventEmitter(), { isOnBatteryPower: () => false }),
);

/** What was said to the person, for tests. */
export class Notification extends EventEmitter {
  static shown = [];
  static isSupported = () => true;
  constructor(options) {
    super();
    this.options = options;
  }
  show() {
    Notification.shown.push(this.options);
  }
}
