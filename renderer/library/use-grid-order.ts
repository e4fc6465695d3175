import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CallError } from '../../app/contract/client.ts';
import { readGridOrder, type GridOrder } from '../../app/contract/grid-order.ts';
import { dataUrl } from '../../app/contract/resource-url.ts';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import type { GridSort } from '../routes.ts';

export type PreparedGrid = {
  readonly query: string;
  readonly order: GridOrder;
  /** Hints about filters that were not understood. */
  readonly notes: readonly string[];
};

/** A resource may be gone when we come for it: it is prepared again. */
const attempts = 3;

function unreadable(): CallError {
  return new CallError('internal', { reason: 'The order of the photos cannot be read.' });
}

async function prepareGrid(query: string, sort: GridSort, signal: AbortSignal): Promise<PreparedGrid> {
  for (let attempt = 1; ; attempt += 1) {
    const { name, notes } = await link.call('grid.prepare', { query, sort }, { signal });
    const response = await fetch(dataUrl(name), { signal });
    const order = response.ok ? readGridOrder(await response.arrayBuffer()) : undefined;
    if (order !== undefined) return { query, order, notes };
    if (attempt === attempts) throw unreadable();
  }
}

export type GridOrderQuery = {
  /** The last one that is known, also while a newer one is on its way. */
  readonly grid: PreparedGrid | undefined;
  readonly error: CallError | null;
};

/** What the grid shows for a query. Asked for again when it changed (`grid.changed`); the old one stays until then. */
export function useGridOrder(query: string, sort: GridSort): GridOrderQuery {
  const { data, error } = useQuery({
    queryKey: ['grid.prepare', { query, sort }],
    queryFn: ({ signal }) => prepareGrid(query, sort, signal),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // A million photos are 16 MB: no more than what is shown is kept.
    gcTime: 0,
  });
  return { grid: data, error: error === null ? null : toCallError(error) };
}
