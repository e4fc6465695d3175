import { gridFlags, reviewStateOf, type GridOrder } from '../../app/contract/grid-order.ts';

/** Where a photo stands among those that it was opened from. Pure. */
export type Around = {
  /** From 0; −1 when it is not among them any more. */
  readonly index: number;
  readonly count: number;
  readonly previousId: number | undefined;
  readonly nextId: number | undefined;
};

export function aroundOf(order: GridOrder | undefined, id: number): Around {
  const index = order?.ids.indexOf(id) ?? -1;
  if (order === undefined || index === -1) {
    return { index: -1, count: order?.count ?? 0, previousId: undefined, nextId: undefined };
  }
  return {
    index,
    count: order.count,
    previousId: index > 0 ? order.ids[index - 1] : undefined,
    nextId: order.ids[index + 1],
  };
}

/** The next photo whose description nobody has looked at, from the beginning again after the last; `undefined`: none. */
export function nextUnreviewed(order: GridOrder, index: number): number | undefined {
  for (let step = 1; step <= order.count; step += 1) {
    const at = (Math.max(index, 0) + step) % order.count;
    const flags = order.flags[at] ?? 0;
    const isDescribed = (flags & (gridFlags.described | gridFlags.baseline)) !== 0;
    if (at !== index && isDescribed && reviewStateOf(flags) === 'draft') return order.ids[at];
  }
  return undefined;
}

/** Places of the film strip: so many on each side, all of them inside. */
export function stripIndexes({ index, count }: Around, each: number): readonly number[] {
  if (index === -1) return [];
  const first = Math.max(0, Math.min(index - each, count - 2 * each - 1));
  return Array.from({ length: Math.min(count - first, 2 * each + 1) }, (_, step) => first + step);
}
