import { gridFlags } from '../../app/contract/grid-order.ts';
import { countSelected, isSelected, toNamed, type NamedPhotos, type PhotoSelection } from './selection.ts';
import type { PreparedGrid } from './use-grid-order.ts';

/** What is selected in a grid, for what is done with it. */
export type SelectedPhotos = {
  readonly count: number;
  /** As the engine takes it; `undefined` when too many were picked one by one. */
  readonly named: NamedPhotos | undefined;
  /** All of them are excluded from being described. Looked at for the first ten thousand photos of a selection. */
  readonly areExcluded: boolean;
};

const mostLookedAt = 10_000;

export function selectedPhotosOf({ query, order }: PreparedGrid, selection: PhotoSelection): SelectedPhotos {
  let seen = 0;
  let areExcluded = true;
  for (let index = 0; index < order.count && seen < mostLookedAt && areExcluded; index += 1) {
    if (!isSelected(selection, order.ids[index] ?? 0)) continue;
    seen += 1;
    areExcluded = ((order.flags[index] ?? 0) & gridFlags.excluded) !== 0;
  }
  return {
    count: countSelected(selection, order.count),
    named: toNamed(selection, query, order.ids),
    areExcluded: seen > 0 && areExcluded,
  };
}
