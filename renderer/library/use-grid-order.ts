import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CallError } from '../../app/contract/client.ts';
import { readGridOrder, type GridOrder } from '../../app/contract/grid-order.ts';
import { dataUrl } from '../../app/contract/resource-url.ts';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import type { GridSort } from '../routes.ts';

export type PreparedGrid = {
  readonly query: string;
  /** The last word of the query is not finished. */
  readonly asYouType: boolean;
  /** In which order it is: while another one is on its way, not the one that was asked for last. */
  readonly sort: GridSort;
  readonly order: GridOrder;
  /** False while it is only the newest photos of a library that the engine is still reading. */
  readonly isWhole: boolean;
  /** Hints about filters that were not understood. */
  readonly notes: readonly string[];
};

/** A resource may be gone when we come for it: it is prepared again. */
const attempts = 3;

function unreadable(): CallError {
  return new CallError('internal', { reason: 'The order of the photos cannot be read.' });
}

type Wanted = {
  readonly query: string;
  readonly asYouType: boolean;
  readonly sort: GridSort;
  readonly soon: boolean;
};

async function prepareGrid(wanted: Wanted, signal: AbortSignal): Promise<PreparedGrid> {
  const { query, asYouType, sort, soon } = wanted;
  for (let attempt = 1; ; attempt += 1) {
    const { name, notes, isWhole } = await link.call(
      'grid.prepare',
      { query, asYouType, sort, soon },
      { signal },
    );
    const response = await fetch(dataUrl(name), { signal });
    const order = response.ok ? readGridOrder(await response.arrayBuffer()) : undefined;
    // What no word begins with may be a slip of the finger, or another form of a word: the whole word forgives them.
    if (order?.count === 0 && asYouType) return prepareGrid({ ...wanted, asYouType: false }, signal);
    if (order !== undefined) return { query, asYouType, sort, order, isWhole, notes };
    if (attempt === attempts) throw unreadable();
  }
}

export type GridOrderQuery = {
  /** The last one that is known, also while a newer one is on its way. */
  readonly grid: PreparedGrid | undefined;
  /** It is the answer to another question than this one, which is on its way. */
  readonly isOld: boolean;
  readonly error: CallError | null;
};

/** Once the newest photos are seen, all of them are waited for. */
let hasBegun = false;

/**
 * What the grid shows for a query. Asked for again when it changed (`grid.changed`); the old one stays until then.
 *
 * @param options.soon begins with the newest photos where the engine is still reading its library; all of them follow
 */
export function useGridOrder(
  query: string,
  sort: GridSort,
  { asYouType = false, soon = false }: { readonly asYouType?: boolean; readonly soon?: boolean } = {},
): GridOrderQuery {
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['grid.prepare', { query, asYouType, sort }],
    queryFn: async ({ signal }) => {
      const prepared = await prepareGrid({ query, asYouType, sort, soon: soon && !hasBegun }, signal);
      hasBegun = true;
      return prepared;
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // A million photos are 16 MB: no more than what is shown is kept.
    gcTime: 0,
  });
  useEffect(() => {
    if (data?.isWhole === false) void refetch();
  }, [data, refetch]);
  return {
    grid: data,
    isOld: data === undefined || isPlaceholderData,
    error: error === null ? null : toCallError(error),
  };
}
