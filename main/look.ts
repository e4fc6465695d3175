import { app, nativeTheme } from 'electron';
import { join } from 'node:path';
import { look, type Look } from '../app/contract/desktop.ts';
import { onPageSays } from './ipc.ts';
import { readKept, writeKept } from './kept-state.ts';

/**
 * How the window looked and spoke the last time: the system is to look so before the page is there to say it. The page
 * says it, by the library's settings (`renderer/state/looks.ts`).
 *
 * @returns what holds now
 */
export function followLook(): () => Look {
  const keptAt = join(app.getPath('userData'), 'look.json');
  let current = readKept(keptAt, look) ?? { theme: 'system', language: systemLanguage() };
  nativeTheme.themeSource = current.theme;
  onPageSays('look:set', look, (wanted) => {
    current = wanted;
    nativeTheme.themeSource = wanted.theme;
    writeKept(keptAt, wanted);
  });
  return () => current;
}

function systemLanguage(): Look['language'] {
  return app.getLocale().startsWith('de') ? 'de' : 'en';
}
