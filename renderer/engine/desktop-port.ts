import { BufferedPort } from '../../app/contract/buffered-port.ts';
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
  const { send, close } = openPort({
    onMessage: (text) => {
      port.received(text);
    },
    onClose: () => {
      port.ended();
    },
  });
  const port = new BufferedPort({ send, close });
  return port;
}
