/**
 * Tells whether a text is plainly in another language than was asked for: by its script, and between languages of one script by their
 * commonest words. Says so only where there is no doubt: a wrong alarm costs a person's time.
 */

/** Words that no sentence does without, and that mean nothing in the others. */
const smallWords: Readonly<Record<string, string>> = {
  en: 'the and with of is are on an at its their from this that by while into above through behind under which',
  de: 'der die das und mit ein eine einem einen einer ist sind auf im vor dem den von zu zum zur bei neben über unter am hinter',
  fr: 'le la les une des du et avec dans sur est sont au aux par devant sous qui derrière près un en ses son',
  es: 'el los las una con en está están sobre del y al por frente bajo junto hacia mientras su sus un',
  it: 'il lo gli una con di è sono nel nella sul sulla del della dei delle e davanti sotto accanto che al alla un',
  pt: 'os as uma com em está estão sobre do da dos das e ao pela pelo frente sob junto um no na nos nas',
  nl: 'het een met van is zijn op aan de en bij onder achter voor naast in die dat over tussen',
};
const wordLists = new Map(
  Object.entries(smallWords).map(([language, words]) => [language, new Set(words.split(' '))]),
);

/** Scripts that languages are written in, where they are not Latin. */
const scripts: Readonly<Record<string, RegExp>> = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  zh: /\p{Script=Han}/u,
  ko: /\p{Script=Hangul}/u,
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  bg: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
  th: /\p{Script=Thai}/u,
};

const fewestWords = 8;
const fewestLetters = 12;

/** @param asked a BCP 47 tag; of a language that we do not know nothing is said */
export function isInOtherLanguage(text: string, asked: string): boolean {
  const language = /^[a-z]{2}(?=$|-)/i.exec(asked)?.[0].toLowerCase();
  if (language === undefined) return false;
  const letters = text.match(/\p{L}/gu) ?? []; // why []: a text without letters
  if (letters.length < fewestLetters) return false;
  const script = scripts[language];
  const isOwn = (letter: string): boolean => (script ?? /\p{Script=Latin}/u).test(letter);
  if (script !== undefined || wordLists.has(language)) {
    if (letters.filter(isOwn).length < letters.length / 2) return true;
  }
  const own = wordLists.get(language);
  if (own === undefined) return false;
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  if (words.length < fewestWords) return false;
  const count = (list: ReadonlySet<string>): number => words.filter((word) => list.has(word)).length;
  const most = Math.max(
    ...[...wordLists].filter(([name]) => name !== language).map(([, list]) => count(list)),
  );
  return most >= 3 && most > 3 * count(own);
}
