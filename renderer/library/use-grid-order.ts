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
  /** False while it is only the first photos, and the engine is still looking for the rest. */
  readonly isWhole: boolean;
  /** How many were found; at least so many while it is not whole. */
  readonly found: number;
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
    const { name, notes, isWhole, found } = await link.call(
      'grid.prepare',
      { query, asYouType, sort, soon },
      { signal },
    );
    const response = await fetch(dataUrl(name), { signal });
    const order = response.ok ? readGridOrder(await response.arrayBuffer()) : undefined;
    // What no word begins with may be a slip of the finger, or another form of a word: the whole word forgives them.
    if (order?.count === 0 && asYouType) return prepareGrid({ ...wanted, asYouType: false }, signal);
    if (order !== undefined) return { query, asYouType, sort, order, isWhole, found, notes };
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

/** Once photos are seen, what is not being typed waits for all of them, since it may be shown from the middle. */
let hasStarted = false;
/** Who types on meanwhile needs no more of a word so far than its first photos. */
const pauseMs = 250;

type GridOrderOptions = {
  readonly asYouType?: boolean;
  /** When the first photos are shown before all have been found: never, when the page starts, or always, while a person types. */
  readonly begins?: 'never' | 'at-start' | 'always';
};

/** What the grid shows for a query. Asked for again when it changed (`grid.changed`); the old one stays until then. */
export function useGridOrder(
  query: string,
  sort: GridSort,
  { asYouType = false, begins = 'never' }: GridOrderOptions = {},
): GridOrderQuery {
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['grid.prepare', { query, asYouType, sort }],
    queryFn: async ({ client, queryKey, signal }) => {
      const isFirst = client.getQueryData(queryKey) === undefined;
      const soon = isFirst && (begins === 'always' || (begins === 'at-start' && !hasStarted));
      const prepared = await prepareGrid({ query, asYouType, sort, soon }, signal);
      hasStarted = true;
      return prepared;
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // A million photos are 22 MB: no more than what is shown is kept.
    gcTime: 0,
  });
  const isPart = data?.isWhole === false && !isPlaceholderData;
  const waitMs = begins === 'always' ? pauseMs : 0;
  useEffect(() => {
    if (!isPart) return undefined;
    const timer = setTimeout(() => void refetch(), waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isPart, waitMs, refetch]);
  return {
    grid: data,
    isOld: data === undefined || isPlaceholderData,
    error: error === null ? null : toCallError(error),
  };
}
