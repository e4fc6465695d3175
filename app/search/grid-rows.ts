import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGridOrder, gridFlagsMask, ratingOf } from '../contract/grid-order.ts';
import type { GridSort } from '../contract/procedures/shared.ts';
import type { ReadDb } from './roster-store.ts';
import { listLastDescribed } from './last-described-store.ts';
import { listBest } from './match-store.ts';
import type { Marks } from './matches.ts';
import type { Query } from './query.ts';
import type { TimeOf } from './ranking.ts';
import { Roster } from './roster.ts';
import { beginMatches } from './search.ts';
import type { TimesOf } from './search-store.ts';

/** Ranking reads every match; behind the best so many come the rest, latest first. */
const mostRanked = 10_001;
/** Photos that are written in one turn: some milliseconds, also of a busy processor. */
const writtenAtOnce = 50_000;
/** More than a window shows at once. */
const firstPhotos = 500;

type GridOptions = {
  readonly query: Pick<Query, 'node'>;
  readonly sort: GridSort;
  readonly signal?: AbortSignal | undefined;
};

type WrittenOrder = { readonly buffer: ArrayBuffer; readonly count: number };

/** What was found, in the order of the grid, as its resource has it. With a turn for others now and then. */
export async function toGridOrder(
  db: ReadDb,
  roster: Roster,
  found: Marks,
  { query, sort, signal }: GridOptions,
): Promise<WrittenOrder> {
  const ids = await inOrder(db, roster, found, query, sort);
  signal?.throwIfAborted();
  return writeOrder(roster, ids, signal);
}

/**
 * What is seen first of what a query finds, as `beginMatches` has it: written from what the roster holds at this moment, or
 * from the library where it has not been read. `undefined` where the whole order is as quick.
 */
export async function beginGridOrder(
  db: ReadDb,
  live: Roster,
  { query, sort }: GridOptions,
): Promise<(WrittenOrder & { readonly isWhole: boolean; readonly found: number }) | undefined> {
  if (sort === 'described') return undefined;
  const timesOf: TimesOf | undefined = live.isRead ? () => timesIn(live) : undefined;
  const begun = beginMatches(db, query, { sort, limit: firstPhotos, timesOf });
  if (begun === undefined) return undefined;
  const ids = begun.isAll && live.isRead ? begun.ids : begun.ids.slice(0, firstPhotos);
  const roster = live.isRead ? live : Roster.of(db, ids);
  const known = Uint32Array.from(ids).filter((id) => (roster.columns.bits[id] ?? 0) !== 0);
  const isWhole = begun.isAll && ids.length === begun.ids.length && !(live.isRead && live.hasChanges);
  return { ...(await writeOrder(roster, known)), isWhole, found: begun.found };
}

async function writeOrder(roster: Roster, ids: Uint32Array, signal?: AbortSignal): Promise<WrittenOrder> {
  const order = createGridOrder(ids.length);
  order.ids.set(ids);
  const { sortMs, bits, groups, aspects, colors, versions } = roster.columns;
  for (let start = 0; start < ids.length; start += writtenAtOnce) {
    const end = Math.min(start + writtenAtOnce, ids.length);
    for (let at = start; at < end; at += 1) {
      const id = ids[at] ?? 0;
      order.minutes[at] = Math.floor((sortMs[id] ?? 0) / 60_000);
      order.aspects[at] = aspects[id] ?? 0;
      // Those above are the roster's own.
      order.flags[at] = (bits[id] ?? 0) & gridFlagsMask;
      order.groups[at] = groups[id] ?? 0;
      order.colors[at] = colors[id] ?? 0;
      order.versions[at] = versions[id] ?? 0;
    }
    if (end < ids.length) await nextTurn();
    signal?.throwIfAborted();
  }
  return { buffer: order.buffer, count: order.count };
}

async function inOrder(
  db: ReadDb,
  roster: Roster,
  found: Marks,
  query: Pick<Query, 'node'>,
  sort: GridSort,
): Promise<Uint32Array> {
  switch (sort) {
    case 'newest':
      return foundOf(await roster.newest(), found);
    case 'oldest':
      return foundOf(await roster.newest(), found).toReversed();
    case 'name':
      return foundOf(await roster.byName(), found);
    case 'rating':
      return bestRatedFirst(roster, foundOf(await roster.newest(), found));
    case 'described':
      return bestFirst(listLastDescribed(db, mostRanked), foundOf(await roster.newest(), found), found);
    case 'relevance': {
      const best = listBest(db, query, mostRanked, () => timesIn(roster));
      const newest = foundOf(await roster.newest(), found);
      return best === undefined ? newest : bestFirst(best, newest, found);
    }
  }
}

function foundOf(ids: Uint32Array, { isFound, count }: Marks): Uint32Array {
  const kept = new Uint32Array(count);
  let length = 0;
  for (const id of ids) {
    if (isFound[id] !== 1) continue;
    kept[length] = id;
    length += 1;
  }
  return kept.subarray(0, length);
}

function timesIn({ columns: { bits, sortMs } }: Roster): TimeOf {
  return (id) => ((bits[id] ?? 0) === 0 ? undefined : sortMs[id]);
}

const highestRating = 5;
const ratings = highestRating + 2;

/** Those of the same rating stay as they are. Counted first, so that two looks at each are enough. */
function bestRatedFirst({ columns: { bits } }: Roster, ids: Uint32Array): Uint32Array {
  const rankOf = (id: number): number => highestRating - ratingOf(bits[id] ?? 0);
  const places = new Uint32Array(ratings + 1);
  for (const id of ids) {
    const next = rankOf(id) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let rank = 1; rank < ratings; rank += 1) places[rank] = (places[rank] ?? 0) + (places[rank - 1] ?? 0);
  const sorted = new Uint32Array(ids.length);
  for (const id of ids) {
    const rank = rankOf(id);
    const place = places[rank] ?? 0;
    sorted[place] = id;
    places[rank] = place + 1;
  }
  return sorted;
}

function bestFirst(best: readonly number[], newest: Uint32Array, { isFound }: Marks): Uint32Array {
  const first = best.filter((id) => isFound[id] === 1);
  const isFirst = new Set<number>(first);
  const sorted = new Uint32Array(newest.length);
  sorted.set(first);
  let length = first.length;
  for (const id of newest) {
    if (isFirst.has(id)) continue;
    sorted[length] = id;
    length += 1;
  }
  return sorted;
}
