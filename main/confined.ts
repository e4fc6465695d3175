import type { WebPreferences } from 'electron';

/** What no page of ours can do (DESIGN §10), whether somebody sees it or not. */
export const confined = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const satisfies WebPreferences;
