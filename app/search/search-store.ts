import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { scoreSql } from './index-store.ts';
import { all, countUpTo, fromAssets, idsSql, type Selection, type Sql } from './result-store.ts';
import { parseCursor, type Position, type Sort } from './search-cursor.ts';

export type { ReadDb } from '../db/open.ts';

/** Ranking reads every match; of a very common word only the last added are ranked (SPEED §4: 277 ms → 20 ms). */
const rankCap = 10_000;
/** Words side by side, as they were typed, count so many times as much as scattered ones. */
const phraseFactor = 2;

/** Ids in order, and where the next page begins. */
export type Page = { readonly ids: readonly AssetId[]; readonly next: Position | null };

/** The best first. */
export function rankedPage(db: ReadDb, selection: Selection, limit: number, after: string | undefined): Page {
  const position = after === undefined ? undefined : parseCursor(after, ['relevance', 'rest']);
  if (position?.order === 'rest') return restPage(db, selection, limit, position.id);
  const rows = db.all<{ id: AssetId; score: number; sortMs: number; lowest: number }>(
    ...rankedSql(selection, limit, position),
  );
  const last = rows.at(-1);
  const ids = rows.map((row) => row.id);
  if (last !== undefined && rows.length === limit) {
    return { ids, next: { order: 'relevance', score: last.score, sortMs: last.sortMs, id: last.id } };
  }
  // The ranked ones are at an end; whether there are more is known by their number.
  if (countUpTo(db, selection, rankCap + 1) <= rankCap) return { ids, next: null };
  const lowest = last?.lowest ?? lowestRanked(db, selection);
  const rest = restPage(db, selection, limit - ids.length, lowest);
  return { ids: [...ids, ...rest.ids], next: rest.next };
}

/**
 * `edge` is the score of the page's last row: only rows up to it, ties included, are joined with their assets, of which
 * `sort_ms` decides between ties.
 */
function rankedSql(
  selection: Selection,
  limit: number,
  position: Extract<Position, { order: 'relevance' }> | undefined,
): [string, Sql['values']] {
  const candidates = candidatesSql(selection);
  const isPhrase = `candidate.id IN (SELECT rowid FROM search_text WHERE search_text MATCH ?
    AND rowid >= (SELECT min(id) FROM candidate))`;
  const ranked: Sql =
    selection.phrase === undefined
      ? { sql: 'SELECT id, score FROM candidate', values: [] }
      : {
          sql: `SELECT id, score * (CASE WHEN ${isPhrase} THEN ${String(phraseFactor)} ELSE 1 END) AS score FROM candidate`,
          values: [selection.phrase],
        };
  const later: Sql =
    position === undefined
      ? { sql: 'TRUE', values: [] }
      : {
          sql: '(ranked.score, -asset.sort_ms, -asset.id) > (?, ?, ?)',
          values: [position.score, -position.sortMs, -position.id],
        };
  const afterScore = position?.score ?? -1e300;
  // Ties with the last row of the page before may fill a page, so they are counted in.
  return [
    `WITH candidate AS MATERIALIZED (SELECT search_text.rowid AS id, ${scoreSql} AS score ${candidates.sql}),
       ranked AS ${selection.phrase === undefined ? '' : 'MATERIALIZED '}(${ranked.sql}),
       edge AS (SELECT score FROM ranked WHERE score > ? ORDER BY score LIMIT 1 OFFSET ?)
     SELECT ranked.id, ranked.score, asset.sort_ms AS sortMs, (SELECT min(id) FROM candidate) AS lowest
     FROM ranked JOIN asset ON asset.id = ranked.id
     WHERE ranked.score >= ? AND ranked.score <= ifnull((SELECT score FROM edge), 1e300) AND ${later.sql}
     ORDER BY ranked.score, asset.sort_ms DESC, asset.id DESC LIMIT ?`,
    [...candidates.values, ...ranked.values, afterScore, limit - 1, afterScore, ...later.values, limit],
  ];
}

function candidatesSql(selection: Selection): Sql {
  const { from } = idsSql(selection);
  return { sql: `${from.sql} ORDER BY search_text.rowid DESC LIMIT ${String(rankCap)}`, values: from.values };
}

function lowestRanked(db: ReadDb, selection: Selection): number {
  const candidates = candidatesSql(selection);
  const [id] = db.pluck<number | null>(
    `SELECT min(id) FROM (SELECT search_text.rowid AS id ${candidates.sql})`,
    candidates.values,
  );
  return id ?? 0; // why: without candidates there is nothing behind them either
}

