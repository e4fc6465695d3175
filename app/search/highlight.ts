import { documentFields, type DocumentField, type PhotoMatch } from '../contract/match.ts';
import type { AssetDocument, DocumentMoment } from './document-store.ts';
import { createOtherFinder } from './find-others.ts';
import { findSpans, toTerm, type FoundSpan } from './find-terms.ts';
import { languagesOf, type StemLanguage } from './language.ts';
import { positiveLeaves, type QueryNode } from './query.ts';
import type { OtherWord } from './other-words.ts';
import { cutSnippet } from './snippet.ts';
import { splitText, typedWords, type SplitText } from './words.ts';

export type Highlight = {
  /** Part of the text that matched best; `null` when no text matched. */
  readonly snippet: string | null;
  /** All fields with a match, best first. */
  readonly matchedIn: readonly DocumentField[];
  readonly matches: readonly WordMatch[];
};

/** Why a photo was found: what was asked for, and what stands there instead, in the words of the photo. */
export type WordMatch = Readonly<PhotoMatch>;

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
  const words = others.filter((other) => other.by !== 'date');
  const findOthers = words.length === 0 ? undefined : createOtherFinder(words);
  const days = [
    ...whens,
    ...others
      .filter((other) => other.by === 'date')
      .map((other) => ({ text: other.node.text, ranges: other.ranges })),
  ];
  if (terms.length === 0) return undefined;
  return ({ day, fields, moments }) => {
    const split = splitOnce(fields);
    // Asked only where a word begins as a wanted one and is another: for most documents never.
    let known: readonly StemLanguage[] | undefined;
    const languages = (): readonly StemLanguage[] =>
      (known ??= languagesOf([split('caption'), split('title'), split('altText')]));
    const found: { field: DocumentField; text: string; spans: FoundSpan[]; termCount: number }[] = [];
    for (const field of documentFields) {
      if (fields[field] === null) continue;
      const spans = findSpans(fields[field], () => split(field), field, terms, languages);
      if (findOthers !== undefined) spans.push(...findOthers(split(field), field, languages));
      if (spans.length === 0) continue;
      const termCount = new Set(spans.map((span) => span.asked)).size;
      found.push({ field, text: split(field)?.text ?? '', spans, termCount });
    }
    // Stable: fields with equally many terms stay in reading order.
    const best = found.toSorted((one, other) => other.termCount - one.termCount);
    const [first] = best;
    return {
      snippet: first === undefined ? null : cutSnippet(first.text, first.spans),
      matchedIn: best.map(({ field }) => field),
      matches: [
        ...best.flatMap(({ field, text, spans }) =>
          field === 'moments' ? toMomentMatches(text, spans, moments) : toMatches(field, text, spans),
        ),
        ...days
          .filter(({ ranges }) => ranges.some(({ from, to }) => from <= day && day <= to))
          .map(({ text }): WordMatch => ({ field: 'date', by: 'date', asked: text, found: day })),
      ],
    };
  };
}

/** The words of a photo's texts, each text split when it is first asked for. */
function splitOnce(fields: AssetDocument['fields']): (field: DocumentField) => SplitText | undefined {
  const known = new Map<DocumentField, SplitText>();
  return (field) => {
    const text = fields[field];
    if (text === null) return undefined;
    const before = known.get(field);
    if (before !== undefined) return before;
    const split = splitText(text);
    known.set(field, split);
    return split;
  };
}

/** Of the moments that have most of what was asked for, the first; then what only others have. */
function toMomentMatches(
  text: string,
  spans: readonly FoundSpan[],
  moments: readonly DocumentMoment[],
): WordMatch[] {
  const found = moments
    .map(({ startMs, start, end }) => {
      const own = spans.filter((span) => span.start >= start && span.end <= end);
      return { startMs, own, termCount: new Set(own.map(({ asked }) => asked)).size };
    })
    .filter(({ termCount }) => termCount > 0)
    .toSorted((one, other) => other.termCount - one.termCount);
  const matches = found.flatMap(({ startMs, own }) =>
    toMatches('moments', text, own).map((match) => ({ ...match, momentMs: startMs })),
  );
  // Each word once, where it stands first.
  return [
    ...Map.groupBy(matches, ({ asked, by, found: word }) =>
      [by, asked, word.toLowerCase()].join('\n'),
    ).values(),
  ].flatMap(([first]) => first ?? []);
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
