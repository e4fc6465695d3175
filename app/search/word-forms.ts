import { stemLanguages, type StemLanguage } from './language.ts';
import { stemWord } from './stem-english.ts';
import { stemFrench } from './stem-french.ts';
import { stemGerman } from './stem-german.ts';
import { spellOut, withUmlauts } from './words.ts';

/**
 * Ends a stem in the index; private characters, which `splitWords` never lets through. Each language has its own: `plans`
 * are no German `Plänen`, unless the caption is German.
 */
const stemMarks: Readonly<Record<StemLanguage, string>> = { en: '\u{E000}', de: '\u{E001}', fr: '\u{E002}' };

const stemmers: Readonly<Record<StemLanguage, (word: string) => string>> = {
  en: stemWord,
  de: stemGerman,
  fr: stemFrench,
};

/** Words whose other forms begin with another letter, which is else never so. */
export const changesFirstLetter: ReadonlySet<string> = new Set(['yeux', 'oeil']);

/** A library says the same few thousand words again and again. Emptied when full: cheaper than to know which to keep. */
const known: Readonly<Record<StemLanguage, Map<string, string>>> = {
  en: new Map(),
  de: new Map(),
  fr: new Map(),
};
const knownLimit = 50_000;

/** The stem of a folded word in a language. */
export function stemIn(language: StemLanguage, word: string): string {
  const stems = known[language];
  const before = stems.get(word);
  if (before !== undefined) return before;
  const stem = stemmers[language](word);
  if (stems.size >= knownLimit) stems.clear();
  stems.set(word, stem);
  return stem;
}

const mayHaveForms = /^[a-z]{3,}$/;

/** What the index holds of a word beside the word itself. An English stem that is a word stands for itself. */
export function markedStems(word: string, languages: readonly StemLanguage[]): string[] {
  if (!mayHaveForms.test(word)) return [];
  return languages
    .map((language) => ({ language, stem: stemIn(language, word) }))
    .filter(({ language, stem }) => language !== 'en' || stem !== word)
    .map(({ language, stem }) => stem + stemMarks[language]);
}

/**
 * A typed word in all its forms, as the index has them: as it is, spelled out (`Müller`, `mueller`), and by its stem in each
 * language.
 */
export function formsOf(typed: string, word: string): string[] {
  const spelled = spelledOut(typed, word);
  const forms = new Set([word, ...(spelled === undefined ? [] : [spelled])]);
  if (mayHaveForms.test(word)) {
    forms.add(stemIn('en', word));
    for (const language of stemLanguages) forms.add(stemIn(language, word) + stemMarks[language]);
    for (const stem of germanHeads(typed, word)) forms.add(stem + stemMarks.de);
  }
  return [...forms];
}

/** The stems of a typed word in German, in each spelling of its umlauts: `bruck` and `brueck` of `Brücken` and `Bruecken`. */
export function germanHeads(typed: string, word: string): string[] {
  const spellings = [word, spelledOut(typed, word), withUmlauts(word)];
  return [
    ...new Set(spellings.flatMap((spelling) => (spelling === undefined ? [] : [stemIn('de', spelling)]))),
  ];
}

function spelledOut(typed: string, word: string): string | undefined {
  return spellOut(typed, { folded: word, start: 0, end: typed.length });
}
