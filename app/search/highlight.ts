import { documentFields, type AssetDocument, type DocumentField } from './document-store.ts';
import { positiveLeaves, type QueryNode, type TextNode } from './query.ts';
import type { TextField } from './query-fields.ts';
import { stemWord } from './stem.ts';
import {
  canBePrefix,
  foldedWords,
  isSpaceless,
  spellOut,
  splitNameParts,
  splitWords,
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
};

type Span = { readonly start: number; readonly end: number };
type FoundSpan = Span & { readonly term: number };

/** A word or phrase of the query, ready to be compared. */
type Term = {
  readonly field: DocumentField | null;
  readonly words: readonly string[];
  /** The last word is a beginning. */
  readonly isPrefix: boolean;
  /** For one unquoted word: other forms of it match too. */
  readonly stem: string | undefined;
  /** It may be the spelling of a word with an umlaut. */
  readonly maySpellOut: boolean;
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
 * Says where a query's words stand in the texts of an asset, by the same rules as the index ([Note: Words]).
 * `undefined` for a query without words.
 */
export function createHighlighter(
  node: QueryNode | null,
): ((document: AssetDocument) => Highlight) | undefined {
  const terms = positiveLeaves(node)
    .filter((leaf) => leaf.kind === 'text')
    .map(toTerm)
    .filter((term) => term.words.length > 0);
  if (terms.length === 0) return undefined;
  return ({ fields }) => {
    const found: { field: DocumentField; text: string; spans: FoundSpan[]; termCount: number }[] = [];
    for (const field of documentFields) {
      const text = fields[field]?.normalize('NFC');
      if (text === undefined) continue;
      const spans = findSpans(text, field, terms);
      if (spans.length > 0) {
        found.push({ field, text, spans, termCount: new Set(spans.map((span) => span.term)).size });
      }
    }
    // Stable: fields with equally many terms stay in reading order.
    const best = found.toSorted((one, other) => other.termCount - one.termCount);
    const [first] = best;
    return {
      snippet: first === undefined ? null : cutSnippet(first.text, merge(first.spans)),
      matchedIn: best.map(({ field }) => field),
    };
  };
}

function toTerm({ field, text, match }: TextNode): Term {
  const words = foldedWords(text);
  const last = words.at(-1) ?? '';
  const isPrefix = match === 'prefix' && !isSpaceless(last) && canBePrefix(last);
  const isCutShort = match === 'prefix' && !canBePrefix(last) && words.length > 1;
  return {
    field: field === null ? null : fieldOf[field],
    words: isCutShort ? words.slice(0, -1) : words,
    isPrefix,
    stem: match === 'word' && words.length === 1 ? stemWord(last) : undefined,
    maySpellOut: words.some((word) => /[aou]e|aa/.test(word)),
  };
}

function findSpans(text: string, field: DocumentField, terms: readonly Term[]): FoundSpan[] {
  const isName = field === 'fileName' || field === 'folder';
  const isProse = !isName && field !== 'place' && field !== 'camera' && field !== 'lens';
  const sequences = isName ? [splitWords(text), splitNameParts(text)] : [splitWords(text)];
  const spans: FoundSpan[] = [];
  for (const [index, term] of terms.entries()) {
    if (term.field !== null && term.field !== field) continue;
    for (const words of sequences) {
      for (let at = 0; at + term.words.length <= words.length; at += 1) {
        if (!term.words.every((_, offset) => matches(text, words[at + offset], offset, term, isProse))) {
          continue;
        }
        const [first, last] = [words[at], words[at + term.words.length - 1]];
        if (first !== undefined && last !== undefined) {
          spans.push({ start: first.start, end: last.end, term: index });
        }
      }
    }
  }
  return spans;
}

function matches(
  text: string,
  word: Word | undefined,
  offset: number,
  term: Term,
  isProse: boolean,
): boolean {
  const wanted = term.words[offset];
  if (word === undefined || wanted === undefined) return false;
  const { folded } = word;
  if (folded === wanted || folded === term.stem) return true;
  if (term.isPrefix && offset === term.words.length - 1 && folded.startsWith(wanted)) return true;
  // All forms of an English word begin with the same letter.
  if (term.stem !== undefined && isProse && folded[0] === wanted[0] && stemWord(folded) === term.stem) {
    return true;
  }
  if (!isProse && folded.startsWith('0') && folded.replace(/^0+/, '') === wanted) return true;
  return term.maySpellOut && spellOut(text, word) === wanted;
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
