import type { Desktop } from '../../app/contract/desktop.ts';
import type { Port } from '../../app/contract/port.ts';

declare global {
  interface Window {
    /** In the desktop application only. */
    readonly desktop?: Desktop;
  }
}

/** What the desktop adds; `undefined` in a browser. */
export const desktop = window.desktop;

/** The way to the engine in the desktop's window: over the preload script and the main process. */
export function openDesktopPort({ openPort }: Desktop): Port {
  let onMessage: ((text: string) => void) | undefined;
  let early: string[] = [];
  let onClose: (() => void) | undefined;
  let isClosed = false;
  const { send, close } = openPort({
    onMessage: (text) => {
      if (onMessage === undefined) early.push(text);
      else onMessage(text);
    },
    onClose: () => {
      isClosed = true;
      onClose?.();
    },
  });
  return {
    send,
    close,
    onMessage: (listener) => {
      onMessage = listener;
      for (const text of early) listener(text);
      early = [];
    },
    onClose: (listener) => {
      onClose = listener;
      if (isClosed) listener();
    },
  };
}
