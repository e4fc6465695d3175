import { useMemo } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { useListed } from './use-listed.ts';

/** Why photos have failed, by their ids. */
export function useFailures(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, ErrorInfo> {
  const data = useListed(order, indexes);
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ id, failure }): [number, ErrorInfo][] =>
          failure === null ? [] : [[Number(id), failure]],
        ),
      ),
    [data],
  );
}
