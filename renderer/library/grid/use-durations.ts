import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { useListed } from './use-listed.ts';

/** How long videos are, in milliseconds, by their ids. */
export function useDurations(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, number> {
  const data = useListed(order, indexes);
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, durationMs }): [number, number][] =>
          durationMs === null ? [] : [[Number(id), durationMs]],
        ),
      ),
    [data],
  );
}
