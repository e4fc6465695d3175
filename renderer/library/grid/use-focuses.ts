import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import type { Point } from '../../../app/contract/places.ts';
import { useQueryOf } from '../../engine/hooks.ts';

/** What should be seen of photos where they are cut, by their ids. Asks nothing but what `useLabels` asks. */
export function useFocuses(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, Point> {
  const assetIds = indexes.slice(0, 500).map((index) => order.ids[index] ?? 0);
  const { data } = useQueryOf(
    'asset.list',
    { assetIds },
    { enabled: assetIds.length > 0, keepsPrevious: true },
  );
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, focus }): [number, Point][] => (focus === null ? [] : [[Number(id), focus]])),
      ),
    [data],
  );
}
