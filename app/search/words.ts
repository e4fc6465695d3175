/**
 * [Note: Words] What a word is, decided once for index, query and highlight, so that the three always agree.
 *
 * - A run of letters and digits, folded: lower case, no accents, compatibility forms resolved, `ß` as `ss`.
 * - Scripts that put no spaces between words (Chinese, Japanese, Korean, Thai …): each character is a word, and a search
 *   for several is a phrase. So one and two characters are found too, which trigrams cannot do.
 * - A word with an umlaut is also found by its spelling without one (`Müller`, `muller`, `mueller`).
 * - Katakana are as hiragana (`ラーメン`, `らーめん`).
 * - What stands behind the words, such as stems and days, is marked so that no quoted word or phrase meets it
 *   (`word-forms.ts`).
 */

export type Word = {
  /** As in the index. */
  readonly folded: string;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
};

const spaceless =
  '[[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]&&[\\p{L}\\p{N}]]';
/** Half-width kana carry their voice marks as letters of their own. */
const marks = '[\\p{M}\\u{FF9E}\\u{FF9F}]';
const wordPattern = new RegExp(
  `${spaceless}${marks}*|[[\\p{L}\\p{N}]--${spaceless}][[\\p{L}\\p{N}\\p{M}]--${spaceless}]*|\\p{Extended_Pictographic}`,
  'gv',
);
const spacelessWord = new RegExp(`^${spaceless}`, 'v');

const namePart = new RegExp(
  `\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?[\\p{Ll}\\p{M}]+|\\p{N}+|[\\p{L}--[\\p{Lu}\\p{Ll}]--${spaceless}]+`,
  'gv',
);
const isAscii = /^[0-9a-z]+$/i;
const asciiText = /^[\0-\x7f]*$/;
/** What every other ASCII character ends. Only what is beyond ASCII needs to be asked for its kind, which is slow. */
const runPattern = /[0-9A-Za-z\x80-\uffff]+/g;

/** Longer runs are no words (OCR noise, base64); both sides see the same beginning. */
const longestWord = 64;

/** The folded words of a text, however its letters are encoded: macOS keeps accents and Hangul in file names in pieces. */
export function foldedWords(text: string): string[] {
  return splitText(text).words.map((word) => word.folded);
}

/** As a person types them: an elided article (`l’oiseau`) is no word to look for. */
export function typedWords(text: string): string[] {
  return foldedWords(text.replace(/^(?:qu|[cdjlmnst])['’](?=[\p{L}])/iu, ''));
}

/**
 * Words side by side, with a blank between two, but none between characters of a script without spaces. `foldedWords` parts
 * them again.
 *
 * @param words folded
 */
export function joinWords(words: readonly string[]): string {
  let joined = '';
  for (const [at, word] of words.entries()) {
    const isParted = at > 0 && !(isSpaceless(word) && isSpaceless(words[at - 1] ?? ''));
    joined += isParted ? ` ${word}` : word;
  }
  return joined;
}

/** A text in Unicode's form NFC, and its words. */
export type SplitText = { readonly text: string; readonly words: readonly Word[] };

export function splitText(text: string): SplitText {
  const composed = text.normalize('NFC');
  return { text: composed, words: splitWords(composed) };
}

/** The words of a text in Unicode's form NFC, in order. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  if (isAsciiText(text)) return splitAscii(text.toLowerCase());
  for (const { 0: run, index: start } of text.matchAll(runPattern)) {
    if (isAscii.test(run)) {
      words.push({ folded: cut(run.toLowerCase()), start, end: start + run.length });
      continue;
    }
    for (const { 0: word, index } of run.matchAll(wordPattern)) {
      const folded = foldWord(word);
      if (folded !== '') words.push({ folded, start: start + index, end: start + index + word.length });
    }
  }
  return words;
}

/** Most text: six times as fast as by a pattern, and it is done to every text that is indexed or shown. */
function splitAscii(lower: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  for (let at = 0; at <= lower.length; at += 1) {
    if (isLetterOrDigit(lower.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      words.push({ folded: cut(lower.slice(start, at)), start, end: at });
      start = -1;
    }
  }
  return words;
}

/** Of ASCII in lower case; NaN, behind the end, is none. */
function isLetterOrDigit(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** Whether a text is made of nothing but plain letters, digits and signs. */
export function isAsciiText(text: string): boolean {
  return asciiText.test(text);
}

/** Whether a word says enough to stand for all that begin so: two letters, or one of a script without spaces (SPEED §4). */
export function canBePrefix(word: string): boolean {
  return isSpaceless(word) || /../u.test(word);
}

/** Whether a word is a character of a script without spaces: it has no beginning to complete. */
export function isSpaceless(word: string): boolean {
  return spacelessWord.test(word);
}

const plainSpellings: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
};
const fullSpellings: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/** How far the small ァ is behind the small ぁ in Unicode, and every other katakana behind its hiragana. */
const katakanaOffset = 0x60;

function foldWord(word: string): string {
  if (isAscii.test(word)) return cut(word.toLowerCase());
  const folded = word
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[ßæœøđðþłıς]/g, (letter) => plainSpellings[letter] ?? letter)
    // Hangul and voiced kana come together again.
    .normalize('NFC')
    .replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - katakanaOffset))
    // What a compatibility form brought along, such as the brackets of ⑴; the tokenizer would split there.
    .replaceAll(/[\0-/:-`{-\x7f]/g, '');
  return cut(folded);
}

function cut(word: string): string {
  return word.length <= longestWord ? word : word.slice(0, longestWord).toWellFormed();
}

/** How a word with an umlaut is written without one: `mueller`. `undefined` for all others. */
export function spellOut(text: string, { folded, start, end }: Word): string | undefined {
  if (folded.length === end - start && isAscii.test(text.slice(start, end))) return undefined;
  const lower = text.slice(start, end).toLowerCase();
  const spelled = lower.replaceAll(/[äöüåø]/g, (letter) => fullSpellings[letter] ?? letter);
  return spelled === lower ? undefined : foldWord(spelled);
}

/** What a folded word with ae, oe or ue for its umlauts is folded to if it has them; not `Mauer`, `Quelle`, `Poesie`. */
export function withUmlauts(folded: string): string {
  return folded.replaceAll(/(?<![aeiouqy])([aou])e(?![aeiou])/g, '$1');
}

/** The parts of a name that are run together: `Beach` and `House`, `DSC` and `01234`. */
export function splitNameParts(name: string): Word[] {
  return [...name.matchAll(namePart)].map(({ 0: part, index }) => ({
    folded: foldWord(part),
    start: index,
    end: index + part.length,
  }));
}

/** A key whose plain order puts `IMG_9` before `IMG_10` and `Älg` beside `alg`. */
export function toNameKey(name: string): string {
  return foldName(name).replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));
}

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}
