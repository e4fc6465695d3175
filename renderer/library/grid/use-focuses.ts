import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import type { Point } from '../../../app/contract/places.ts';
import { useListed } from './use-listed.ts';

/** What should be seen of photos where they are cut, by their ids. */
export function useFocuses(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, Point> {
  const data = useListed(order, indexes);
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, focus }): [number, Point][] => (focus === null ? [] : [[Number(id), focus]])),
      ),
    [data],
  );
}
