import { documentFields, type AssetDocument, type DocumentField } from './document-store.ts';
import type { MatchKind } from '../contract/models.ts';
import { positiveLeaves, type QueryNode, type TextNode } from './query.ts';
import type { TextField } from './query-fields.ts';
import { languagesOf, stemLanguages, type StemLanguage } from './language.ts';
import type { OtherWord } from './other-words.ts';
import { changesFirstLetter, stemIn } from './word-forms.ts';
import {
  canBePrefix,
  isSpaceless,
  spellOut,
  splitNameParts,
  splitWords,
  typedWords,
  type Word,
} from './words.ts';

/** Around each match in a snippet. */
export const matchStart = '\u0002';
export const matchEnd = '\u0003';

/** Longest snippet, in UTF-16 units without the marks. */
const snippetLength = 160;

export type Highlight = {
  /** Part of the text that matched best; `null` when no text matched. */
  readonly snippet: string | null;
  /** All fields with a match, best first. */
  readonly matchedIn: readonly DocumentField[];
  readonly matches: readonly WordMatch[];
};

/** Why a photo was found: what was asked for, and what stands there instead, in the words of the photo. */
export type WordMatch = {
  readonly field: DocumentField | 'date';
  readonly by: MatchKind;
  /** As typed. */
  readonly asked: string;
  /** As it stands in the text, or the day, `2019-05-17`. */
  readonly found: string;
};

type Span = { readonly start: number; readonly end: number };
type FoundSpan = Span & Pick<WordMatch, 'asked' | 'by'>;

/** A word or phrase to be looked for, ready to be compared. */
type Term = {
  readonly field: DocumentField | null;
  readonly words: readonly string[];
  /** The last word is a beginning. */
  readonly isPrefix: boolean;
  /** For one unquoted word: other forms of it match too. */
  readonly stems: Readonly<Record<StemLanguage, string>> | undefined;
  /** The spelling of a word with an umlaut, or what may be one. */
  readonly spelled: string | undefined;
  readonly maySpellOut: boolean;
  readonly asked: string;
};

