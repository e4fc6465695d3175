/** Days as text, `2019-05-17`: they sort as they follow one another. No time zone: photos are dated by the camera's wall clock. */
export type Day = string;

/** From and to, both included. */
export type DayRange = { readonly from: Day; readonly to: Day };

/** Winter and summer change places south of the equator. */
export type Hemisphere = 'north' | 'south';

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** The day that `year`, `month` (1–12) and `day` name; more or fewer days or months than there are count on. */
export function toDay(year: number, month: number, day: number): Day {
  return dayOf(Date.UTC(year, month - 1, day));
}

/** The day of a wall clock that is read as if it were UTC; the nearest that can be written. */
export function dayAt(ms: number): Day {
  return dayOf(Math.min(Math.max(ms, Date.UTC(0, 0, 1)), Date.UTC(9999, 11, 31)));
}

function dayOf(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A day so many days later; fewer when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** 1–12. */
export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

/** The day where we are, at a time. */
export function localDay(ms: number): Day {
  const date = new Date(ms);
  return toDay(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

export function yearRange(year: number): DayRange {
  return { from: toDay(year, 1, 1), to: toDay(year, 12, 31) };
}

/** @param month 1–12 */
export function monthRange(year: number, month: number): DayRange {
  return { from: toDay(year, month, 1), to: toDay(year, month + 1, 0) };
}

/** Monday to Sunday (ISO 8601) of the week that holds a day. */
export function weekRange(day: Day): DayRange {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = addDays(day, -weekday);
  return { from, to: addDays(from, 6) };
}

const firstMonths: Readonly<Record<Hemisphere, Readonly<Record<Season, number>>>> = {
  north: { spring: 3, summer: 6, autumn: 9, winter: 12 },
  south: { spring: 9, summer: 12, autumn: 3, winter: 6 },
};

/** Three whole months, as meteorologists count them. One that goes over New Year is of the year in which it begins. */
export function seasonRange(season: Season, year: number, hemisphere: Hemisphere): DayRange {
  const first = firstMonths[hemisphere][season];
  return { from: toDay(year, first, 1), to: toDay(year, first + 3, 0) };
}

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876). */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return toDay(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

const southernZones =
  /^(?:Australia|Antarctica)\/|^Africa\/(?:Johannesburg|Harare|Maputo|Windhoek|Gaborone|Lusaka|Maseru|Mbabane)$|^Indian\/(?:Antananarivo|Mauritius|Reunion)$|^Pacific\/(?:Auckland|Fiji|Tongatapu|Noumea|Chatham)$|^America\/(?:Argentina\/.+|Buenos_Aires|Santiago|Punta_Arenas|Montevideo|Asuncion|Sao_Paulo|Campo_Grande|Cuiaba|La_Paz|Lima)$|^Atlantic\/Stanley$/;

/** By the name of the time zone, such as `Australia/Sydney`: the best guess at where somebody lives. */
export function hemisphereOf(timeZone: string): Hemisphere {
  return southernZones.test(timeZone) ? 'south' : 'north';
}
