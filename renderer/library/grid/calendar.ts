/**
 * Days and months of the grid's order, whose times are minutes since 1970 by the camera's clock: arithmetic alone, since a
 * million of them are looked at in one go.
 */

const minutesPerDay = 1440;

/** Days since 1970. */
export function dayOf(minutes: number): number {
  return Math.floor(minutes / minutesPerDay);
}

export function yearOfMonth(month: number): number {
  return Math.floor(month / 12);
}

/** The first moment of a month in milliseconds, for `formatTime` with `UTC`. */
export function msOfMonth(month: number): number {
  const year = yearOfMonth(month);
  const first = new Date(0);
  first.setUTCFullYear(year, month - year * 12, 1);
  return first.getTime();
}

export function msOfDay(day: number): number {
  return day * minutesPerDay * 60_000;
}

export function msOfMinutes(minutes: number): number {
  return minutes * 60_000;
}
