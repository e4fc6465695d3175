import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { scoreSql } from './index-store.ts';
import {
  all,
  countCap,
  countUpTo,
  fromAssets,
  idsSql,
  idValue,
  type Selection,
  type Sql,
} from './result-store.ts';
import { keptBeginning } from './match-expression.ts';
import { nearBest, orderBest, raise, type Scored, type TimeOf } from './ranking.ts';
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
/**
 * What so many words begin with says nothing yet of which photo is the better one: the newest of those that were added last
 * come first. To score each would take most of the time from a key to what it finds.
 */
const mostScoredByBeginning = 5_000;

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

/** Finds out when some assets were taken. */
export type TimesOf = (ids: readonly AssetId[]) => TimeOf;

/**
 * The best first; behind the ranked ones the rest, last added first.
 *
 * @param timesOf which decides between ties. @default what SQL knows: as long again as the ranking itself
 */
export function rankedPage(
  db: ReadDb,
  selection: Selection,
  limit: number,
  after: string | undefined,
  timesOf: TimesOf = (ids) => readTimes(db, ids),
): Page {
  const cursor = after === undefined ? undefined : parseCursor(after, ['relevance', 'rest']);
  if (cursor?.position.order === 'rest') {
    return restPage(db, selection, limit, cursor.found, cursor.position.id);
  }
  const { ids, scores, lowest } = scoreLast(db, selection, timesOf);
  const found = ids.length;
  const near = nearBest(ids, scores, limit, cursor?.position.score);
  const best = orderBest(near, timesOf(idsOf(near)), limit, cursor?.position);
  const last = best.at(-1);
  const page = best.map(({ id }) => id);
  if (last !== undefined && best.length === limit) {
    return { ids: page, found, next: { order: 'relevance', ...last } };
  }
  if (found < rankCap) return { ids: page, found, next: null };
  const rest = restPage(db, selection, limit - page.length, found, lowest);
  return { ...rest, ids: [...page, ...rest.ids] };
}

export type Beginning = {
  readonly ids: readonly AssetId[];
  /** All that is found are among them. */
  readonly isAll: boolean;
  /** How many were found, or at least so many. */
  readonly found: number;
};

/** All of a small result, or the best `limit` of a large one; the best first. */
export function rankedBeginning(
  db: ReadDb,
  selection: Selection,
  limit: number,
  timesOf: TimesOf = (ids) => readTimes(db, ids),
): Beginning {
  return beginningOf(scoreLast(db, selection, timesOf), limit, timesOf);
}

/** The same, but the newest first. */
export function newestBeginning(
  db: ReadDb,
  selection: Selection,
  limit: number,
  timesOf: TimesOf = (ids) => readTimes(db, ids),
): Beginning {
  return beginningOf(byTime(listLast(db, selection), timesOf), limit, timesOf);
}

function beginningOf({ ids, scores }: LastAdded, limit: number, timesOf: TimesOf): Beginning {
  const found = ids.length;
  const isAll = found < rankCap;
  const wanted = isAll ? found : limit;
  const near = nearBest(ids, scores, wanted);
  const best = orderBest(near, timesOf(idsOf(near)), wanted, undefined);
  return { ids: best.map(({ id }) => id), isAll, found: Math.min(found, countCap) };
}

type LastAdded = { readonly ids: AssetId[]; readonly scores: number[]; readonly lowest: number };

/** The last added of what is found, with their scores, smaller ones better. */
function scoreLast(db: ReadDb, selection: Selection, timesOf: TimesOf): LastAdded {
  if (selection.longestBeginning > 0) {
    const ids = listLast(db, selection);
    if (ids.length > mostScoredByBeginning) return byTime(ids, timesOf);
  }
  const { ids, scores } = scored(db, selection);
  const lowest = ids.length === 0 ? 0 : Math.min(...ids);
  if (selection.phrase !== undefined) raise(ids, scores, listHaving(db, selection.phrase, lowest));
  return { ids, scores, lowest };
}

/** The newest are the best. @param ids the last added first */
function byTime(ids: AssetId[], timesOf: TimesOf): LastAdded {
  const timeOf = timesOf(ids);
  return { ids, scores: ids.map((id) => -(timeOf(id) ?? 0)), lowest: ids.at(-1) ?? 0 };
}

function idsOf(near: readonly Scored[]): AssetId[] {
  return near.map(({ id }) => id);
}

/** The last added first. */
function listLast(db: ReadDb, selection: Selection): AssetId[] {
  const { id, from } = idsSql(selection);
  return db.pluck(`SELECT ${id} ${from.sql} ORDER BY ${id} DESC LIMIT ${String(rankCap)}`, from.values);
}

/** In one row, since 10 000 take a third of the time that way. */
function scored(db: ReadDb, selection: Selection): { ids: AssetId[]; scores: number[] } {
  const { from } = idsSql(selection);
  const row = db.get<{ ids: string; scores: string }>(
    `SELECT json_group_array(id) AS ids, json_group_array(score) AS scores FROM (
       SELECT search_text.rowid AS id, ${scoreSql} AS score ${from.sql}
       ORDER BY search_text.rowid DESC LIMIT ${String(rankCap)})`,
    from.values,
  );
  const { ids, scores } = row ?? { ids: '[]', scores: '[]' };
  return { ids: JSON.parse(ids) as AssetId[], scores: JSON.parse(scores) as number[] }; // why: the SQL above makes them
}

/** Assets that have the phrase, from one on. */
function listHaving(db: ReadDb, phrase: string, from: number): AssetId[] {
  return db.pluck(`SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid >= ${idValue}`, [
    phrase,
    from,
  ]);
}

function readTimes(db: ReadDb, ids: readonly AssetId[]): TimeOf {
  const rows = db.rows<[AssetId, number]>(
    'SELECT asset.id, asset.sort_ms FROM json_each(?) AS wanted CROSS JOIN asset ON asset.id = wanted.value',
    [JSON.stringify(ids)],
  );
  const times = new Map(rows);
  return (id) => times.get(id);
}

/** As alike as a photo's look-alikes are listed: the nearest first. */
export function alikePage(
  db: ReadDb,
  selection: Selection,
  alike: readonly AssetId[],
  limit: number,
  after: string | undefined,
): Page {
  const cursor = after === undefined ? undefined : parseCursor(after, ['alike']);
  const from = fromAssets(selection, 'json_each(?) AS near CROSS JOIN ');
  const rows = db.all<{ id: AssetId; place: number }>(
    `SELECT asset.id, near.key AS place ${from.sql} AND asset.id = near.value AND near.key > ? ORDER BY near.key LIMIT ?`,
    [JSON.stringify(alike), ...from.values, cursor?.position.place ?? -1, limit],
  );
  const last = rows.at(-1);
  return {
    ids: rows.map(({ id }) => id),
    found: cursor?.found ?? countUpTo(db, selection, countCap + 1),
    next: last === undefined || rows.length < limit ? null : { order: 'alike', place: last.place },
  };
}

function restPage(db: ReadDb, selection: Selection, limit: number, found: number, before: number): Page {
  const { id, from } = idsSql(selection);
  const ids = db.all<{ id: AssetId }>(
    `SELECT ${id} AS id ${from.sql} AND ${id} < ${idValue} ORDER BY ${id} DESC LIMIT ?`,
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
  const isWalked = selection.match === undefined || (found > countCap && mayBeWalked(db, selection));
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

/** Asked for one photo, a long beginning costs as much as for all. */
function mayBeWalked(db: ReadDb, { match, longestBeginning }: Selection): boolean {
  return match !== undefined && longestBeginning <= keptBeginning && isCommon(db, match);
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
