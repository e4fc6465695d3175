import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { pageUrl } from './app-protocol.ts';
import { confined } from './confined.ts';
import { readKept, writeKept } from './kept-state.ts';
import { paths } from './paths.ts';
import { placeWindow, smallestWindow, windowState } from './window-state.ts';

/** What is seen until the page draws itself: its own background. */
const background = { dark: '#141414', light: '#f7f7f5' };

/** Opens the one window where it was the last time. It shows itself when there is something to see. */
export function openMainWindow(): BrowserWindow {
  const keptAt = join(app.getPath('userData'), 'window.json');
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { bounds, isMaximized } = placeWindow(readKept(keptAt, windowState), screens);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: app.getName(),
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: paths.preload,
      ...confined,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    writeKept(keptAt, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
  reloadWhenGone(window);
  void window.loadURL(pageUrl);
  return window;
}

/** Reloads within so short a time are no cure. */
const quietMs = 10_000;

/** A page whose process died is loaded again; what it showed is in its address, what it knew is in the engine. */
function reloadWhenGone(window: BrowserWindow): void {
  let lastMs = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason === 'clean-exit' || now - lastMs < quietMs) return;
    lastMs = now;
    window.webContents.reload();
  });
}