const fieldOf: Readonly<Record<TextField, DocumentField>> = {
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

/**
 * Says where a query's words stand in the texts of an asset, and why it was found, by the same rules as the index
 * ([Note: Words]). `undefined` for a query without words.
 *
 * @param others words that were looked for beside the typed ones
 */
export function createHighlighter(
  node: QueryNode | null,
  others: readonly OtherWord[] = [],
): ((document: AssetDocument) => Highlight) | undefined {
  const leaves = positiveLeaves(node);
  const texts = leaves.filter((leaf) => leaf.kind === 'text');
  const whens = leaves.filter((leaf) => leaf.kind === 'when');
  const terms = [
    ...texts.map((leaf) => toTerm(leaf, leaf.text)),
    ...whens.flatMap(({ text }) =>
      typedWords(text).map((word) => toTerm({ field: null, text: word, match: 'phrase' }, text)),
    ),
  ].filter((term) => term.words.length > 0);
  const byStem = groupByStem(others);
  if (terms.length === 0) return undefined;
  return ({ day, fields }) => {
    // Asked only where a word begins as a wanted one and is another: for most documents never.
    let known: readonly StemLanguage[] | undefined;
    const languages = (): readonly StemLanguage[] =>
      (known ??= languagesOf([fields.caption, fields.title, fields.altText]));
    const found: { field: DocumentField; text: string; spans: FoundSpan[]; termCount: number }[] = [];
    for (const field of documentFields) {
      const text = fields[field]?.normalize('NFC');
      if (text === undefined) continue;
      const spans = [
        ...findSpans(text, field, terms, languages),
        ...findOthers(text, field, byStem, languages),
      ];
      if (spans.length > 0) {
        found.push({ field, text, spans, termCount: new Set(spans.map((span) => span.asked)).size });
      }
    }
    // Stable: fields with equally many terms stay in reading order.
    const best = found.toSorted((one, other) => other.termCount - one.termCount);
    const [first] = best;
    return {
      snippet: first === undefined ? null : cutSnippet(first.text, merge(first.spans)),
      matchedIn: best.map(({ field }) => field),
      matches: [
        ...best.flatMap(({ field, text, spans }) => toMatches(field, text, spans)),
        ...whens
          .filter(({ ranges }) => ranges.some(({ from, to }) => from <= day && day <= to))
          .map(({ text }): WordMatch => ({ field: 'date', by: 'date', asked: text, found: day })),
      ],
    };
  };
}

/** One for each word that was asked for and each way in which it was found in a field. */
function toMatches(field: DocumentField, text: string, spans: readonly FoundSpan[]): WordMatch[] {
  const matches = new Map<string, WordMatch>();
  for (const { asked, by, start, end } of spans) {
    const found = text.slice(start, end);
    const key = [by, asked, found.toLowerCase()].join('\n');
    if (!matches.has(key)) matches.set(key, { field, by, asked, found });
  }
  return [...matches.values()];
}

/** Other words by their stems in each language; there may be hundreds of them. */
function groupByStem(others: readonly OtherWord[]): ReadonlyMap<string, OtherWord[]> {
  const keyed = others.flatMap((other) =>
    stemLanguages.map((language) => ({ key: stemKey(language, other.word), other })),
  );
  const groups = Map.groupBy(keyed, ({ key }) => key);
  return new Map([...groups].map(([key, list]) => [key, list.map(({ other }) => other)]));
}

function stemKey(language: StemLanguage, word: string): string {
  return `${language} ${stemIn(language, word)}`;
}

function findOthers(
  text: string,
  field: DocumentField,
  byStem: ReadonlyMap<string, OtherWord[]>,
  languages: () => readonly StemLanguage[],
): FoundSpan[] {
  if (byStem.size === 0) return [];
  return splitWords(text).flatMap(({ folded, start, end }) => {
    const others = new Set(languages().flatMap((language) => byStem.get(stemKey(language, folded)) ?? []));
    return [...others]
      .filter(({ node }) => node.field === null || fieldOf[node.field] === field)
      .map(({ node, by }) => ({ start, end, asked: node.text, by }));
  });
}

function toTerm({ field, text, match }: Pick<TextNode, 'field' | 'text' | 'match'>, asked: string): Term {
  const words = typedWords(text);
  const last = words.at(-1) ?? '';
  const isPrefix = match === 'prefix' && !isSpaceless(last) && canBePrefix(last);
  const isCutShort = match === 'prefix' && !canBePrefix(last) && words.length > 1;
  const hasForms = match === 'word' && words.length === 1;
  return {
    field: field === null ? null : fieldOf[field],
    words: isCutShort ? words.slice(0, -1) : words,
    isPrefix,
    stems: hasForms ? { en: stemIn('en', last), de: stemIn('de', last), fr: stemIn('fr', last) } : undefined,
    spelled: hasForms ? spellOut(text, { folded: last, start: 0, end: text.length }) : undefined,
    maySpellOut: words.some((word) => /[aou]e|aa/.test(word)),
    asked,
  };
}

function findSpans(
  text: string,
  field: DocumentField,
  terms: readonly Term[],
  languages: () => readonly StemLanguage[],
): FoundSpan[] {
  const isName = field === 'fileName' || field === 'folder';
  const isProse = !isName && field !== 'place' && field !== 'camera' && field !== 'lens';
  const sequences = isName ? [splitWords(text), splitNameParts(text)] : [splitWords(text)];
  const spans: FoundSpan[] = [];
  for (const term of terms) {
    if (term.field !== null && term.field !== field) continue;
    for (const words of sequences) {
      for (let at = 0; at + term.words.length <= words.length; at += 1) {
        // Most words are none of the wanted: no list is made for them.
        if (hitOf(text, words[at], 0, term, isProse ? languages : undefined) === 'none') continue;
        const hits = term.words.map((_, offset) =>
          hitOf(text, words[at + offset], offset, term, isProse ? languages : undefined),
        );
        if (hits.includes('none')) continue;
        const [first, last] = [words[at], words[at + term.words.length - 1]];
        if (first !== undefined && last !== undefined) {
          spans.push({
            start: first.start,
            end: last.end,
            asked: term.asked,
            by: hits.includes('form') ? 'form' : 'word',
          });
        }
      }
    }
  }
  return spans;
}

/** Whether a word is the wanted one, another form or spelling of it, or none. */
function hitOf(
  text: string,
  word: Word | undefined,
  offset: number,
  term: Term,
  languages: (() => readonly StemLanguage[]) | undefined,
): 'word' | 'form' | 'none' {
  const wanted = term.words[offset];
  if (word === undefined || wanted === undefined) return 'none';
  const { folded } = word;
  if (folded === wanted) return 'word';
  if (term.isPrefix && offset === term.words.length - 1 && folded.startsWith(wanted)) return 'word';
  const { stems } = term;
  if (stems !== undefined) {
    if (folded === stems.en || folded === term.spelled) return 'form';
    if (
      languages !== undefined &&
      (folded[0] === wanted[0] || changesFirstLetter.has(folded)) &&
      languages().some((language) => stemIn(language, folded) === stems[language])
    ) {
      return 'form';
    }
  }
  if (languages === undefined && folded.startsWith('0') && folded.replace(/^0+/, '') === wanted) {
    return 'word';
  }
  return term.maySpellOut && spellOut(text, word) === wanted ? 'form' : 'none';
}

/** In order, touching ones as one. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start > last.end) merged.push({ start: span.start, end: span.end });
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

function cutSnippet(text: string, spans: readonly Span[]): string {
  const { start, end } = chooseWindow(text, spans);
  let snippet = start > 0 ? '…' : '';
  let at = start;
  for (const span of spans) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    snippet += clean(text.slice(at, from)) + matchStart + clean(text.slice(from, to)) + matchEnd;
    at = to;
  }
  return snippet + clean(text.slice(at, end)) + (end < text.length ? '…' : '');
}

/** The part with the most matches, with some words before the first, cut between words where there are any. */
function chooseWindow(text: string, spans: readonly Span[]): Span {
  if (text.length <= snippetLength) return { start: 0, end: text.length };
  const room = snippetLength - 2; // an ellipsis at either end
  const inReach = (first: Span) =>
    spans.filter((span) => span.start >= first.start && span.end <= first.start + room).length;
  const best = spans.reduce((chosen, span) => (inReach(span) > inReach(chosen) ? span : chosen));
  const last = spans.findLast((span) => span.start >= best.start && span.end <= best.start + room) ?? best;
  const spare = Math.max(0, room - (last.end - best.start));
  const earliest = Math.max(
    0,
    Math.min(best.start - Math.min(Math.floor(spare / 3), 60), text.length - room),
  );
  const start = earliest === 0 ? 0 : toBoundary(text, earliest, best.start, 1);
  const latest = Math.min(text.length, start + room);
  const end = latest === text.length ? latest : toBoundary(text, latest, Math.min(last.end, latest), -1);
  return { start, end };
}

/** From `at` in steps towards `limit` until a space; without one, `at` itself, off the middle of a surrogate pair. */
function toBoundary(text: string, at: number, limit: number, step: 1 | -1): number {
  for (let near = at; step > 0 ? near < limit : near > limit; near += step) {
    if (/\s/.test(text.charAt(step > 0 ? near - 1 : near))) return near;
  }
  const isInsidePair = /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1));
  return isInsidePair ? at + step : at;
}

/** One line, and no marks but ours. */
function clean(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(matchStart, ' ').replaceAll(matchEnd, ' ');
}
