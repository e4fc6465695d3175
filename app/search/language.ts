import type { SplitText } from './words.ts';

/** Languages whose word forms are known. */
export type StemLanguage = 'en' | 'de' | 'fr';
export const stemLanguages: readonly StemLanguage[] = ['en', 'de', 'fr'];

/** Small words that hardly any sentence of a language does without and that the others do not have; folded. */
const smallWords: Readonly<Record<StemLanguage, ReadonlySet<string>>> = {
  en: new Set(
    'a the of and with on at is are by from to into near over under behind its his her their this that an against beside between'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das den dem und ein eine einen einem einer eines mit auf im am ist sind von vom zum zur bei vor hinter neben uber unter zwischen sich wird'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les un une du et avec sur dans est sont au aux par pour devant derriere sous pres entre qui l d'.split(
      ' ',
    ),
  ),
};

/** One look for each word of a text. */
const languagesOfWord: ReadonlyMap<string, readonly StemLanguage[]> = new Map(
  stemLanguages
    .flatMap((language) => [...smallWords[language]])
    .map((word) => [word, stemLanguages.filter((language) => smallWords[language].has(word))]),
);

/**
 * The languages whose word forms the texts of a photo may have: those of each, for a German caption of the file keeps its
 * forms beside the English alt text of a model. English is always one: signs and other programs' keywords are English
 * everywhere. Keywords alone tell none: then it may be any, and each is taken for it; a word too many in the index is less
 * bad than a photo that is not found.
 */
export function languagesOf(texts: readonly (SplitText | undefined)[]): readonly StemLanguage[] {
  const told = new Set(texts.flatMap((text) => (text === undefined ? [] : toldBy(text))));
  return told.size === 0 ? stemLanguages : stemLanguages.filter((language) => told.has(language));
}

/** The languages of a text by its small words, English with them; none if it has no small word. */
function toldBy({ words }: SplitText): readonly StemLanguage[] {
  const counts = { en: 0, de: 0, fr: 0 };
  for (const { folded } of words) {
    for (const language of languagesOfWord.get(folded) ?? []) counts[language] += 1;
  }
  const most = Math.max(counts.en, counts.de, counts.fr);
  if (most === 0) return [];
  return stemLanguages.filter((language) => language === 'en' || counts[language] * 2 > most);
}

/** Whether a folded word is one of those: nobody searches for it. */
export function isSmallWord(folded: string): boolean {
  return languagesOfWord.has(folded);
}
