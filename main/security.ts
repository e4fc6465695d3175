import { app, session, shell, type WebContents } from 'electron';
import { isOwnAddress } from './app-protocol.ts';

/** What a page may be given: writing to the clipboard, and filling the screen. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whose pages a link may open, in the person's own browser: where Cutline and what it names is explained. */
const linkedHosts: ReadonlySet<string> = new Set([
  'github.com',
  'learn.microsoft.com',
  'platform.openai.com',
  'ollama.com',
  'lmstudio.ai',
  'www.geonames.org',
  'exiftool.org',
]);

export function isLinked(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed?.protocol === 'https:' &&
    parsed.port === '' &&
    parsed.username === '' &&
    linkedHosts.has(parsed.host)
  );
}

/** Takes from every page what a page of ours does not need (DESIGN §10). To be called when the application is ready. */
export function restrictPages(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(allowedPermissions.has(permission));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    restrict(contents);
  });
}

function restrict(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isLinked(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
