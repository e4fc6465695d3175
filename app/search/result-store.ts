import type { ReadDb, Value } from '../db/connection.ts';
import { isPresentSql, toCondition, type Condition } from './condition-store.ts';
import {
  longestBeginning,
  splitQuery,
  toMatch,
  toPhrase,
  type Matching,
  type OtherWords,
} from './match-expression.ts';
import { findOtherWords } from './other-words-store.ts';
import type { OtherWord } from './other-words.ts';
import { positiveLeaves, type Query, type QueryNode } from './query.ts';
import { resolveSimilar } from './similar-store.ts';
import { listTermsFrom } from './term-store.ts';

/** A query made ready for SQL: what the full-text index finds, and what the tables say of it. */
export type Selection = {
  /** FTS5 expression; `undefined` when the query has no text that must match. */
  readonly match: string | undefined;
  /** All must hold, on a row called `asset`. */
  readonly conditions: readonly Condition[];
  /** Assets whose files are gone are left out, unless the query speaks of them. */
  readonly onlyPresent: boolean;
  /** Whether words, not only filters, were searched: there is something to rank by. */
  readonly isRanked: boolean;
  /** The words side by side, as a phrase, or the one word as it was typed. */
  readonly phrase: string | undefined;
  /** Letters of the longest word that stands for all that begin so; 0 where there is none. */
  readonly longestBeginning: number;
};

/**
 * Reads a query into what SQL needs: what its own words find.
 *
 * @param db asked which forms of the words occur, and whether files are gone; without it all are looked for
 */
export function toSelection({ node }: Pick<Query, 'node'>, db?: ReadDb): Selection {
  const { text, others } = splitQuery(node);
  const matching = matchingIn(db);
  const found = text === null ? undefined : toMatch(text, matching);
  const conditions = others.map(toCondition);
  if (found?.finds === 'unwanted') {
    conditions.push({
      sql: 'asset.id NOT IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)',
      values: [found.expression],
    });
  }
  const match = found?.finds === 'wanted' ? found.expression : undefined;
  const factFields = new Set<string | null>(['camera', 'lens', 'folder', 'name', 'place']);
  return {
    match,
    conditions,
    onlyPresent: !speaksOfMissing(node) && (db === undefined || mayHaveMissing(db)),
    isRanked:
      match !== undefined &&
      positiveLeaves(node).some((leaf) => leaf.kind === 'text' && !factFields.has(leaf.field)),
    phrase: node === null ? undefined : toPhrase(node, matching.hasForm),
    longestBeginning: longestBeginning(node),
  };
}

/** Whether any file is gone: in most libraries none is, and then no photo need be asked. */
export function mayHaveMissing(db: ReadDb): boolean {
  return db.get("SELECT 1 FROM file WHERE state = 'missing' AND asset_id IS NOT NULL LIMIT 1") !== undefined;
}

/** What other words find beside the typed ones (`other-words.ts`). */
export type Wider = {
  /** By typed and by other words. */
  readonly all: Selection;
  /** By other words alone. */
  readonly more: Selection;
  readonly others: readonly OtherWord[];
};

/** A beginning that stands for more words than this is left to the index, which joins their lists quicker than it asks for each. */
const mostWords = 32;

function matchingIn(db: ReadDb | undefined, others: OtherWords = new Map()): Matching {
  const hasForm = (form: string): boolean =>
    db === undefined ||
    db.get('SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT 1', [`"${form}"`]) !== undefined;
  const wordsFrom = (beginning: string) =>
    db === undefined ? undefined : listTermsFrom(db, beginning, mostWords);
  return { others, hasForm, wordsFrom };
}

/** Looks for other words; `undefined` when there are none, or the query has no words that must match. */
export function widen(db: ReadDb, { node }: Pick<Query, 'node'>, exact: Selection): Wider | undefined {
  const { text } = splitQuery(node);
  if (text === null || exact.match === undefined) return undefined;
  const others = findOtherWords(db, text);
  if (others.length === 0) return undefined;
  const wordsOf = Map.groupBy(others, (other) => other.node);
  const match = toMatch(text, matchingIn(db, wordsOf));
  if (match?.finds !== 'wanted') return undefined;
  return {
    all: { ...exact, match: match.expression },
    more: { ...exact, match: `(${match.expression}) NOT (${exact.match})` },
    others,
  };
}

