/** Numbers, times and sizes as people read them. */

/** With thousands separators: `2,340`. By hand, since a command would wait longer for `Intl` than for a search. */
export function formatCount(count: number): string {
  return grouped(String(Math.round(count)));
}

/** With one decimal, where there is one: `1,234.5`, `2`. */
export function formatDecimal(value: number): string {
  const [integer = '', decimals] = String(Math.round(value * 10) / 10).split('.');
  return decimals === undefined ? grouped(integer) : `${grouped(integer)}.${decimals}`;
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 photo`, `2,340 photos`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `3.2/s`, `12/min`; per minute where a second is too short to count in. */
export function formatRate(perSecond: number): string {
  if (perSecond >= 10) return `${formatCount(perSecond)}/s`;
  return perSecond >= 0.95 ? `${formatDecimal(perSecond)}/s` : `${formatCount(perSecond * 60)}/min`;
}

/** `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`: two units at most, and none that pretends to know more than it does. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A time that nobody knows exactly: `less than a minute`, `12 minutes`, `3 hours`, `2 days`. */
export function formatAbout(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 100) return `about ${plural(minutes, 'minute')}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${plural(hours, 'hour')}` : `about ${plural(Math.round(hours / 24), 'day')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The machine's local time: `2026-11-23 01:14`. */
export function formatTime(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The camera's wall clock, with its own offset where the file says one: `2019-05-04 18:20 (+02:00)`. */
export function formatCaptureTime(localMs: number, offsetMinutes: number | undefined): string {
  const clock = new Date(localMs).toISOString().slice(0, 16).replace('T', ' ');
  if (offsetMinutes === undefined) return clock;
  return `${clock} (${formatOffset(offsetMinutes)})`;
}

/** `+02:00`. */
export function formatOffset(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const byteUnits = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** In powers of a thousand: `4.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatDecimal(value)} ${byteUnits[unit] ?? ''}`;
}

/** `1/250 s`, `0.8 s`, `30 s`. */
export function formatExposure(seconds: number): string {
  return seconds >= 0.3 ? `${formatDecimal(seconds)} s` : `1/${formatCount(1 / seconds)} s`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As players show it: `0:12`, `1:05:30`. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `:${twoDigits(seconds % 60)}`;
  return hours === 0 ? `${String(minutes)}${tail}` : `${String(hours)}:${twoDigits(minutes)}${tail}`;
}
