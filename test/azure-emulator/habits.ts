/** @file What small models make of the JSON that they were asked for. A text that is no JSON object stays as it is. */

import { isArray, isObject, type JsonObject } from './checks.ts';
import type { CompletionFaultName } from './faults.ts';

type Habit = Extract<
  CompletionFaultName,
  | 'text-around-json'
  | 'trailing-commas'
  | 'single-quotes'
  | 'unclosed-json'
  | 'keywords-as-text'
  | 'keywords-as-objects'
  | 'keywords-as-numbers'
  | 'foreign-names'
  | 'endless-keywords'
  | 'thinking-in-text'
  | 'thinking-without-end'
  | 'entry-left-out'
  | 'entry-twice'
  | 'entries-turned'
>;

const thinking =
  'I see a picture. A draft would be {"caption": "a wrong draft", "keywords": ["wrong"]}. Let me write.';

export const habits: Readonly<Record<Habit, (text: string) => string>> = {
  'text-around-json': (text) => `Sure! Here is the description:\n\n${text}\n\nI hope this helps {and more}.`,
  'trailing-commas': (text) => text.replaceAll(/([\]}])/g, ',$1'),
  'single-quotes': singleQuoted,
  'unclosed-json': (text) => text.replace(/\s*\}\s*$/, ''),
  'keywords-as-text': (text) => withKeywords(text, (keywords) => keywords.join(', ')),
  'keywords-as-objects': (text) =>
    withKeywords(text, (keywords) => keywords.map((name) => ({ name, confidence: 0.9 }))),
  'keywords-as-numbers': (text) =>
    withKeywords(text, (keywords) => keywords.flatMap((keyword, index) => [index + 1, keyword])),
  'foreign-names': foreignNames,
  'endless-keywords': endlessKeywords,
  'thinking-in-text': (text) => `<think>\n${thinking}\n</think>\n\n${text}`,
  // The template wrote the first tag into the prompt, so that only the second one is in the answer.
  'thinking-without-end': (text) => `${thinking}\n</think>\n${text}`,
  'entry-left-out': (text) => withEntries(text, (entries) => entries.filter((_, index) => index !== 1)),
  'entry-twice': (text) =>
    withEntries(text, ([first, second, ...rest]) => [first, { ...first, ...second, number: 1 }, ...rest]),
  'entries-turned': (text) => withEntries(text, (entries) => entries.toReversed()),
};

/** Only of answers that are a list of entries. */
function withEntries(text: string, how: (entries: readonly JsonObject[]) => readonly unknown[]): string {
  return change(text, (object) => {
    const [name, entries] = Object.entries(object)[0] ?? [];
    return name === undefined || !isArray(entries) ? object : { [name]: how(entries.filter(isObject)) };
  });
}

function change(text: string, how: (object: JsonObject) => JsonObject): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text; // Prose: these habits are about JSON.
  }
  return isObject(value) ? JSON.stringify(how(value)) : text;
}

function withKeywords(text: string, how: (keywords: readonly unknown[]) => unknown): string {
  return change(text, (object) =>
    isArray(object['keywords']) ? { ...object, keywords: how(object['keywords']) } : object,
  );
}

/** As Python prints a dictionary. */
function singleQuoted(text: string): string {
  return text.replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => {
    return `'${inner.replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'`;
  });
}

const germanNames: Readonly<Record<string, string>> = {
  title: 'Titel',
  caption: 'Bildunterschrift',
  altText: 'Alternativtext',
  keywords: 'Schlagwörter',
  recognizedText: 'Erkannter Text',
  objects: 'Objekte',
};

function foreignNames(text: string): string {
  return change(text, (object) =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [germanNames[name] ?? name, value])),
  );
}

/** Keywords come last, and the last ones again and again until the limit. */
function endlessKeywords(text: string): string {
  const ended = change(text, ({ keywords, ...rest }) => ({ ...rest, keywords }));
  const end = ended.lastIndexOf(']');
  const last = /("[^"]*")\]/.exec(ended)?.[1];
  if (end === -1 || last === undefined) return text;
  return ended.slice(0, end) + `,${last}`.repeat(200);
}
