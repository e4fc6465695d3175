import type { AssetId } from '../contract/ids.ts';

/** A found asset and how well it matches: smaller is better, as bm25 has it. */
export type Scored = { readonly id: AssetId; readonly score: number };

/** When an asset was taken; `undefined` when it is gone. */
export type TimeOf = (id: AssetId) => number | undefined;

/** Among the ranked: behind which asset a page begins. */
export type RankedPosition = { readonly score: number; readonly sortMs: number; readonly id: number };

/** Words side by side, as they were typed, count so many times as much as scattered ones. */
const phraseFactor = 2;

/** Raises the scores of some assets, in place. */
export function raise(ids: readonly AssetId[], scores: number[], raised: readonly AssetId[]): void {
  if (raised.length === 0) return;
  const isRaised = new Set(raised);
  for (const [at, id] of ids.entries()) {
    if (isRaised.has(id)) scores[at] = (scores[at] ?? 0) * phraseFactor;
  }
}

/**
 * All that may stand on a page of `limit`, in no order: the best behind `after`, whatever is as good as the last of them, and
 * what is as good as `after` itself, some of which the page before has shown.
 */
export function nearBest(
  ids: readonly AssetId[],
  scores: readonly number[],
  limit: number,
  after = Number.NEGATIVE_INFINITY,
): Scored[] {
  const later = Float64Array.from(scores.filter((score) => score > after)).toSorted();
  const edge = later[limit - 1] ?? Number.POSITIVE_INFINITY;
  return ids.flatMap((id, at) => {
    const score = scores[at] ?? 0;
    return score >= after && score <= edge ? [{ id, score }] : [];
  });
}

/** A page: the best first, of equally good ones the newest. Assets without a time are gone meanwhile. */
export function orderBest(
  near: readonly Scored[],
  timeOf: TimeOf,
  limit: number,
  after: RankedPosition | undefined,
): (Scored & RankedPosition & { readonly id: AssetId })[] {
  return near
    .flatMap(({ id, score }) => {
      const sortMs = timeOf(id);
      return sortMs === undefined ? [] : [{ score, sortMs, id }];
    })
    .filter((asset) => after === undefined || compare(asset, after) > 0)
    .toSorted(compare)
    .slice(0, limit);
}

function compare(one: RankedPosition, other: RankedPosition): number {
  return one.score - other.score || other.sortMs - one.sortMs || other.id - one.id;
}