function restPage(db: ReadDb, selection: Selection, limit: number, before: number): Page {
  const { id, from } = idsSql(selection);
  const ids = db.pluck<AssetId>(`SELECT ${id} ${from.sql} AND ${id} < ? ORDER BY ${id} DESC LIMIT ?`, [
    ...from.values,
    before,
    limit,
  ]);
  const last = ids.at(-1);
  return { ids, next: last === undefined || ids.length < limit ? null : { order: 'rest', id: last } };
}

type SortedOrder = Exclude<Sort, 'relevance'>;
type SortedRow = { id: AssetId; sortMs: number; nameKey: string; rating: number };

/** Each order with its keys as in the index that it walks, the direction, and the position of a row. */
const orders: Readonly<
  Record<
    SortedOrder,
    { keys: readonly string[]; isDescending: boolean; position: (row: SortedRow) => Position }
  >
> = {
  newest: {
    keys: ['asset.sort_ms', 'asset.id'],
    isDescending: true,
    position: ({ sortMs, id }) => ({ order: 'newest', sortMs, id }),
  },
  oldest: {
    keys: ['asset.sort_ms', 'asset.id'],
    isDescending: false,
    position: ({ sortMs, id }) => ({ order: 'oldest', sortMs, id }),
  },
  name: {
    keys: ['entry.name_key', 'entry.asset_id'],
    isDescending: false,
    position: ({ nameKey, id }) => ({ order: 'name', nameKey, id }),
  },
  rating: {
    keys: ['ifnull(asset.rating, 0)', 'asset.sort_ms', 'asset.id'],
    isDescending: true,
    position: ({ rating, sortMs, id }) => ({ order: 'rating', rating, sortMs, id }),
  },
};

/** By an order that an index keeps. */
export function sortedPage(
  db: ReadDb,
  selection: Selection,
  sort: SortedOrder,
  limit: number,
  after: string | undefined,
): Page {
  const { keys, isDescending, position } = orders[sort];
  const rows = db.all<SortedRow>(...sortedSql(db, selection, sort, keys, isDescending, limit, after));
  const last = rows.at(-1);
  return {
    ids: rows.map((row) => row.id),
    next: last === undefined || rows.length < limit ? null : position(last),
  };
}

function sortedSql(
  db: ReadDb,
  selection: Selection,
  sort: SortedOrder,
  keys: readonly string[],
  isDescending: boolean,
  limit: number,
  after: string | undefined,
): [string, Sql['values']] {
  const from = sort === 'name' ? 'search_entry AS entry CROSS JOIN ' : '';
  const parts: Sql[] = sort === 'name' ? [{ sql: 'asset.id = entry.asset_id', values: [] }] : [];
  if (after !== undefined) {
    const { order: _, ...values } = parseCursor(after, [sort]);
    parts.push({
      sql: `(${keys.join(', ')}) ${isDescending ? '<' : '>'} (${keys.map(() => '?').join(', ')})`,
      values: Object.values(values),
    });
  }
  const columns = `asset.id, asset.sort_ms AS sortMs, ifnull(asset.rating, 0) AS rating,
    ${sort === 'name' ? 'entry.name_key' : "''"} AS nameKey`;
  const direction = isDescending ? ' DESC' : '';
  const tail = `ORDER BY ${keys.map((key) => key + direction).join(', ')} LIMIT ?`;
  if (selection.match === undefined || isCommon(db, selection)) {
    const walk = fromAssets(selection, from);
    const more = all(parts);
    return [`SELECT ${columns} ${walk.sql} AND ${more.sql} ${tail}`, [...walk.values, ...more.values, limit]];
  }
  const { from: matches } = idsSql(selection);
  const join = sort === 'name' ? ' JOIN search_entry AS entry ON entry.asset_id = asset.id' : '';
  const more = all(parts);
  return [
    `WITH found AS MATERIALIZED (SELECT search_text.rowid AS id ${matches.sql})
     SELECT ${columns} FROM found CROSS JOIN asset ON asset.id = found.id${join} WHERE ${more.sql} ${tail}`,
    [...matches.values, ...more.values, limit],
  ];
}

/**
 * Whether it is quicker to walk the assets in order and ask the index for each (about 5 µs a step, and a page is full after
 * page ÷ density steps) than to sort all matches (about 0.6 µs each). For a page of 200 they are even at √(1 700 × assets).
 */
function isCommon(db: ReadDb, selection: Selection): boolean {
  const [assets] = db.pluck<number | null>('SELECT max(id) FROM asset');
  const even = Math.ceil(Math.sqrt(1_700 * (assets ?? 0)));
  return countUpTo(db, selection, even + 1) > even;
}
