import { gridFlags } from '../../app/contract/grid-order.ts';
import { countSelected, isSelected, toNamed, type NamedPhotos, type PhotoSelection } from './selection.ts';
import type { PreparedGrid } from './use-grid-order.ts';

export type SelectedPhoto = { readonly id: number; readonly version: number };

/** What is selected in a grid, for what is done with it. */
export type SelectedPhotos = {
  readonly count: number;
  /** As the engine takes it; `undefined` when too many were picked one by one. */
  readonly named: NamedPhotos | undefined;
  /** Each of them, in the order of the grid, where they are few enough to be asked about at once; else none. */
  readonly few: readonly SelectedPhoto[];
  /** All of them are excluded from being described. Looked at for the first ten thousand photos of a selection. */
  readonly areExcluded: boolean;
};

const mostLookedAt = 10_000;
/** No service takes more pictures with one question. */
const mostAsked = 50;

export function selectedPhotosOf(
  { query, asYouType, order, isWhole }: PreparedGrid,
  selection: PhotoSelection,
): SelectedPhotos {
  let seen = 0;
  let areExcluded = true;
  const count = countSelected(selection, order.count);
  const isFew = count <= mostAsked;
  const few: SelectedPhoto[] = [];
  const mostSeen = Math.min(count, mostLookedAt);
  for (let index = 0; index < order.count && seen < mostSeen; index += 1) {
    const id = order.ids[index] ?? 0;
    if (!isSelected(selection, id)) continue;
    seen += 1;
    if (isFew) few.push({ id, version: order.versions[index] ?? 0 });
    if (!isFew && !areExcluded) break;
    areExcluded &&= ((order.flags[index] ?? 0) & gridFlags.excluded) !== 0;
  }
  return {
    count,
    few: few.length === count ? few : [],
    // Half a word names nothing to the engine but what it finds whole; nor is all of a part what a person sees.
    named:
      (asYouType || !isWhole) && selection.kind === 'all' ? undefined : toNamed(selection, query, order.ids),
    areExcluded: seen > 0 && areExcluded,
  };
}
