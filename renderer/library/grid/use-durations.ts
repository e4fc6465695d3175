import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { useQueryOf } from '../../engine/hooks.ts';

/** How long videos are, in milliseconds, by their ids. Asks nothing but what `useLabels` asks. */
export function useDurations(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, number> {
  const assetIds = indexes.slice(0, 500).map((index) => order.ids[index] ?? 0);
  const { data } = useQueryOf(
    'asset.list',
    { assetIds },
    { enabled: assetIds.length > 0, keepsPrevious: true },
  );
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, durationMs }): [number, number][] =>
          durationMs === null ? [] : [[Number(id), durationMs]],
        ),
      ),
    [data],
  );
}
