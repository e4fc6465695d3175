import { programName } from './program-name.ts';

/** What prompts, notes on folders and `show --sent` say. */
export const promptText = {
  unknown: (name: string, known: readonly string[]): string =>
    `There is no prompt “${name}”; there are ${known.join(', ')}. A file is named with its ending: ${name}.md`,
  inFile: (path: string, reason: string): string => `${path}: ${reason}`,
  unreadable: (path: string): string => `The prompt file ${path} cannot be read.`,
  asksFor: (fields: string): string => `asks for ${fields}`,
  keywords: (min: number, max: number, form: string): string => `${min} to ${max} keywords, ${form}`,
  forms: { words: 'single words', phrases: 'words and phrases' },
  own: 'yours',
  version: (version: string): string => `Version ${version}. These words are sent with each photo:`,
  showNext: `See the words that are sent: ${programName} prompts show NAME`,
};

export const noteText = {
  none: `No folder has a note. Say what one is about: ${programName} folders note FOLDER "Anna’s wedding, Siena"`,
  noneHere: 'Nothing is noted of this folder.',
  cleared: (path: string): string => `${path}: no note any more.`,
  next: `What was described before is not described again by itself: ${programName} describe FOLDER --again`,
};

export const sentText = {
  nothing: 'Nothing was sent of this photo.',
  notKept: 'An earlier release sent it and did not keep the words.',
  picture: (size: string, bytes: string | undefined): string =>
    `Picture: ${size}${bytes === undefined ? '' : `, ${bytes}`}, without any metadata`,
  noPicture: 'No picture',
  instructions: 'Instructions',
  text: 'With the picture',
  answer: 'Answer',
};
