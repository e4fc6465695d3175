import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { likenessOf, type Query } from './query.ts';
import {
  idsSql,
  idValue,
  mayHaveMissing,
  toFullSelection,
  toSelection,
  type Selection,
} from './result-store.ts';
import { highestAssetId } from './roster-store.ts';
import { rankedPage, type TimesOf } from './search-store.ts';
import { resolveSimilar } from './similar-store.ts';

/** Assets by id that one statement looks at: filters read each of them, the index of words only those that match. */
const lookedAtOnce = { byFilter: 10_000, byWords: 50_000 } as const;

/** Ids of all that a query finds, in parts that take a moment each: give others a turn after each of them. */
export function* listMatchParts(
  db: ReadDb,
  query: Pick<Query, 'node'>,
  options: { readonly onlyPresent: boolean },
): Generator<readonly AssetId[]> {
  const selection: Selection = {
    ...toFullSelection(db, query),
    onlyPresent: options.onlyPresent && mayHaveMissing(db),
  };
  const { id, from } = idsSql(selection);
  const highest = highestAssetId(db);
  const step = selection.match === undefined ? lookedAtOnce.byFilter : lookedAtOnce.byWords;
  for (let after = 0; after < highest; after += step) {
    yield db.pluck<AssetId>(`SELECT ${id} ${from.sql} AND ${id} > ${idValue} AND ${id} <= ${idValue}`, [
      ...from.values,
      after,
      after + step,
    ]);
  }
}

/** The best of what a query finds, best first; `undefined` when it has neither words nor a likeness to rank by. */
export function listBest(
  db: ReadDb,
  typed: Pick<Query, 'node'>,
  limit: number,
  timesOf: TimesOf,
): readonly AssetId[] | undefined {
  const query = resolveSimilar(db, typed);
  const selection = toSelection(query, db);
  if (selection.isRanked) return rankedPage(db, selection, limit, undefined, timesOf).ids;
  return likenessOf(query.node)?.slice(0, limit);
}
