import type { ReadDb } from './fact-value-store.ts';
import { listFactValues, listYears } from './fact-value-store.ts';
import { listKeywords } from './keyword-store.ts';
import { choiceFields, findField, isChoiceField, listFieldNames, type Field } from './query-fields.ts';
import { listWordsFrom } from './vocabulary-store.ts';
import { foldedWords } from './words.ts';

/** One way in which a query may go on. */
export type Completion = {
  readonly kind: 'filter' | 'value' | 'keyword' | 'place' | 'camera' | 'lens' | 'word';
  readonly insert: string;
  readonly label: string;
  /** `null` where nobody counted. */
  readonly photos: number | null;
};

/** What of the text is replaced, in UTF-16 units, and by what. */
export type Completions = {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
};

/** How the word at a place in a query may go on: names of filters, their values with counts, keywords, and words that occur. */
export function completeQuery(db: ReadDb, text: string, at = text.length, limit = 12): Completions {
  const end = Math.min(at, text.length);
  const typed = readTyped(text.slice(0, end));
  const items =
    typed.field === undefined
      ? completeWord(db, typed.value, limit)
      : completeValue(db, typed.field, typed.value, limit);
  return { start: end - typed.length, end, items: items.slice(0, limit) };
}

/** The end of what was typed: a word, or a filter with the beginning of its value, perhaps within quotes. */
function readTyped(before: string): { field: Field | undefined; value: string; length: number } {
  const [, name, quoted] = /(?:^|[\s(-])([a-z]+):"([^"]*)$/i.exec(before) ?? [];
  const field = name === undefined ? undefined : findField(name);
  if (name !== undefined && quoted !== undefined && field !== undefined) {
    return { field, value: quoted, length: name.length + 2 + quoted.length };
  }
  const word = /[^\s()"]*$/.exec(before)?.[0].replace(/^-/, '') ?? '';
  const [, known = '', value = ''] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
  const named = findField(known);
  return named === undefined
    ? { field: undefined, value: word, length: word.length }
    : { field: named, value, length: word.length };
}

function completeWord(db: ReadDb, word: string, limit: number): Completion[] {
  if (word === '') return [];
  const lower = word.toLowerCase();
  const filters = listFieldNames()
    .filter((name) => name.startsWith(lower))
    .map((name): Completion => ({ kind: 'filter', insert: `${name}:`, label: `${name}:`, photos: null }));
  const keywords = listKeywords(db, word, limit).map(({ keyword, assetCount }): Completion => ({
    kind: 'keyword',
    insert: quoteIfNeeded(keyword),
    label: keyword,
    photos: assetCount,
  }));
  const [folded = ''] = foldedWords(word);
  const shown = new Set(keywords.map(({ label }) => label.toLowerCase()));
  const words = folded.length < 2 ? [] : listWordsFrom(db, folded, limit);
  return [
    ...filters.slice(0, 3),
    ...keywords,
    ...words
      .filter((known) => !shown.has(known))
      .map((known): Completion => ({ kind: 'word', insert: known, label: known, photos: null })),
  ];
}

const formats = ['jpeg', 'heic', 'png', 'tiff', 'webp', 'avif', 'gif', 'raw', 'video', 'photo'];
const valuesOfOthers: Partial<Record<Field, readonly string[]>> = {
  by: ['model', 'person', 'file', 'built-in'],
  format: formats,
  rating: ['>=1', '>=2', '>=3', '>=4', '5', '-1'],
};

function completeValue(db: ReadDb, field: Field, value: string, limit: number): Completion[] {
  switch (field) {
    case 'keyword':
      return listKeywords(db, value, limit).map(({ keyword, assetCount }) =>
        valueOf('keyword', field, keyword, assetCount),
      );
    case 'camera':
    case 'lens':
    case 'place':
      return listFactValues(db, field, value, limit).map(({ name, photos }) =>
        valueOf(field, field, name, photos),
      );
    case 'year':
    case 'date':
      return listYears(db)
        .filter((year) => year.startsWith(value))
        .map((year) => valueOf('value', field, year, null));
    default: {
      const allowed: readonly string[] = isChoiceField(field) ? (choiceFields[field] ?? []) : [];
      const values = allowed.length > 0 ? allowed : (valuesOfOthers[field] ?? []);
      return values
        .filter((known) => known.startsWith(value.toLowerCase()))
        .map((known) => valueOf('value', field, known, null));
    }
  }
}

function valueOf(kind: Completion['kind'], field: Field, label: string, photos: number | null): Completion {
  return { kind, insert: `${field}:${quoteIfNeeded(label)}`, label, photos };
}

function quoteIfNeeded(text: string): string {
  return /[\s()":-]/.test(text) ? `"${text.replaceAll('"', ' ')}"` : text;
}
