import { AppError } from '../platform/errors.ts';

export type Sort = 'relevance' | 'newest' | 'oldest' | 'name' | 'rating';

/** Where the next page begins: after the last row of this one. */
export type Position =
  | { readonly order: 'relevance'; readonly score: number; readonly sortMs: number; readonly id: number }
  /** Behind the ranked ones: the rest of a very large result, last added first. */
  | { readonly order: 'rest'; readonly id: number }
  | { readonly order: 'newest' | 'oldest'; readonly sortMs: number; readonly id: number }
  | { readonly order: 'name'; readonly nameKey: string; readonly id: number }
  | { readonly order: 'rating'; readonly rating: number; readonly sortMs: number; readonly id: number };

/** Opaque to callers. */
export function formatCursor(position: Position): string {
  return JSON.stringify(position);
}

/** @throws {AppError} `invalid-input` for anything that `formatCursor` did not make for this order. */
export function parseCursor<Order extends Position['order']>(
  cursor: string,
  orders: readonly Order[],
): Extract<Position, { order: Order }> {
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch (error) {
    throw new AppError('invalid-input', { field: 'after' }, { cause: error });
  }
  if (!isPosition(value) || !orders.some((order) => order === value.order))
    throw new AppError('invalid-input', { field: 'after' });
  return value as Extract<Position, { order: Order }>; // why: its order is one of `orders`
}

const parts: Readonly<Record<Position['order'], Readonly<Record<string, 'number' | 'string'>>>> = {
  relevance: { score: 'number', sortMs: 'number', id: 'number' },
  rest: { id: 'number' },
  newest: { sortMs: 'number', id: 'number' },
  oldest: { sortMs: 'number', id: 'number' },
  name: { nameKey: 'string', id: 'number' },
  rating: { rating: 'number', sortMs: 'number', id: 'number' },
};

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null || !('order' in value)) return false;
  const { order } = value;
  if (typeof order !== 'string' || !Object.hasOwn(parts, order)) return false;
  const record = value as Readonly<Record<string, unknown>>; // why: an object, as tested above
  return Object.entries(parts[order as Position['order']]).every(
    ([name, type]) => typeof record[name] === type,
  ); // why: one of its keys, as tested above
}
