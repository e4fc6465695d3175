import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countSelected,
  everythingSelected,
  including,
  isSelected,
  nothingSelected,
  selectOne,
  toNamed,
  toggle,
  type PhotoSelection,
} from '../../../renderer/library/selection.ts';

const photos = Array.from({ length: 30 }, (_, index) => index + 1);

type Step =
  | { readonly kind: 'one' | 'toggle'; readonly id: number }
  | { readonly kind: 'with'; readonly ids: readonly number[]; readonly isOn: boolean }
  | { readonly kind: 'all' | 'none' };

const anyId = fc.constantFrom(...photos);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('one' as const, 'toggle' as const), id: anyId }),
    fc.record({ kind: fc.constant('with' as const), ids: fc.array(anyId), isOn: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('all' as const, 'none' as const) }),
  ),
);

function apply(selection: PhotoSelection, step: Step): PhotoSelection {
  switch (step.kind) {
    case 'one':
      return selectOne(step.id);
    case 'toggle':
      return toggle(selection, step.id);
    case 'with':
      return including(selection, step.ids, step.isOn);
    case 'all':
      return everythingSelected;
    case 'none':
      return nothingSelected;
  }
}

/** The same with a plain set of all ids. */
function applyPlainly(set: Set<number>, step: Step): Set<number> {
  switch (step.kind) {
    case 'one':
      return new Set([step.id]);
    case 'toggle':
      return set.has(step.id) ? set.difference(new Set([step.id])) : set.union(new Set([step.id]));
    case 'with':
      return step.isOn ? set.union(new Set(step.ids)) : set.difference(new Set(step.ids));
    case 'all':
      return new Set(photos);
    case 'none':
      return new Set();
  }
}

describe('a selection', () => {
  it('holds the photos that a plain set would hold, however they were selected', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const selection = all.reduce(apply, nothingSelected);
        const plain = all.reduce(applyPlainly, new Set<number>());
        expect(photos.filter((id) => isSelected(selection, id))).toEqual(
          photos.filter((id) => plain.has(id)),
        );
        expect(countSelected(selection, photos.length)).toBe(plain.size);
      }),
    );
  });

  it('is named to the engine as exactly those photos', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const selection = all.reduce(apply, nothingSelected);
        const named = toNamed(selection, 'dog', photos);
        const meant =
          named === undefined
            ? undefined
            : 'assetIds' in named
              ? new Set(named.assetIds)
              : new Set(photos).difference(new Set(named.except));
        expect(photos.filter((id) => meant?.has(id))).toEqual(
          photos.filter((id) => isSelected(selection, id)),
        );
      }),
    );
  });

  it('of nearly all is named by what finds them, and one that cannot be named is refused', () => {
    const ids = Uint32Array.from({ length: 60_000 }, (_, index) => index + 1);
    const most = including(everythingSelected, [3, 5], false);
    expect(toNamed(most, 'dog', ids)).toEqual({ query: 'dog', except: [3, 5] });
    const half = including(nothingSelected, ids.subarray(0, 30_000), true);
    expect(toNamed(half, 'dog', ids)).toBeUndefined();
    const nearlyAll = including(nothingSelected, ids.subarray(2), true);
    expect(toNamed(nearlyAll, 'dog', ids)).toEqual({ query: 'dog', except: [1, 2] });
  });
});
