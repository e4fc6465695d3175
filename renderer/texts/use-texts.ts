import { windowMessageFor } from '../../app/contract/messages/window.ts';
import { languages, useAppearance, type Language } from '../state/appearance.ts';
import { catalogue, type Texts } from './catalogue.ts';

/** The first language of the system that Cutline speaks; English otherwise. */
function systemLanguage(): Language {
  for (const tag of navigator.languages) {
    const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (known !== undefined) return known;
  }
  return 'en';
}

export function currentLanguage(): Language {
  return useAppearance.getState().language ?? systemLanguage();
}

export function useLanguage(): Language {
  return useAppearance((appearance) => appearance.language) ?? systemLanguage();
}

/** All texts in the language of the window: `const t = useTexts(); t.common.cancel`. */
export function useTexts(): Texts {
  return catalogue[useLanguage()];
}

/** The same outside a component, for the moment only. */
export function currentTexts(): Texts {
  return catalogue[currentLanguage()];
}

/** The sentence for an error, in the language of the window. */
export function useMessageOf(): (error: Parameters<typeof windowMessageFor>[0]) => string {
  const language = useLanguage();
  return (error) => windowMessageFor(error, language);
}
