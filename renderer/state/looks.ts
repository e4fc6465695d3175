import { useEffect } from 'react';
import type { Settings } from '../../app/contract/settings.ts';
import { link } from '../engine/link.ts';
import { useQueryOf } from '../engine/hooks.ts';
import { setAppearance, textScales, type Appearance } from './appearance.ts';

/** What of the window's looks is a setting: the same in every window of the library. */
export type Looks = Pick<Appearance, 'theme' | 'contrast' | 'language' | 'textScale'>;

/** The looks that settings ask for. Pure. */
export function looksBy({ theme, contrast, language, textScale }: Settings): Looks {
  return {
    theme,
    contrast,
    language: language === 'system' ? null : language,
    // The window knows some sizes only: the nearest.
    textScale: textScales.reduce((best, scale) =>
      Math.abs(scale - textScale) < Math.abs(best - textScale) ? scale : best,
    ),
  };
}

/** Changes how the window looks, at once; the setting follows, and with it every other window. */
export async function setLooks({ language, ...changes }: Partial<Looks>): Promise<void> {
  setAppearance(language === undefined ? changes : { ...changes, language });
  try {
    await link.call('setting.set', {
      ...changes,
      ...(language === undefined ? {} : { language: language ?? 'system' }),
    });
  } catch {
    // What was chosen is seen already; the engine's own trouble is said where it is.
  }
}

/** Makes the window look as the settings say, also when another window changes them. */
export function useLooks(): void {
  const { data: settings } = useQueryOf('setting.get', {});
  useEffect(() => {
    if (settings !== undefined) setAppearance(looksBy(settings));
  }, [settings]);
}
