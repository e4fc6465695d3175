import type { AssetId } from '../contract/ids.ts';
import { AppError } from '../platform/errors.ts';
import type { DocumentField } from '../contract/match.ts';
import { readDocuments } from './document-store.ts';
import { createHighlighter, type WordMatch } from './highlight.ts';
import type { OtherWord } from './other-words.ts';
import { likenessOf, positiveLeaves, type Query, type QueryNode } from './query.ts';
import {
  countCap,
  countUpTo,
  findsFew,
  toFullSelection,
  toSelection,
  widen,
  type Selection,
} from './result-store.ts';
import { resolveSimilar } from './similar-store.ts';
import { formatCursor, isAfterRanked, parseCursor, type Sort } from './search-cursor.ts';
import {
  alikePage,
  morePage,
  newestBeginning,
  rankedBeginning,
  rankedPage,
  sortedPage,
  type Beginning,
  type Page,
  type ReadDb,
  type TimesOf,
} from './search-store.ts';

export type SearchOptions = {
  /** 1–500. @default 100 */
  readonly limit?: number;
  /** `relevance` is likeness for `similar:` without words, and `newest` where there is neither. @default 'relevance' */
  readonly sort?: Sort;
  /** `nextCursor` of the page before, with the same query and sort. */
  readonly after?: string;
};

export type SearchResult = {
  /** As the first page counted it. */
  readonly total: number;
  /** True when there are more than `total`. */
  readonly totalIsCapped: boolean;
  readonly items: readonly SearchItem[];
  /** `null` on the last page. */
  readonly nextCursor: string | null;
  /** So many have the typed words themselves that no other words were looked for. */
  readonly leavesOutOthers: boolean;
};

export type SearchItem = {
  readonly assetId: AssetId;
  /** At most 160 characters, matches between U+0002 and U+0003; `null` when no text was searched. */
  readonly snippet: string | null;
  readonly matchedIn: readonly DocumentField[];
  /** Why it was found: fields in the same order. */
  readonly matches: readonly WordMatch[];
};

/**
 * One page of what a query finds. Assets whose files are missing are left out unless the query says `is:missing`. What the
 * typed words find comes first; what only other words find (synonyms, kinds, other spellings) behind it.
 *
 * @throws {AppError} `invalid-input` for a limit or cursor that is none; never for a query.
 */
export function searchAssets(db: ReadDb, typed: Query, options: SearchOptions = {}): SearchResult {
  const { limit = 100, sort = 'relevance', after } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new AppError('invalid-input', { field: 'limit' });
  }
  const query = resolveSimilar(db, typed);
  const { page, others } =
    sort === 'relevance'
      ? bestMatches(db, query, limit, after)
      : sortedMatches(db, query, sort, limit, after);
  const { ids, found, next } = page;
  return {
    total: Math.min(found, countCap),
    totalIsCapped: found > countCap,
    items: toItems(db, query, others, ids),
    nextCursor: next === null ? null : formatCursor({ found, position: next }),
    leavesOutOthers: found > countCap && mayMeanOthers(query.node),
  };
}

type Matches = { readonly page: Page; readonly others: readonly OtherWord[] };

/** By what there is to tell better from worse: words, else likeness, else nothing. */
function bestMatches(db: ReadDb, query: Query, limit: number, after: string | undefined): Matches {
  const exact = toSelection(query, db);
  if (exact.isRanked) return rankedMatches(db, query, exact, limit, after);
  const alike = likenessOf(query.node);
  if (alike === undefined) return sortedMatches(db, query, 'newest', limit, after);
  return { page: alikePage(db, exact, alike, limit, after), others: [] };
}

function rankedMatches(
  db: ReadDb,
  query: Query,
  exact: Selection,
  limit: number,
  after: string | undefined,
): Matches {
  if (after !== undefined && isAfterRanked(after)) {
    const { found, position } = parseCursor(after, ['more']);
    const wider = widen(db, query, exact);
    // A library that changed meanwhile may have no other words any more.
    if (wider === undefined) return { page: { ids: [], found, next: null }, others: [] };
    return { page: morePage(db, wider.more, limit, found, position), others: wider.others };
  }
  const page = rankedPage(db, exact, limit, after);
  const wider = page.found > countCap ? undefined : widen(db, query, exact);
  if (wider === undefined) return { page, others: [] };
  const found = page.found + countUpTo(db, wider.more, countCap + 1);
  if (page.next !== null) return { page: { ...page, found }, others: wider.others };
  const more = morePage(db, wider.more, limit - page.ids.length, found, undefined);
  return { page: { ...more, ids: [...page.ids, ...more.ids] }, others: wider.others };
}

