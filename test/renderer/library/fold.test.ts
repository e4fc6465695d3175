import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGridOrder, type GridOrder } from '../../../app/contract/grid-order.ts';
import {
  countWithFolded,
  foldOrder,
  hasGroups,
  nothingFolded,
  toggleGroup,
  withFolded,
  type Folding,
} from '../../../renderer/library/grid/fold.ts';

/** Photos 1, 2, 3 … with these groups, each a minute after the one before. */
function orderOf(groups: readonly number[]): GridOrder {
  const order = createGridOrder(groups.length);
  order.groups.set(groups);
  order.ids.set(groups.map((_, at) => at + 1));
  order.minutes.set(groups.map((_, at) => 1_000 - at));
  order.versions.set(groups.map((_, at) => at + 7));
  return order;
}

const groups = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 });
const folding: fc.Arbitrary<Folding> = fc.record({
  isFolded: fc.boolean(),
  except: fc.uniqueArray(fc.integer({ min: 1, max: 4 })).map((list) => new Set(list)),
});
const all: Folding = { isFolded: true, except: new Set() };

describe('a grid whose look-alikes are folded', () => {
  it('shows the first of each group, with how many there are, and all that stands alone', () => {
    const { order, counts } = foldOrder(orderOf([0, 5, 5, 0, 8, 5, 3]), all);
    expect([...order.ids]).toEqual([1, 2, 4, 5, 7]);
    expect([...(counts ?? [])]).toEqual([0, 3, 0, 0, 0]);
    expect([...order.versions]).toEqual([7, 8, 10, 11, 13]);
  });

  it('shows all photos of the groups that are unfolded, and says of the first how many there are', () => {
    const { order, counts } = foldOrder(orderOf([5, 5, 8, 8]), toggleGroup(all, 8));
    expect([...order.ids]).toEqual([1, 3, 4]);
    expect([...(counts ?? [])]).toEqual([2, 2, 0]);
    expect([...foldOrder(orderOf([5, 5, 8, 8]), nothingFolded).order.ids]).toEqual([1, 2, 3, 4]);
  });

  it('has no groups where a search found one photo of each', () => {
    expect(hasGroups(foldOrder(orderOf([5, 0, 8]), all))).toBe(false);
    expect(hasGroups(foldOrder(orderOf([5, 0, 5]), nothingFolded))).toBe(true);
  });

  it('hides nothing for good: what is shown with what is folded behind it is all there is, each photo once', () => {
    fc.assert(
      fc.property(groups, folding, (list, how) => {
        const grid = foldOrder(orderOf(list), how);
        expect([...withFolded(grid, grid.order.ids)].toSorted((a, b) => a - b)).toEqual(
          list.map((_, at) => at + 1),
        );
        expect(new Set(grid.order.ids).size).toBe(grid.order.count);
      }),
    );
  });

  it('is selected group by group: a folded photo with those behind it, any other alone', () => {
    fc.assert(
      fc.property(groups, folding, (list, how) => {
        const grid = foldOrder(orderOf(list), how);
        for (const [at, id] of [...grid.order.ids].entries()) {
          const group = grid.order.groups[at] ?? 0;
          const hidden = list.flatMap((other, place) =>
            group !== 0 && other === group && !grid.order.ids.includes(place + 1) ? [place + 1] : [],
          );
          expect([...withFolded(grid, [id])].toSorted((a, b) => a - b)).toEqual(
            [id, ...hidden].toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });

  it('counts what is folded with what is seen', () => {
    fc.assert(
      fc.property(groups, folding, (list, how) => {
        const grid = foldOrder(orderOf(list), how);
        expect(countWithFolded(grid, how, 0, grid.order.count)).toBe(list.length);
      }),
    );
  });

  it('is as it was after a group was folded and unfolded', () => {
    fc.assert(
      fc.property(groups, folding, fc.integer({ min: 1, max: 4 }), (list, how, group) => {
        const twice = toggleGroup(toggleGroup(how, group), group);
        expect([...foldOrder(orderOf(list), twice).order.ids]).toEqual([
          ...foldOrder(orderOf(list), how).order.ids,
        ]);
      }),
    );
  });
});
