import { useMemo } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { useQueryOf } from '../../engine/hooks.ts';

/** Why photos have failed, by their ids. Asks nothing but what `useLabels` asks. */
export function useFailures(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, ErrorInfo> {
  const assetIds = indexes.slice(0, 500).map((index) => order.ids[index] ?? 0);
  const { data } = useQueryOf(
    'asset.list',
    { assetIds },
    { enabled: assetIds.length > 0, keepsPrevious: true },
  );
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, failure }): [number, ErrorInfo][] =>
          failure === null ? [] : [[Number(id), failure]],
        ),
      ),
    [data],
  );
}
