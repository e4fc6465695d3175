import { keepPreviousData, useQuery } from '@tanstack/react-query';
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
  /** Hints about filters that were not understood. */
  readonly notes: readonly string[];
};

/** A resource may be gone when we come for it: it is prepared again. */
const attempts = 3;

function unreadable(): CallError {
  return new CallError('internal', { reason: 'The order of the photos cannot be read.' });
}

type Wanted = { readonly query: string; readonly asYouType: boolean; readonly sort: GridSort };

async function prepareGrid(wanted: Wanted, signal: AbortSignal): Promise<PreparedGrid> {
  const { query, asYouType, sort } = wanted;
  for (let attempt = 1; ; attempt += 1) {
    const { name, notes } = await link.call('grid.prepare', { query, asYouType, sort }, { signal });
    const response = await fetch(dataUrl(name), { signal });
    const order = response.ok ? readGridOrder(await response.arrayBuffer()) : undefined;
    // What no word begins with may be a slip of the finger, or another form of a word: the whole word forgives them.
    if (order?.count === 0 && asYouType) return prepareGrid({ ...wanted, asYouType: false }, signal);
    if (order !== undefined) return { query, asYouType, sort, order, notes };
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

/** What the grid shows for a query. Asked for again when it changed (`grid.changed`); the old one stays until then. */
export function useGridOrder(query: string, sort: GridSort, asYouType = false): GridOrderQuery {
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['grid.prepare', { query, asYouType, sort }],
    queryFn: ({ signal }) => prepareGrid({ query, asYouType, sort }, signal),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // A million photos are 16 MB: no more than what is shown is kept.
    gcTime: 0,
  });
  return {
    grid: data,
    isOld: data === undefined || isPlaceholderData,
    error: error === null ? null : toCallError(error),
  };
}
