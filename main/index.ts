/** @file The desktop application: windows, dialogs and the system's own things. Everything about photos is in the engine. */

import { app, BrowserWindow, dialog, Menu, shell } from 'electron';
import { z } from 'zod';
import { menuCommands, revealed } from '../app/contract/desktop.ts';
import { systemClock } from '../app/platform/clock.ts';
import { registerSchemes, serveApp } from './app-protocol.ts';
import { followRuns } from './attention.ts';
import { VideoDecoderPage } from './decoder/video-decoder-page.ts';
import { startEngineProcess } from './engine/engine-process.ts';
import { EngineRelay } from './engine/engine-relay.ts';
import { onPageAsks, onPageSays, tellPage } from './ipc.ts';
import { KeptKeys } from './keys.ts';
import { followLook } from './look.ts';
import { openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { openOwnLink } from './own-client.ts';
import { servePagePorts } from './page-ports.ts';
import { codeCacheFolder, libraryFolder, nodePath, paths } from './paths.ts';
import { drainBeforeQuit } from './quit.ts';
import { restrictPages } from './security.ts';

app.setName('Cutline');
app.enableSandbox();
registerSchemes();

let window: BrowserWindow | undefined;
const decoder = new VideoDecoderPage(paths.decoderScript);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  await app.whenReady();
  start(await KeptKeys.open());
} else {
  app.quit();
}

function start(secrets: KeptKeys): void {
  const library = libraryFolder(process.argv);
  const engine = { node: nodePath(), entry: paths.engineEntry, codeCache: codeCacheFolder() };
  const relay = new EngineRelay({
    libraryFolder: library,
    clock: systemClock,
    secrets,
    decoder,
    start: (listeners) => startEngineProcess(engine, listeners),
  });
  const connect = relay.connect.bind(relay);
  restrictPages();
  serveApp({ renderer: paths.renderer, library });
  servePagePorts(connect);
  const link = openOwnLink(connect);
  const look = followLook();
  serveDesktop(link);
  followRuns(link, { window: () => window, language: () => look().language });
  drainBeforeQuit(relay, () => look().language);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', showWindow);
  relay.start();
  showWindow();
}

function showWindow(): void {
  if (window === undefined) {
    window = openMainWindow();
    window.on('closed', () => {
      window = undefined;
      // Its hidden window would keep the application open.
      if (process.platform !== 'darwin') decoder.close();
    });
  } else {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }
}

/** What a page may ask of the system (`app/contract/desktop.ts`). */
function serveDesktop(link: ReturnType<typeof openOwnLink>): void {
  onPageSays('menu:set', menuCommands, (commands, page) => {
    const run = (id: string): void => {
      tellPage(page, 'menu:command', { id });
    };
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(commands, { platform: process.platform, run })),
    );
  });
  onPageAsks('folder:pick', z.undefined(), async (_nothing, page) => {
    const parent = BrowserWindow.fromWebContents(page);
    const options = { properties: ['openDirectory' as const, 'multiSelections' as const] };
    const { canceled, filePaths } = await (parent === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(parent, options));
    return canceled ? [] : filePaths;
  });
  onPageAsks('asset:reveal', revealed, async ({ assetId }) => {
    // The page names a photo; where its file is, the engine knows.
    const { path } = await link.call('asset.get', { id: assetId });
    shell.showItemInFolder(path);
    return undefined;
  });
}
