import { BrowserWindow, session, type Session } from 'electron';
import { confined } from '../confined.ts';
import { decoderScheme, decoderUrl } from './decoder-address.ts';

/**
 * [Note: Decoder page]
 * A video is a stranger's file, and what decodes it may be broken by it. So a page does it that has nothing: a sandboxed process
 * and a session of its own, kept nowhere; no preload script and no channel to the main process; no network, no other scheme, no
 * permission, no way to go elsewhere. It asks for its work and answers by `fetch` of its own scheme, gets the bytes of one file
 * at a time by a name that says nothing, and is closed when it hangs, crashes or has nothing to do.
 */

export function openDecoderWindow(answer: (request: Request) => Promise<Response>): BrowserWindow {
  const own = session.fromPartition('video-decoder');
  restrict(own);
  if (own.protocol.isProtocolHandled(decoderScheme)) own.protocol.unhandle(decoderScheme);
  own.protocol.handle(decoderScheme, answer);
  const window = new BrowserWindow({
    show: false,
    width: 320,
    height: 240,
    skipTaskbar: true,
    focusable: false,
    paintWhenInitiallyHidden: false,
    webPreferences: {
      session: own,
      ...confined,
      webgl: false,
      disableDialogs: true,
      // Nobody ever sees it, and it works all the same.
      backgroundThrottling: false,
    },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  return window;
}

function restrict(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !url.startsWith(decoderUrl) });
  });
}
