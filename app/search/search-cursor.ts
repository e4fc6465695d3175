import { AppError } from '../platform/errors.ts';

export type Sort = 'relevance' | 'newest' | 'oldest' | 'name' | 'rating';

/** The last row of a page: the next one begins behind it. */
export type Position =
  | { readonly order: 'relevance'; readonly score: number; readonly sortMs: number; readonly id: number }
  /** Behind the ranked ones: the rest of a very large result, last added first. */
  | { readonly order: 'rest'; readonly id: number }
  /** Behind all of them: what only other words find, last added first. */
  | { readonly order: 'more'; readonly id: number }
  /** By likeness: the place in the list of what looks like a photo. */
  | { readonly order: 'alike'; readonly place: number }
  | { readonly order: 'newest' | 'oldest'; readonly sortMs: number; readonly id: number }
  | { readonly order: 'name'; readonly nameKey: string; readonly id: number }
  | { readonly order: 'rating'; readonly rating: number; readonly sortMs: number; readonly id: number };

/** Where a page begins, and how many the first page counted, so that later ones need not count again. */
export type Cursor<Order extends Position['order'] = Position['order']> = {
  readonly found: number;
  readonly position: Extract<Position, { order: Order }>;
};

/** Opaque to callers. */
export function formatCursor(cursor: Cursor): string {
  return JSON.stringify([cursor.found, cursor.position]);
}

/** @throws {AppError} `invalid-input` for anything that `formatCursor` did not make for one of these orders. */
export function parseCursor<Order extends Position['order']>(
  text: string,
  orders: readonly Order[],
): Cursor<Order> {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    const [found, position] = value as readonly unknown[]; // why: any element may be anything
    if (
      typeof found === 'number' &&
      isPosition(position) &&
      orders.some((order) => order === position.order)
    ) {
      return { found, position: position as Cursor<Order>['position'] }; // why: its order is one of `orders`
    }
  }
  throw new AppError('invalid-input', { field: 'after' });
}

/** Whether a page begins behind all that was ranked. */
export function isAfterRanked(text: string): boolean {
  return parseCursor(text, Object.keys(partsOf) as Position['order'][]).position.order === 'more'; // why: its keys are the orders
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid-input', { field: 'after' }, { cause: error });
  }
}

const partsOf: Readonly<Record<Position['order'], Readonly<Record<string, 'number' | 'string'>>>> = {
  relevance: { score: 'number', sortMs: 'number', id: 'number' },
  rest: { id: 'number' },
  more: { id: 'number' },
  alike: { place: 'number' },
  newest: { sortMs: 'number', id: 'number' },
  oldest: { sortMs: 'number', id: 'number' },
  name: { nameKey: 'string', id: 'number' },
  rating: { rating: 'number', sortMs: 'number', id: 'number' },
};

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  const parts = Object.entries(partsOf).find(([order]) => order === record.get('order'))?.[1];
  return (
    parts !== undefined && Object.entries(parts).every(([name, type]) => typeof record.get(name) === type)
  );
}
