import type { ReadDb } from '../db/open.ts';
import { dayAt, yearOf } from './calendar.ts';
import { yearlyRange } from './date-words.ts';
import { editDistance, slipsIn } from './edit-distance.ts';
import { compoundsOf } from './forms/compounds.ts';
import { isOrdinaryWord, otherFormsOf } from './forms/other-forms.ts';
import { isSmallWord } from './language.ts';
import { toMatch } from './match-expression.ts';
import type { OtherWord, WordInstead } from './other-words.ts';
import type { QueryNode, TextNode } from './query.ts';
import { longestPlaceName, otherPlaceNames } from './place-names.ts';
import { textFields } from './query-fields.ts';
import { hasWord, keepKnown, keepUsed, readLines } from './vocabulary-store.ts';
import { germanHeads } from './word-forms.ts';
import { isKnownWord, relatedWords } from './word-kinds.ts';
import { foldedWords, isSpaceless, joinWords, typedWords, withUmlauts } from './words.ts';

/** More words than a search stays quick with; the nearest kinds come first. */
const mostRelated = 200;
const mostSpellings = 5;

/**
 * What else the words of a query may mean, of what the library has: forms that no rule tells, for English words synonyms and
 * kinds, German compounds; other spellings where a word finds next to nothing. Not for phrases, words under a negation, and
 * parts of words.
 */
export function findOtherWords(db: ReadDb, node: QueryNode): OtherWord[] {
  const placesOf = Map.groupBy(placesIn(db, node), (place) => place.node);
  return wantedWords(node).flatMap((leaf) => {
    const words = typedWords(leaf.text);
    const word = words.join('');
    const places = placesOf.get(leaf) ?? [];
    // Characters without spaces are one word together.
    if (word === '' || (words.length > 1 && !words.every(isSpaceless)) || isSmallWord(word)) return places;
    const forms = otherFormsOf(word);
    const others = [
      ...formsIn(db, leaf, word, forms),
      ...relatedOf(db, leaf, word),
      ...compoundsIn(db, leaf, word, forms),
      ...places,
      ...daysOf(db, leaf),
    ];
    return others.length > 0 || isRight(word) ? others : spellingsOf(db, leaf, word);
  });
}

/** Whether a word is spelled as it should be. */
function isRight(word: string): boolean {
  return isSpaceless(word) || isKnownWord(word) || isOrdinaryWord(word);
}

function formsIn(db: ReadDb, node: TextNode, word: string, forms: readonly string[]): OtherWord[] {
  // Characters are in the index one by one: whether they stand side by side, the search itself tells.
  const found = isSpaceless(word) || forms.length === 0 ? forms : keepKnown(db, forms);
  return found.map((form) => ({ node, word: form, by: 'form', isExact: true }));
}

function compoundsIn(db: ReadDb, node: TextNode, word: string, forms: readonly string[]): OtherWord[] {
  if (isSpaceless(word)) return [];
  const words = { lines: readLines(db), has: (part: string) => hasWord(db, part) };
  // "Seen" is a plural that no rule tells.
  const singulars = forms.filter((form) => word.startsWith(form));
  const heads = new Set([...germanHeads(node.text, word), ...singulars]);
  const found = new Set([...heads].flatMap((head) => compoundsOf(head, words)));
  return (
    [...found]
      // English words are known to be kinds or not: a butterfly is no fly.
      .filter((compound) => !(isKnownWord(compound) && isKnownWord(word)))
      .slice(0, mostRelated)
      .map((compound) => ({ node, word: compound, by: 'narrower', isExact: true }))
  );
}

function wantedWords(node: QueryNode): TextNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.flatMap(wantedWords);
  return node.kind === 'text' && node.match !== 'phrase' ? [node] : [];
}

function relatedOf(db: ReadDb, node: TextNode, word: string): OtherWord[] {
  const related = relatedWords(word);
  if (related.length === 0) return [];
  const used = new Set(
    keepUsed(
      db,
      related.map((other) => other.word),
    ),
  );
  return related
    .filter((other) => used.has(other.word))
    .slice(0, mostRelated)
    .map((other) => ({ node, ...other }));
}