function sortedMatches(
  db: ReadDb,
  query: Pick<Query, 'node'>,
  sort: Exclude<Sort, 'relevance'>,
  limit: number,
  after: string | undefined,
): Matches {
  const exact = toSelection(query, db);
  const wider = findsFew(db, exact) ? widen(db, query, exact) : undefined;
  return {
    page: sortedPage(db, wider?.all ?? exact, sort, limit, after),
    others: wider?.others ?? [],
  };
}

/**
 * The first photos of what a query finds, in an order of the grid, or all where they are few: what is seen of it before all
 * are found. `undefined` where that is no quicker than to find all.
 *
 * @param limit of those that are not all
 * @param timesOf as `rankedPage` has it
 */
export function beginMatches(
  db: ReadDb,
  typed: Pick<Query, 'node'>,
  options: { readonly sort: Sort; readonly limit: number; readonly timesOf: TimesOf | undefined },
): Beginning | undefined {
  const query = resolveSimilar(db, typed);
  const exact = toSelection(query, db);
  if (options.sort !== 'relevance') return beginSorted(db, query, options.sort, options.limit);
  if (exact.isRanked) return beginRanked(db, query, exact, options);
  return likenessOf(query.node) === undefined ? beginSorted(db, query, 'newest', options.limit) : undefined;
}

function beginSorted(
  db: ReadDb,
  query: Pick<Query, 'node'>,
  sort: Exclude<Sort, 'relevance'>,
  limit: number,
): Beginning {
  const { ids, found, next } = sortedMatches(db, query, sort, limit, undefined).page;
  return { ids, isAll: next === null, found: Math.min(found, countCap) };
}

function beginRanked(
  db: ReadDb,
  query: Pick<Query, 'node'>,
  exact: Selection,
  { limit, timesOf }: { readonly limit: number; readonly timesOf: TimesOf | undefined },
): Beginning | undefined {
  const first = rankedBeginning(db, exact, limit, timesOf);
  const wider = first.isAll ? widen(db, query, exact) : undefined;
  if (wider === undefined) return first;
  const more = newestBeginning(db, wider.more, limit, timesOf);
  const found = Math.min(first.found + more.found, countCap);
  if (more.isAll) return { ids: [...first.ids, ...more.ids], isAll: true, found };
  return first.found === 0 ? undefined : { ids: first.ids.slice(0, limit), isAll: false, found };
}

/** Ids that a page of `listMatches` holds at most. */
const matchesAtOnce = 500;

/** All that a query finds, newest first, page by page: ids alone, without what is shown of a photo. */
export function* listMatches(db: ReadDb, query: Query): Generator<readonly AssetId[]> {
  const selection = toFullSelection(db, query);
  let after: string | undefined;
  do {
    const { ids, found, next } = sortedPage(db, selection, 'newest', matchesAtOnce, after);
    yield ids;
    after = next === null ? undefined : formatCursor({ found, position: next });
  } while (after !== undefined);
}

/** The same as a page says of its photos, for photos of an order of somebody else. */
export function explainMatches(
  db: ReadDb,
  typed: Query,
  ids: readonly AssetId[],
): Pick<SearchResult, 'items' | 'leavesOutOthers'> {
  const query = resolveSimilar(db, typed);
  const exact = toSelection(query, db);
  const isFew = findsFew(db, exact);
  const wider = isFew ? widen(db, query, exact) : undefined;
  return {
    items: toItems(db, query, wider?.others ?? [], ids),
    leavesOutOthers: !isFew && mayMeanOthers(query.node),
  };
}

/** Whether other words may stand for a typed one. */
function mayMeanOthers(node: QueryNode | null): boolean {
  return positiveLeaves(node).some((leaf) => leaf.kind === 'text' && leaf.match !== 'phrase');
}

function toItems(
  db: ReadDb,
  query: Query,
  others: readonly OtherWord[],
  ids: readonly AssetId[],
): SearchItem[] {
  const highlight = createHighlighter(query.node, others);
  const nothing = { snippet: null, matchedIn: [], matches: [] };
  if (highlight === undefined) return ids.map((assetId) => ({ assetId, ...nothing }));
  const documents = new Map(readDocuments(db, ids).map((document) => [document.assetId, document]));
  return ids.map((assetId) => {
    const document = documents.get(assetId);
    return { assetId, ...(document === undefined ? nothing : highlight(document)) };
  });
}

/** A page of what a query finds, as ids alone, in an order that does not depend on the query. */
export function searchPage(
  db: ReadDb,
  typed: Query,
  options: {
    readonly limit: number;
    readonly sort: Exclude<Sort, 'relevance'>;
    readonly after: string | undefined;
  },
): { readonly ids: readonly AssetId[]; readonly nextCursor: string | null } {
  const query = resolveSimilar(db, typed);
  const { ids, found, next } = sortedMatches(db, query, options.sort, options.limit, options.after).page;
  return { ids, nextCursor: next === null ? null : formatCursor({ found, position: next }) };
}
