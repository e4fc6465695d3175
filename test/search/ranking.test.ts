import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { nearBest, orderBest, raise, type RankedPosition } from '../../app/search/ranking.ts';

/** Few scores and times, so that many are equal. */
const library = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 60 }),
    score: fc.integer({ min: -4, max: -1 }),
    sortMs: fc.integer({ min: 0, max: 3 }),
  }),
  {
    selector: ({ id }) => id,
    maxLength: 40,
  },
);

test('pages follow one another through all that was ranked: the best first, of equally good ones the newest', () => {
  fc.assert(
    fc.property(library, fc.integer({ min: 1, max: 7 }), (assets, limit) => {
      const ids = assets.map(({ id }) => id as AssetId);
      const scores = assets.map(({ score }) => score);
      const times = new Map(assets.map(({ id, sortMs }) => [id as AssetId, sortMs]));
      const shown: number[] = [];
      for (let after: RankedPosition | undefined; ;) {
        const page = orderBest(
          nearBest(ids, scores, limit, after?.score),
          (id) => times.get(id),
          limit,
          after,
        );
        shown.push(...page.map(({ id }) => id));
        after = page.at(-1);
        if (page.length < limit) break;
      }
      const all = assets.toSorted(
        (one, other) => one.score - other.score || other.sortMs - one.sortMs || other.id - one.id,
      );
      expect(shown).toEqual(all.map(({ id }) => id));
    }),
  );
});

test('what has the words side by side comes before what has them scattered', () => {
  const ids = [1, 2, 3] as AssetId[];
  const scores = [-3, -2, -1];
  raise(ids, scores, [2 as AssetId]);
  expect(orderBest(nearBest(ids, scores, 3), () => 0, 3, undefined).map(({ id }) => id)).toEqual([2, 1, 3]);
});
