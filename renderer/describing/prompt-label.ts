import type { Texts } from '../texts/catalogue.ts';

function isPreset(name: string, texts: Texts): name is keyof Texts['prompts']['presets'] {
  return Object.hasOwn(texts.prompts.presets, name);
}

/** What a prompt is called: presets in the language of the window, a person's own as they called it. */
export function promptLabel(name: string, texts: Texts): string {
  return isPreset(name, texts) ? texts.prompts.presets[name].label : name;
}

/** What it is for. @param about as a person wrote it of their own */
export function promptAbout(name: string, about: string, texts: Texts): string {
  if (isPreset(name, texts)) return texts.prompts.presets[name].about;
  return about === '' ? texts.prompts.ownAbout : about;
}
