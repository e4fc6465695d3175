import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Desktop } from '../app/contract/desktop.ts';
import type { MainSays, PageAsks, PageSays } from './channels.ts';

/**
 * @file The one script between page and main process. It hands out functions for what a page may do, never `ipcRenderer`
 * or an event; the main process checks whatever comes (`ipc.ts`).
 */

function say<Name extends keyof PageSays>(name: Name, what: PageSays[Name]): void {
  ipcRenderer.send(name, what);
}

function ask<Name extends keyof PageAsks>(
  name: Name,
  what: PageAsks[Name]['ask'],
): Promise<PageAsks[Name]['answer']> {
  return ipcRenderer.invoke(name, what) as Promise<PageAsks[Name]['answer']>; // why: `ipc.ts` answers by the same list
}

function hear<Name extends keyof MainSays>(name: Name, listener: (what: MainSays[Name]) => void): () => void {
  const onMessage = (_event: unknown, what: MainSays[Name]): void => {
    listener(what);
  };
  ipcRenderer.on(name, onMessage);
  return () => {
    ipcRenderer.off(name, onMessage);
  };
}

let lastPort = 0;

const desktop: Desktop = {
  platform: process.platform,
  openPort: ({ onMessage, onClose }) => {
    const port = ++lastPort;
    const stops = [
      hear('port:text', (what) => {
        if (what.port === port) onMessage(what.text);
      }),
      hear('port:closed', (what) => {
        if (what.port !== port) return;
        end();
        onClose();
      }),
    ];
    const end = (): void => {
      for (const stop of stops.splice(0)) stop();
    };
    say('port:open', { port });
    return {
      send: (text) => {
        say('port:text', { port, text });
      },
      close: () => {
        end();
        say('port:close', { port });
      },
    };
  },
  pickFolders: () => ask('folder:pick', undefined),
  reveal: (assetId) => ask('asset:reveal', { assetId }),
  pathOf: (dropped) => webUtils.getPathForFile(dropped as Parameters<typeof webUtils.getPathForFile>[0]), // why: the page passes what was dropped
  setMenu: (commands) => {
    say('menu:set', commands);
  },
  onCommand: (listener) =>
    hear('menu:command', ({ id }) => {
      listener(id);
    }),
  setLook: (wanted) => {
    say('look:set', wanted);
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);
