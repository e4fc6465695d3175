import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { scoreSql } from './index-store.ts';
import { all, countCap, countUpTo, fromAssets, idsSql, type Selection, type Sql } from './result-store.ts';
import { parseCursor, type Cursor, type Position, type Sort } from './search-cursor.ts';

export type { ReadDb } from '../db/open.ts';

/** Ids in order, how many there are in all (more than `countCap` stands for any larger number), and the last row if more follow. */
export type Page = {
  readonly ids: readonly AssetId[];
  readonly found: number;
  readonly next: Position | null;
};

/** Ranking reads every match; of a very common word only the last added are ranked (SPEED §4: 277 ms → 20 ms). */
const rankCap = countCap + 1;
/** Words side by side, as they were typed, count so many times as much as scattered ones. */
const phraseFactor = 2;

/** Behind all that was ranked: what only other words find, last added first. */
export function morePage(
  db: ReadDb,
  more: Selection,
  limit: number,
  found: number,
  position: Extract<Position, { order: 'more' }> | undefined,
): Page {
  const page = restPage(db, more, limit, found, position?.id ?? Number.MAX_SAFE_INTEGER);
  return { ...page, next: page.next?.order === 'rest' ? { order: 'more', id: page.next.id } : null };
}

/** The best first; behind the ranked ones the rest, last added first. */
export function rankedPage(db: ReadDb, selection: Selection, limit: number, after: string | undefined): Page {
  const cursor = after === undefined ? undefined : parseCursor(after, ['relevance', 'rest']);
  if (cursor?.position.order === 'rest') {
    return restPage(db, selection, limit, cursor.found, cursor.position.id);
  }
  const rows = db.all<RankedRow>(...rankedSql(selection, limit, cursor?.position));
  const last = rows.at(-1);
  // The totals stand on a row of their own.
  const { found, lowest } = { found: rows[0]?.found ?? 0, lowest: rows[0]?.lowest ?? 0 };
  const ids = rows.flatMap((row) => row.id ?? []);
  if (last !== undefined && last.id !== null && ids.length === limit) {
    return { ids, found, next: { order: 'relevance', score: last.score, sortMs: last.sortMs, id: last.id } };
  }
  if (found < rankCap) return { ids, found, next: null };
  const rest = restPage(db, selection, limit - ids.length, found, lowest);
  return { ...rest, ids: [...ids, ...rest.ids] };
}

type RankedRow = { found: number; lowest: number | null; id: AssetId | null; score: number; sortMs: number };

/**
 * `edge` is the score of the page's last row: only rows up to it are joined with their assets, whose `sort_ms` decides
 * between ties. Ties with the last row of the page before may fill a page, so they come on top of it.
 */
