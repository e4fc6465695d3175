import { formatOffset } from './format.ts';

/**
 * Dates as people and programs read them, beside the milliseconds that they are kept in: `createdAt` beside `createdAtMs` in
 * UTC, and `captured` beside `captureLocalMs` by the camera's clock, with the offset that the file says or its place gives.
 */
export function withIsoDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoDates);
  if (typeof value !== 'object' || value === null) return value;
  const own = value as Readonly<Record<string, unknown>>; // why: neither an array nor null
  return Object.fromEntries(
    Object.entries(own).flatMap(([name, inner]) => {
      const kept: [string, unknown] = [name, withIsoDates(inner)];
      if (typeof inner !== 'number') return [kept];
      if (name === 'captureLocalMs') return [kept, ['captured', captureTime(inner, own)]];
      return name.endsWith('AtMs') ? [kept, [name.slice(0, -2), new Date(inner).toISOString()]] : [kept];
    }),
  );
}

/** `2006-12-16T12:42:07+01:00`; without an offset where none is known. */
function captureTime(localMs: number, facts: Readonly<Record<string, unknown>>): string {
  const offset = facts['captureOffsetMinutes'] ?? facts['derivedOffsetMinutes'];
  const clock = new Date(localMs).toISOString().replace(/\.000Z$|Z$/, '');
  return typeof offset === 'number' ? `${clock}${formatOffset(offset)}` : clock;
}
