import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { useQueryOf } from '../../engine/hooks.ts';

/** What the engine lists of the photos in sight, 500 at most: asked for once, however many signs are made of it. */
export function useListed(order: GridOrder, indexes: readonly number[]) {
  const assetIds = indexes.slice(0, 500).map((index) => order.ids[index] ?? 0);
  const isWanted = assetIds.length > 0;
  return useQueryOf('asset.list', { assetIds }, { enabled: isWanted, keepsPrevious: true }).data;
}
