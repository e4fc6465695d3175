import { describe, expect, it } from 'vitest';
import {
  createGridOrder,
  gridFlags,
  toReviewBits,
  type GridOrder,
} from '../../../app/contract/grid-order.ts';
import type { ReviewState } from '../../../app/contract/models/description.ts';
import { aroundOf, nextUnreviewed, stripIndexes } from '../../../renderer/photo/order-around.ts';

function orderOf(states: readonly (ReviewState | 'undescribed')[]): GridOrder {
  const order = createGridOrder(states.length);
  for (const [index, state] of states.entries()) {
    order.ids[index] = 100 + index;
    order.flags[index] = state === 'undescribed' ? 0 : gridFlags.described | toReviewBits(state);
  }
  return order;
}

function strip(index: number, count: number): readonly number[] {
  return stripIndexes({ index, count, previousId: undefined, nextId: undefined }, 2);
}

describe('the photos around one', () => {
  const order = orderOf(['accepted', 'draft', 'undescribed', 'rejected', 'draft']);

  it('are those before and after it in the order of the grid', () => {
    expect(aroundOf(order, 100)).toEqual({ index: 0, count: 5, previousId: undefined, nextId: 101 });
    expect(aroundOf(order, 104)).toEqual({ index: 4, count: 5, previousId: 103, nextId: undefined });
    expect(aroundOf(order, 7)).toEqual({ index: -1, count: 5, previousId: undefined, nextId: undefined });
  });

  it('lead to the next description that nobody has looked at, and round to the first', () => {
    expect(nextUnreviewed(order, 0)).toBe(101);
    expect(nextUnreviewed(order, 1)).toBe(104);
    expect(nextUnreviewed(order, 4)).toBe(101);
    expect(nextUnreviewed(orderOf(['accepted', 'draft', 'undescribed']), 1)).toBeUndefined();
  });

  it('fill the film strip, also near an end of the order', () => {
    expect(strip(5, 20)).toEqual([3, 4, 5, 6, 7]);
    expect(strip(0, 20)).toEqual([0, 1, 2, 3, 4]);
    expect(strip(19, 20)).toEqual([15, 16, 17, 18, 19]);
    expect(strip(1, 3)).toEqual([0, 1, 2]);
    expect(strip(-1, 3)).toEqual([]);
  });
});
