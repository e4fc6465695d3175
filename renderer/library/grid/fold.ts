import type { GridOrder } from '../../../app/contract/grid-order.ts';

/**
 * Bursts and near-duplicates in the grid: all their photos, or the first of each alone, with how many there are. Pure, and
 * in one or two passes over typed arrays: a million photos may be folded anew with each click.
 */

/** Whether all groups are folded, but some; or none, but some. */
export type Folding = {
  readonly isFolded: boolean;
  /** Groups that are otherwise. */
  readonly except: ReadonlySet<number>;
};

export const nothingFolded: Folding = { isFolded: false, except: new Set() };

export function isGroupFolded({ isFolded, except }: Folding, group: number): boolean {
  return isFolded !== except.has(group);
}

export function toggleGroup({ isFolded, except }: Folding, group: number): Folding {
  const changed = new Set(except);
  if (!changed.delete(group)) changed.add(group);
  return { isFolded, except: changed };
}

/** What the grid draws. */
export type FoldedGrid = {
  readonly order: GridOrder;
  /** With nothing folded. */
  readonly all: GridOrder;
  /**
   * By place in `order`: how many photos the group has whose first photo stands there, folded or not; 0 for all others.
   * `undefined` where no photo has a group.
   */
  readonly counts: Uint32Array | undefined;
};

/** A group of which a search found one photo alone is none there. */
export function foldOrder(order: GridOrder, folding: Folding): FoldedGrid {
  const sizes = sizesOf(order);
  if (sizes === undefined) return { order, all: order, counts: undefined };
  const { count, groups } = order;
  const counts = new Uint32Array(count);
  const places = new Uint32Array(count);
  const isSeen = new Uint8Array(sizes.length);
  let shown = 0;
  for (let at = 0; at < count; at += 1) {
    const group = groups[at] ?? 0;
    const size = sizes[group] ?? 0;
    if (group !== 0 && size > 1) {
      if (isSeen[group] === 0) {
        isSeen[group] = 1;
        counts[shown] = size;
      } else if (isGroupFolded(folding, group)) continue;
    }
    places[shown] = at;
    shown += 1;
  }
  if (shown === count) return { order, all: order, counts };
  return { order: pick(order, places.subarray(0, shown)), all: order, counts: counts.subarray(0, shown) };
}

/** Photos from one place to another, with those that are folded behind them. */
export function countWithFolded(
  { order, all, counts }: FoldedGrid,
  folding: Folding,
  first: number,
  cells: number,
): number {
  if (counts === undefined || all.count === order.count) return cells;
  let photos = cells;
  for (let at = first; at < first + cells; at += 1) {
    const size = counts[at] ?? 0;
    if (size > 0 && isGroupFolded(folding, order.groups[at] ?? 0)) photos += size - 1;
  }
  return photos;
}

/** Whether any photos belong together. */
export function hasGroups(grid: FoldedGrid | undefined): boolean {
  return grid?.counts?.some((count) => count > 0) === true;
}

/** Photos of each group, by its number; `undefined` where no photo has one. */
function sizesOf({ count, groups }: GridOrder): Uint32Array | undefined {
  let highest = 0;
  for (let at = 0; at < count; at += 1) highest = Math.max(highest, groups[at] ?? 0);
  if (highest === 0) return undefined;
  const sizes = new Uint32Array(highest + 1);
  for (let at = 0; at < count; at += 1) {
    const group = groups[at] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  return sizes;
}

function pick(order: GridOrder, places: Uint32Array): GridOrder {
  const taken = <
    Column extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  >(
    from: Column,
    to: Column,
  ): Column => {
    for (let at = 0; at < places.length; at += 1) to[at] = from[places[at] ?? 0] ?? 0;
    return to;
  };
  const { length } = places;
  return {
    count: length,
    ids: taken(order.ids, new Uint32Array(length)),
    minutes: taken(order.minutes, new Int32Array(length)),
    flags: taken(order.flags, new Uint32Array(length)),
    groups: taken(order.groups, new Uint32Array(length)),
    aspects: taken(order.aspects, new Uint16Array(length)),
    colors: taken(order.colors, new Uint16Array(length)),
    versions: taken(order.versions, new Uint16Array(length)),
  };
}

/** Ids of photos with all that are folded behind them: a folded group is selected as a whole. */
export function withFolded({ order: shown, all }: FoldedGrid, ids: Iterable<number>): Iterable<number> {
  if (all.count === shown.count) return ids;
  const wanted = new Set(ids);
  const groups = new Set<number>();
  for (let at = 0; at < shown.count; at += 1) {
    const group = shown.groups[at] ?? 0;
    if (group !== 0 && wanted.has(shown.ids[at] ?? 0)) groups.add(group);
  }
  if (groups.size === 0) return wanted;
  const isShown = new Set(shown.ids);
  for (let at = 0; at < all.count; at += 1) {
    const id = all.ids[at] ?? 0;
    if (groups.has(all.groups[at] ?? 0) && !isShown.has(id)) wanted.add(id);
  }
  return wanted;
}
