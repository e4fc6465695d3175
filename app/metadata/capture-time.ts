import { offsetAt } from './zone-offset.ts';

/** A capture time as files write it: date and time in one text, and what may stand beside it. */
export type CaptureTimeText = {
  /** `2008:09:20 09:01:07`, `2008-09-20T09:01:07.09+01:00`, `20080920 090107+0100`, or a date alone. */
  readonly dateTime: unknown;
  /** Digits after the decimal point of the seconds. */
  readonly subSeconds?: unknown;
  /** `+02:00`; used where `dateTime` has none of its own. */
  readonly offset?: unknown;
  /** `dateTime` is UTC, as containers of videos have it, and this is the zone (IANA) of the place: its clocks are what is meant. */
  readonly timeZone?: unknown;
};

export type CaptureTime = { readonly localMs: number; readonly offsetMinutes?: number };

const separated =
  /^(\d{4})[-:/.](\d{1,2})[-:/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T ]*(\d{2})(\d{2})(\d{2}))?()\s*(Z|[+-]\d{2}:?\d{2})?$/u;
const offsetPattern = /^(Z|([+-])(\d{2}):?(\d{2}))$/u;

/**
 * The camera's wall clock and its offset where the file says one; the machine's own zone is never used.
 * `undefined` for what is no date, such as `0000:00:00 00:00:00` or a month 13. A date alone counts as its midnight.
 */
export function parseCaptureTime(source: CaptureTimeText): CaptureTime | undefined {
  if (typeof source.dateTime !== 'string') return undefined;
  const text = source.dateTime.slice(0, 60).trim();
  const match = separated.exec(text) ?? compact.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', ownOffset] = match;
  const parts = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  // `Date.UTC` reads years below 100 as 19xx, and no photo is older than photography.
  if (parts[0] < 1000) return undefined;
  const seconds = Date.UTC(...parts);
  const date = new Date(seconds);
  const isReal =
    date.getUTCMonth() === parts[1] &&
    date.getUTCDate() === parts[2] &&
    parts[3] < 24 &&
    parts[4] < 60 &&
    parts[5] < 60;
  if (!isReal) return undefined;

  const localMs = seconds + toMilliseconds(fraction === '' ? source.subSeconds : fraction);
  if (ownOffset === undefined && typeof source.timeZone === 'string') {
    const zoneMinutes = offsetAt(source.timeZone, localMs);
    return { localMs: localMs + zoneMinutes * 60_000, offsetMinutes: zoneMinutes };
  }
  const offsetMinutes = parseOffset(ownOffset ?? source.offset);
  return offsetMinutes === undefined ? { localMs } : { localMs, offsetMinutes };
}

/** `"09"` is 90 ms, as digits after a decimal point. */
function toMilliseconds(subSeconds: unknown): number {
  if (typeof subSeconds !== 'string' && typeof subSeconds !== 'number') return 0;
  const [digits] = /^\d+/u.exec(String(subSeconds).trim()) ?? [];
  return digits === undefined ? 0 : Number(digits.slice(0, 3).padEnd(3, '0'));
}

/** Minutes east of UTC; offsets in use reach from −12:00 to +14:00. */
function parseOffset(offset: unknown): number | undefined {
  if (typeof offset !== 'string') return undefined;
  const match = offsetPattern.exec(offset.trim());
  if (match === null) return undefined;
  const [, whole, sign, hours, minutes] = match;
  if (whole === 'Z') return 0;
  const total = Number(hours) * 60 + Number(minutes);
  const signed = sign === '-' ? 0 - total : total;
  return Number(minutes) < 60 && signed >= -12 * 60 && signed <= 14 * 60 ? signed : undefined;
}