/**
 * Towns, regions and countries by their other names: places are called in English, and in files in any language. Of a name
 * of several words (`Den Haag`), each stands for the whole.
 */
function placesIn(db: ReadDb, node: QueryNode): WordInstead[] {
  const occurs = (name: string): boolean =>
    count(db, `${textFields.place} : "${foldedWords(name).join(' ')}"`, 1) > 0;
  return placeRuns(node).flatMap((run) => {
    const words = run.flatMap((leaf) => typedWords(leaf.text));
    if (words.length === 0) return [];
    const name = joinWords(words);
    // Also typed without umlauts: `Koeln`.
    const names = new Set([name, withUmlauts(name)].flatMap(otherPlaceNames));
    const found = [...names].filter((other) => other !== name && occurs(other));
    return run.flatMap((leaf) =>
      found.map((word) => ({ node: leaf, word, by: 'synonym' as const, isPlace: true as const })),
    );
  });
}

/** Words that may be the name of a place together, each alone too. */
function placeRuns(node: QueryNode): TextNode[][] {
  if (node.kind === 'or') return node.nodes.flatMap(placeRuns);
  const nodes = node.kind === 'and' ? node.nodes : [node];
  const groups = nodes.flatMap((inner) => (inner.kind === 'or' ? placeRuns(inner) : []));
  const runs = nodes.flatMap((_, start) =>
    Array.from({ length: longestPlaceName }, (_length, index) =>
      nodes.slice(start, start + index + 1),
    ).filter((run, index): run is TextNode[] => run.length === index + 1 && run.every(mayNamePlace)),
  );
  return [...groups, ...runs];
}

function mayNamePlace(node: QueryNode): node is TextNode {
  return node.kind === 'text' && node.match !== 'phrase' && (node.field === null || node.field === 'place');
}

/** More years are none of photography's, but of clocks that were never set. */
const mostYears = 120;

/** What comes back every year, in each year of the library. */
function daysOf(db: ReadDb, node: TextNode): OtherWord[] {
  const { yearly } = node;
  if (yearly === undefined) return [];
  const [first, last] = ['ASC', 'DESC'].map((order) =>
    db
      .pluck<number>(`SELECT sort_ms FROM asset ORDER BY sort_ms ${order} LIMIT 1`, [])
      .map((ms) => yearOf(dayAt(ms))),
  );
  const [from, to] = [first?.[0], last?.[0]];
  if (from === undefined || to === undefined) return [];
  // A winter of the year before goes on in the first one.
  const begin = Math.max(from - 1, to - mostYears);
  const ranges = Array.from({ length: to - begin + 1 }, (_, index) => yearlyRange(yearly, begin + index));
  return [{ node, by: 'date', ranges }];
}

/** A typed word that is found, or begins one that is, is spelled right, however rare. */
function spellingsOf(db: ReadDb, node: TextNode, word: string): OtherWord[] {
  const slips = slipsIn(word);
  const typed = (['word', 'prefix'] as const).map((match) => toMatch({ ...node, match })?.expression ?? '""');
  if (slips === 0 || typed.some((expression) => count(db, expression, 1) > 0)) return [];
  const near = readLines(db)
    .slice(1, -1)
    .split('\n')
    .flatMap((known) => {
      const distance = isSmallWord(known) ? undefined : editDistance(word, known, slips);
      return distance === undefined ? [] : [{ known, distance }];
    });
  for (let distance = 1; distance <= slips; distance += 1) {
    const found = near
      .filter((other) => other.distance === distance)
      .map(({ known }) => ({ known, photos: count(db, `"${known}"`, mostCounted) }))
      .filter(({ photos }) => photos > 0)
      .toSorted((one, other) => other.photos - one.photos);
    if (found.length > 0) {
      return found.slice(0, mostSpellings).map(({ known }) => ({ node, word: known, by: 'spelling' }));
    }
  }
  return [];
}

/** Enough to know which word is the usual one. */
const mostCounted = 1_000;

function count(db: ReadDb, match: string, upTo: number): number {
  const row = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT ?)',
    [match, upTo],
  );
  return row?.count ?? 0;
}
