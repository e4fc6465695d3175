import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDb } from './roster-store.ts';
import {
  countKeywords,
  keywordNames,
  listKeywordIdsBetween,
  listKeywordIdsOf,
  listKeywords,
} from './keyword-store.ts';
import type { Marks } from './matches.ts';
import { quoted, type Facet } from './roster-facets.ts';

/** Assets whose keywords are read in one turn. */
const readAtOnce = 1_000;
/** Of a larger part of the library everything is read in order, which is quicker than one by one. */
const smallShare = 0.1;

/** The keywords of the whole library: SQLite keeps count of them. */
export function countAllKeywords(db: ReadDb, limit: number): Facet {
  const values = listKeywords(db, '', limit);
  return {
    values: values.map(({ keyword, assetCount }) => toValue(keyword, assetCount)),
    distinct: countKeywords(db),
  };
}

/** The keywords of what was found, most first; with a turn for others now and then. */
export async function countKeywordsOf(db: ReadDb, marks: Marks, limit: number): Promise<Facet> {
  const counts = new Map<number, number>();
  const add = (keywordId: number): void => {
    counts.set(keywordId, (counts.get(keywordId) ?? 0) + 1);
  };
  const { isFound } = marks;
  if (marks.count <= isFound.length * smallShare) {
    for (const ids of pagesOf(isFound)) {
      for (const keywordId of listKeywordIdsOf(db, ids)) add(keywordId);
      await nextTurn();
    }
  } else {
    for (let after = -1; after < isFound.length; after += readAtOnce) {
      for (const [assetId, keywordId] of listKeywordIdsBetween(db, after, after + readAtOnce)) {
        if (isFound[assetId] === 1) add(keywordId);
      }
      await nextTurn();
    }
  }
  const best = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, limit);
  const names = keywordNames(
    db,
    best.map(([id]) => id),
  );
  return {
    values: best.map(([id, count]) => toValue(names.get(id) ?? '', count)),
    distinct: counts.size,
  };
}

function toValue(keyword: string, count: number): Facet['values'][number] {
  return { value: keyword, count, query: `keyword:${quoted(keyword)}` };
}

function* pagesOf(isFound: Uint8Array): Generator<number[]> {
  let page: number[] = [];
  for (let id = 0; id < isFound.length; id += 1) {
    if (isFound[id] !== 1) continue;
    page.push(id);
    if (page.length < readAtOnce) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
