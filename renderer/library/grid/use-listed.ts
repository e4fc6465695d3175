import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import type { Output } from '../../../app/contract/procedures.ts';
import { useQueryOf } from '../../engine/hooks.ts';

export type Listed = Output<'asset.list'> | undefined;

/** What the engine lists of the photos in sight, 500 at most: asked for once, for all signs that are made of it. */
export function useListed(order: GridOrder, indexes: readonly number[]): Listed {
  const assetIds = useMemo(
    () => indexes.slice(0, 500).map((index) => order.ids[index] ?? 0),
    [order, indexes],
  );
  const isWanted = assetIds.length > 0;
  return useQueryOf('asset.list', { assetIds }, { enabled: isWanted, keepsPrevious: true }).data;
}
