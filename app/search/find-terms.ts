import type { DocumentField, MatchKind } from '../contract/match.ts';
import { stemLanguages, type StemLanguage } from './language.ts';
import type { TextNode } from './query.ts';
import type { TextField } from './query-fields.ts';
import type { Span } from './snippet.ts';
import { changesFirstLetter, germanHeads, stemIn } from './word-forms.ts';
import {
  canBePrefix,
  isAsciiText,
  isSpaceless,
  spellOut,
  splitNameParts,
  typedWords,
  type SplitText,
  type Word,
} from './words.ts';

/** Where a word stands that was asked for, and how it was found. */
export type FoundSpan = Span & { readonly asked: string; readonly by: MatchKind };

/** A word or phrase to be looked for, ready to be compared. */
export type Term = {
  readonly field: DocumentField | null;
  readonly words: readonly string[];
  /** The last word is a beginning. */
  readonly isPrefix: boolean;
  /** For one unquoted word: other forms of it match too. */
  readonly stems: Readonly<Record<StemLanguage, readonly string[]>> | undefined;
  /** The spelling of a word with an umlaut, or what may be one. */
  readonly spelled: string | undefined;
  readonly maySpellOut: boolean;
  readonly asked: string;
};

export const documentFieldOf: Readonly<Record<TextField, DocumentField>> = {
  title: 'title',
  caption: 'caption',
  alt: 'altText',
  keyword: 'keywords',
  text: 'recognizedText',
  place: 'place',
  camera: 'camera',
  lens: 'lens',
  name: 'fileName',
  folder: 'folder',
};

/** Where people look for the words of a name, not for their forms. */
const names: ReadonlySet<DocumentField> = new Set(['place', 'camera', 'lens', 'fileName', 'folder']);
/** Whose words are run together. */
const fileNames: ReadonlySet<DocumentField> = new Set(['fileName', 'folder']);

export function toTerm(
  { field, text, match }: Pick<TextNode, 'field' | 'text' | 'match'>,
  asked: string,
): Term {
  const words = typedWords(text);
  const last = words.at(-1) ?? '';
  const isPrefix = match === 'prefix' && !isSpaceless(last) && canBePrefix(last);
  const isCutShort = match === 'prefix' && !canBePrefix(last) && words.length > 1;
  const hasForms = match === 'word' && words.length === 1;
  return {
    field: field === null ? null : documentFieldOf[field],
    words: isCutShort ? words.slice(0, -1) : words,
    isPrefix,
    stems: hasForms
      ? { en: [stemIn('en', last)], de: germanHeads(text, last), fr: [stemIn('fr', last)] }
      : undefined,
    spelled: hasForms ? spellOut(text, { folded: last, start: 0, end: text.length }) : undefined,
    maySpellOut: words.some((word) => /[aou]e|aa/.test(word)),
    asked,
  };
}

/**
 * Where the terms stand in a text.
 *
 * @param text as it is
 * @param split asked for the text's words, unless it is plain that it has none of the terms
 * @param languages whose word forms the photo's texts have
 */
export function findSpans(
  text: string,
  split: () => SplitText | undefined,
  field: DocumentField,
  terms: readonly Term[],
  languages: () => readonly StemLanguage[],
): FoundSpan[] {
  const isName = names.has(field);
  const wanted = terms.filter((term) => term.field === null || term.field === field);
  const likely = isName && isAsciiText(text) ? wanted.filter((term) => mayHave(text, term)) : wanted;
  if (likely.length === 0) return [];
  const whole = split();
  if (whole === undefined) return [];
  const sequences = fileNames.has(field) ? [whole.words, splitNameParts(whole.text)] : [whole.words];
  return likely.flatMap((term) =>
    sequences.flatMap((words) => findTerm(whole.text, words, term, isName ? undefined : languages)),
  );
}

/** Whether a name may have a term: most have none, and need not be split. */
function mayHave(name: string, { words, stems, spelled }: Term): boolean {
  const lower = name.toLowerCase();
  const forms = [words[0], stems?.en[0], spelled];
  return forms.some((form) => form !== undefined && lower.includes(form));
}

function findTerm(
  text: string,
  words: readonly Word[],
  term: Term,
  languages: (() => readonly StemLanguage[]) | undefined,
): FoundSpan[] {
  const spans: FoundSpan[] = [];
  const [wanted = ''] = term.words;
  const firstLetter = wanted.charCodeAt(0);
  // Nearly every word of a text is told by its first letter to be none of the wanted.
  const isToldByFirst = languages !== undefined && !changesFirstLetter.has(wanted);
  for (const [at, first] of words.entries()) {
    if (isToldByFirst && first.folded.charCodeAt(0) !== firstLetter) continue;
    const last = words[at + term.words.length - 1];
    if (last === undefined) break;
    const hits = hitsAt(text, words, at, term, languages);
    if (hits !== 'none') spans.push({ start: first.start, end: last.end, asked: term.asked, by: hits });
  }
  return spans;
}

type Hit = 'word' | 'form' | 'none';

/** Whether all words of a term stand here, one after another; and whether one of them is another form of it. */
function hitsAt(
  text: string,
  words: readonly Word[],
  at: number,
  term: Term,
  languages: (() => readonly StemLanguage[]) | undefined,
): Hit {
  let hits: Hit = 'word';
  for (let offset = 0; offset < term.words.length; offset += 1) {
    const hit = hitOf(text, words[at + offset], offset, term, languages);
    if (hit === 'none') return 'none';
    if (hit === 'form') hits = 'form';
  }
  return hits;
}

/** Whether a word is the wanted one, another form or spelling of it, or none. */
function hitOf(
  text: string,
  word: Word | undefined,
  offset: number,
  term: Term,
  languages: (() => readonly StemLanguage[]) | undefined,
): Hit {
  const wanted = term.words[offset];
  if (word === undefined || wanted === undefined) return 'none';
  const { folded } = word;
  if (folded === wanted) return 'word';
  if (term.isPrefix && offset === term.words.length - 1 && folded.startsWith(wanted)) return 'word';
  const { stems } = term;
  if (stems !== undefined) {
    if (folded === stems.en[0] || folded === term.spelled) return 'form';
    if (
      languages !== undefined &&
      (folded[0] === wanted[0] || changesFirstLetter.has(folded)) &&
      // The languages last: to tell them, all words are looked at.
      stemLanguages.some(
        (language) => stems[language].includes(stemIn(language, folded)) && languages().includes(language),
      )
    ) {
      return 'form';
    }
  }
  if (languages === undefined && folded.startsWith('0') && folded.replace(/^0+/, '') === wanted) {
    return 'word';
  }
  return term.maySpellOut && spellOut(text, word) === wanted ? 'form' : 'none';
}
