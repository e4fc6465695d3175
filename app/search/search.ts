import type { AssetId } from '../contract/ids.ts';
import { AppError } from '../platform/errors.ts';
import { readDocuments, type DocumentField } from './document-store.ts';
import { createHighlighter } from './highlight.ts';
import type { Query } from './query.ts';
import { countCap, toSelection } from './result-store.ts';
import { formatCursor, type Sort } from './search-cursor.ts';
import { rankedPage, sortedPage, type ReadDb } from './search-store.ts';

export type SearchOptions = {
  /** 1–500. @default 100 */
  readonly limit?: number;
  /** `relevance` is `newest` for a query without words. @default 'relevance' */
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
};

export type SearchItem = {
  readonly assetId: AssetId;
  /** At most 160 characters, matches between U+0002 and U+0003; `null` when no text was searched. */
  readonly snippet: string | null;
  readonly matchedIn: readonly DocumentField[];
};

/**
 * One page of what a query finds. Assets whose files are missing are left out unless the query says `is:missing`.
 *
 * @throws {AppError} `invalid-input` for a limit or cursor that is none; never for a query.
 */
export function searchAssets(db: ReadDb, query: Query, options: SearchOptions = {}): SearchResult {
  const { limit = 100, sort = 'relevance', after } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new AppError('invalid-input', { field: 'limit' });
  }
  const selection = toSelection(query);
  const { ids, found, next } =
    sort === 'relevance' && selection.isRanked
      ? rankedPage(db, selection, limit, after)
      : sortedPage(db, selection, sort === 'relevance' ? 'newest' : sort, limit, after);
  return {
    total: Math.min(found, countCap),
    totalIsCapped: found > countCap,
    items: toItems(db, query, ids),
    nextCursor: next === null ? null : formatCursor({ found, position: next }),
  };
}

/** Ids that a page of `listMatches` holds at most. */
const matchesAtOnce = 500;

/** All that a query finds, newest first, page by page: ids alone, without what is shown of a photo. */
export function* listMatches(db: ReadDb, query: Query): Generator<readonly AssetId[]> {
  const selection = toSelection(query);
  let after: string | undefined;
  do {
    const { ids, found, next } = sortedPage(db, selection, 'newest', matchesAtOnce, after);
    yield ids;
    after = next === null ? undefined : formatCursor({ found, position: next });
  } while (after !== undefined);
}

function toItems(db: ReadDb, query: Query, ids: readonly AssetId[]): SearchItem[] {
  const highlight = createHighlighter(query.node);
  if (highlight === undefined) return ids.map((assetId) => ({ assetId, snippet: null, matchedIn: [] }));
  const documents = new Map(readDocuments(db, ids).map((document) => [document.assetId, document]));
  return ids.map((assetId) => {
    const document = documents.get(assetId);
    return { assetId, ...(document === undefined ? { snippet: null, matchedIn: [] } : highlight(document)) };
  });
}