/**
 * All that a query finds, as one set: for counts, grids and whatever is done to "everything found". The same as the pages
 * of a search show; other words join only where their own find no more than anybody reads.
 */
export function toFullSelection(db: ReadDb, typed: Pick<Query, 'node'>): Selection {
  const query = resolveSimilar(db, typed);
  const exact = toSelection(query, db);
  const wider = findsFew(db, exact) ? widen(db, query, exact) : undefined;
  return wider?.all ?? exact;
}

/** Whether there is a point in looking for other words. */
export function findsFew(db: ReadDb, exact: Selection): boolean {
  return exact.match !== undefined && countUpTo(db, exact, countCap + 1) <= countCap;
}

/** Whether a query is about files that are gone, and so finds them. */
export function speaksOfMissing(node: QueryNode | null): boolean {
  if (node === null) return false;
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.some(speaksOfMissing);
  if (node.kind === 'not') return speaksOfMissing(node.node);
  return node.kind === 'choice' && node.field === 'is' && node.value === 'missing';
}

/** A piece of SQL with its parameters in order. */
export type Sql = { readonly sql: string; readonly values: readonly Value[] };

/**
 * `FROM … WHERE …` that finds the ids of a selection. From the full-text index where there is one to start from: then a
 * row of `asset` is only read when a filter asks for it.
 */
export function idsSql(selection: Selection): { id: string; from: Sql } {
  if (selection.match === undefined) return { id: 'asset.id', from: fromAssets(selection) };
  const id = 'search_text.rowid';
  const parts: Sql[] = [{ sql: 'search_text MATCH ?', values: [selection.match] }];
  if (selection.onlyPresent) parts.push({ sql: isPresentSql(id), values: [] });
  if (selection.conditions.length > 0) {
    const { sql, values } = all(selection.conditions);
    parts.push({ sql: `EXISTS (SELECT 1 FROM asset WHERE asset.id = ${id} AND ${sql})`, values });
  }
  const where = all(parts);
  return { id, from: { sql: `FROM search_text WHERE ${where.sql}`, values: where.values } };
}

/**
 * A parameter that an id of the full-text index is compared with. Numbers arrive in SQL as REAL, and FTS5 begins in the middle
 * of a list of matches for an INTEGER only: for a REAL it reads the whole list, however little is asked for.
 */
export const idValue = 'CAST(? AS INTEGER)';

/** The same, from the assets: for each one the index is asked whether it matches. */
export function fromAssets(selection: Selection, join = ''): Sql {
  const parts: Sql[] = [...selection.conditions];
  if (selection.onlyPresent) parts.push({ sql: isPresentSql('asset.id'), values: [] });
  if (selection.match !== undefined) {
    parts.push({
      sql: 'EXISTS (SELECT 1 FROM search_text WHERE search_text MATCH ? AND search_text.rowid = asset.id)',
      values: [selection.match],
    });
  }
  const where = all(parts);
  return { sql: `FROM ${join}asset WHERE ${where.sql}`, values: where.values };
}

/** All of them; true when there are none. */
export function all(parts: readonly Sql[]): Sql {
  return {
    sql: parts.length === 0 ? 'TRUE' : parts.map(({ sql }) => sql).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Counting further is slow, and nobody reads it. */
export const countCap = 10_000;

/** How many assets a selection has, counted up to `cap`. */
export function countUpTo(db: ReadDb, selection: Selection, cap: number): number {
  const { from } = idsSql(selection);
  const row = db.get<{ count: number }>(`SELECT count(*) AS count FROM (SELECT 1 ${from.sql} LIMIT ?)`, [
    ...from.values,
    cap,
  ]);
  if (row === undefined) throw new Error('count(*) gives a row');
  return row.count;
}
