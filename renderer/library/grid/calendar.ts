/**
 * Days and months of the grid's order, whose times are minutes since 1970 by the camera's clock: arithmetic alone, since a
 * million of them are looked at in one go.
 */

const minutesPerDay = 1440;

/** Days since 1970. */
export function dayOf(minutes: number): number {
  return Math.floor(minutes / minutesPerDay);
}

/** Months since January of the year 0 of the Gregorian calendar: `2019 * 12 + 4` is May 2019. */
export function monthOfDay(day: number): number {
  // Counted from March of year 0, so that a leap day is the last of its year; 400 years have 146 097 days.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (yearOfEra + era * 400) * 12 + monthFromMarch + 2;
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