function rankedSql(
  selection: Selection,
  limit: number,
  position: Cursor<'relevance'>['position'] | undefined,
): [string, Sql['values']] {
  const { from } = idsSql(selection);
  const ranked: Sql =
    selection.phrase === undefined
      ? { sql: 'SELECT id, score FROM candidate', values: [] }
      : {
          sql: `SELECT id, CASE WHEN id IN (SELECT rowid FROM search_text WHERE search_text MATCH ?
              AND rowid >= (SELECT min(id) FROM candidate)) THEN score * ${String(phraseFactor)} ELSE score END AS score
            FROM candidate`,
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
  return [
    `WITH candidate AS MATERIALIZED (
         SELECT search_text.rowid AS id, ${scoreSql} AS score ${from.sql}
         ORDER BY search_text.rowid DESC LIMIT ${String(rankCap)}),
       ranked AS ${selection.phrase === undefined ? '' : 'MATERIALIZED'} (${ranked.sql}),
       edge AS (SELECT score FROM ranked WHERE score > ? ORDER BY score LIMIT 1 OFFSET ?),
       page AS (
         SELECT ranked.id, ranked.score, asset.sort_ms AS sortMs FROM ranked CROSS JOIN asset ON asset.id = ranked.id
         WHERE ranked.score >= ? AND ranked.score <= ifnull((SELECT score FROM edge), 1e300) AND ${later.sql}
         ORDER BY ranked.score, asset.sort_ms DESC, asset.id DESC LIMIT ?)
     SELECT whole.found, whole.lowest, page.id, page.score, page.sortMs
     FROM (SELECT count(*) AS found, min(id) AS lowest FROM candidate) AS whole LEFT JOIN page
     ORDER BY page.score, page.sortMs DESC, page.id DESC`,
    [...from.values, ...ranked.values, afterScore, limit - 1, afterScore, ...later.values, limit],
  ];
}

function restPage(db: ReadDb, selection: Selection, limit: number, found: number, before: number): Page {
  const { id, from } = idsSql(selection);
  const ids = db.all<{ id: AssetId }>(
    `SELECT ${id} AS id ${from.sql} AND ${id} < ? ORDER BY ${id} DESC LIMIT ?`,
    [...from.values, before, limit],
  );
  const last = ids.at(-1);
  return {
    ids: ids.map((row) => row.id),
    found,
    next: last === undefined || ids.length < limit ? null : { order: 'rest', id: last.id },
  };
}

type SortedOrder = Exclude<Sort, 'relevance'>;
type SortedRow = { id: AssetId; sortMs: number; nameKey: string; rating: number };

/** Each order by its keys, which are those of an index. */
const orders: Readonly<Record<SortedOrder, { keys: readonly string[]; isDescending: boolean }>> = {
  newest: { keys: ['asset.sort_ms', 'asset.id'], isDescending: true },
  oldest: { keys: ['asset.sort_ms', 'asset.id'], isDescending: false },
  name: { keys: ['entry.name_key', 'entry.asset_id'], isDescending: false },
  rating: { keys: ['ifnull(asset.rating, 0)', 'asset.sort_ms', 'asset.id'], isDescending: true },
};

/** By an order that an index keeps. */
export function sortedPage(
  db: ReadDb,
  selection: Selection,
  sort: SortedOrder,
  limit: number,
  after: string | undefined,
): Page {
  const cursor = after === undefined ? undefined : parseCursor(after, [sort]);
  const found = cursor?.found ?? countUpTo(db, selection, countCap + 1);
  const isWalked = selection.match === undefined || (found > countCap && isCommon(db, selection.match));
  const { keys, isDescending } = orders[sort];
  const later = cursor === undefined ? [] : [laterSql(keys, isDescending, cursor.position)];
  const source = isWalked ? walkSql(selection, sort, later) : matchesSql(selection, sort, later);
  const direction = isDescending ? ' DESC' : '';
  const rows = db.all<SortedRow>(
    `${source.sql} ORDER BY ${keys.map((key) => key + direction).join(', ')} LIMIT ?`,
    [...source.values, limit],
  );
  const last = rows.at(-1);
  return {
    ids: rows.map((row) => row.id),
    found,
    next: last === undefined || rows.length < limit ? null : positionOf(sort, last),
  };
}

/**
 * Whether it is quicker to walk the assets in order and ask the index for each (about 5 µs a step, and a page is full after
 * page ÷ density steps) than to sort all matches (about 0.6 µs each). For a page of 200 they are even at √(1 700 × assets).
 */
function isCommon(db: ReadDb, match: string): boolean {
  const highest = db.get<{ id: number | null }>('SELECT max(id) AS id FROM asset')?.id ?? 0;
  const even = Math.ceil(Math.sqrt(1_700 * highest));
  const counted = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT ?)',
    [match, even + 1],
  );
  return counted !== undefined && counted.count > even;
}

const columnsOf = (
  sort: SortedOrder,
) => `asset.id, asset.sort_ms AS sortMs, ifnull(asset.rating, 0) AS rating,
  ${sort === 'name' ? 'entry.name_key' : "''"} AS nameKey`;

function walkSql(selection: Selection, sort: SortedOrder, later: readonly Sql[]): Sql {
  const entries = sort === 'name' ? 'search_entry AS entry CROSS JOIN ' : '';
  const from = fromAssets(selection, entries);
  const more = all(sort === 'name' ? [{ sql: 'asset.id = entry.asset_id', values: [] }, ...later] : later);
  return {
    sql: `SELECT ${columnsOf(sort)} ${from.sql} AND ${more.sql}`,
    values: [...from.values, ...more.values],
  };
}

function matchesSql(selection: Selection, sort: SortedOrder, later: readonly Sql[]): Sql {
  const { id, from } = idsSql(selection);
  const entries = sort === 'name' ? ' CROSS JOIN search_entry AS entry ON entry.asset_id = asset.id' : '';
  const more = all(later);
  return {
    sql: `WITH found AS MATERIALIZED (SELECT ${id} AS id ${from.sql})
      SELECT ${columnsOf(sort)} FROM found CROSS JOIN asset ON asset.id = found.id${entries} WHERE ${more.sql}`,
    values: [...from.values, ...more.values],
  };
}

/** Behind the last row of the page before. The first key alone is for the planner, which knows no other bound on an expression. */
function laterSql(
  keys: readonly string[],
  isDescending: boolean,
  position: Cursor<SortedOrder>['position'],
): Sql {
  const { order: _, ...parts } = position;
  const values = Object.values(parts);
  const [operator, marks] = [isDescending ? '<' : '>', keys.map(() => '?').join(', ')];
  return {
    sql: `${keys[0] ?? 'TRUE'} ${operator}= ? AND (${keys.join(', ')}) ${operator} (${marks})`,
    values: [...values.slice(0, 1), ...values],
  };
}

/** Its parts in the order of the keys. */
function positionOf(sort: SortedOrder, { id, sortMs, nameKey, rating }: SortedRow): Position {
  if (sort === 'name') return { order: sort, nameKey, id };
  return sort === 'rating' ? { order: sort, rating, sortMs, id } : { order: sort, sortMs, id };
}
