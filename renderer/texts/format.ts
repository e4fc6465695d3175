/**
 * Numbers, money and times as a language writes them. Pure: the language is an argument; components that show them are in
 * `design/components/values.tsx`.
 */

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (format === undefined) numberFormats.set(key, (format = new Intl.NumberFormat(language, options)));
  return format;
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (format === undefined) dateFormats.set(key, (format = new Intl.DateTimeFormat(language, options)));
  return format;
}

export function formatCount(count: number, language: string): string {
  return numberFormat(language).format(count);
}

/** For a badge with little room: `1.2K`. */
export function formatShortCount(count: number, language: string): string {
  return numberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** @param fraction 0 to 1 */
export function formatPercent(fraction: number, language: string): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
}

/** Millionths of a US dollar. Under ten cents with four digits, so that a photo's cost is never shown as nothing. */
export function formatMoney(microUsd: number, language: string): string {
  const usd = microUsd / 1e6;
  const digits = microUsd !== 0 && Math.abs(usd) < 0.1 ? 4 : 2;
  return numberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(usd);
}

/** In the unit that fits: `2.4 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return numberFormat(language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

const durationUnits = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** How long something takes, in one unit or two: `18 min`, `1 hr 2 min`. Rounded up; seconds only below a minute. */
export function formatDuration(ms: number, language: string): string {
  const smallest = ms <= 60_000 ? 1000 : ms < 86_400_000 ? 60_000 : 3_600_000;
  let left = Math.max(1, Math.ceil(ms / smallest)) * smallest;
  const parts: string[] = [];
  for (const { unit, ms: unitMs } of durationUnits) {
    const count = Math.floor(left / unitMs);
    left -= count * unitMs;
    const format = numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
    if (count > 0) parts.push(format.format(count));
  }
  return parts.join(' ');
}

/** How much of a time is shown. */
export type TimeStyle = 'day' | 'weekday' | 'month' | 'shortMonth' | 'year' | 'time' | 'full';

const timeStyles: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  day: { weekday: 'short', year: 'numeric', month: 'long', day: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  month: { year: 'numeric', month: 'long' },
  shortMonth: { year: 'numeric', month: 'short' },
  year: { year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  full: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
};

/**
 * @param timeZone `UTC` for a camera's wall clock, which is kept as if it were UTC (`captureLocalMs`); `undefined` for a
 *   moment, which is shown in the zone of this machine
 */
export function formatTime(ms: number, style: TimeStyle, language: string, timeZone?: 'UTC'): string {
  return dateFormat(language, {
    ...timeStyles[style],
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(ms);
}
