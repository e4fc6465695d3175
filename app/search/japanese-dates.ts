import {
  addDays,
  monthOf,
  monthRange,
  toDay,
  weekRange,
  yearOf,
  yearRange,
  type Day,
  type DayRange,
  type Season,
} from './calendar.ts';

/** A season of a year: which months these are is for the reader of the other languages to say. */
export type JapaneseDate =
  | { readonly is: 'days'; readonly range: DayRange }
  | { readonly is: 'season'; readonly season: Season; readonly year: number };

/** The first year of an era, less one: 令和5年 is 2018 + 5. */
const eras: Readonly<Record<string, number>> = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 };
const yearsAgo: Readonly<Record<string, number>> = { 今年: 0, 去年: 1, 昨年: 1, 一昨年: 2, おととし: 2 };
const monthsAgo: Readonly<Record<string, number>> = { 今月: 0, 先月: 1, 先々月: 2 };
const weeksAgo: Readonly<Record<string, number>> = { 今週: 0, 先週: 1, 先々週: 2 };
const daysAgo: Readonly<Record<string, number>> = { 今日: 0, 昨日: 1, きのう: 1, 一昨日: 2, おととい: 2 };
const seasons: Readonly<Record<string, Season>> = { 春: 'spring', 夏: 'summer', 秋: 'autumn', 冬: 'winter' };

const anyOf = (words: Readonly<Record<string, unknown>>): string => Object.keys(words).join('|');
const yearPattern = `(?:(?<year>\\d{4})年|(?<era>${anyOf(eras)})(?<ofEra>\\d{1,2}|元)年|(?<ago>${anyOf(yearsAgo)}))`;
const datePattern = new RegExp(
  `^${yearPattern}(?:の?(?<season>${anyOf(seasons)})|の?(?<month>\\d{1,2})月(?:(?<day>\\d{1,2})日)?)?$`,
  'u',
);

/**
 * `2002年8月14日`, `平成14年`, `去年の夏`, `先月`, `昨日`: written without spaces, so that a whole date is one word. Digits of full
 * width are digits. `undefined` for every other word, and for days that do not exist.
 */
export function readJapaneseDate(word: string, today: Day): JapaneseDate | undefined {
  const plain = word.normalize('NFKC');
  const near = readNear(plain, today);
  if (near !== undefined) return { is: 'days', range: near };
  const found = datePattern.exec(plain)?.groups;
  if (found === undefined) return undefined;
  const year = yearOfDate(found, today);
  const season = seasons[found['season'] ?? ''];
  if (year < 1826 || year > 2199) return undefined;
  if (season !== undefined) return { is: 'season', season, year };
  const range = rangeOf(year, found['month'], found['day']);
  return range === undefined ? undefined : { is: 'days', range };
}

/** What joins a date to what was then: `2002年8月の犬`, `去年の夏に`. */
const particles = /^[のにではも、，・]/u;

/**
 * A word that begins with a date, in two: where the date ends and where what it is joined to begins, perhaps nothing. The longest
 * date that there is; `undefined` for a date alone and for every other word.
 */
export function splitJapaneseDate(word: string, today: Day): { end: number; restStart: number } | undefined {
  // What no date begins with need not be tried.
  if (!/^(?:[\d\uff10-\uff19]|[明大昭平令今去昨一先お])/u.test(word)) return undefined;
  if (readJapaneseDate(word, today) !== undefined) return undefined;
  for (let end = Math.min(word.length - 1, longestDate); end > 1; end -= 1) {
    if (!particles.test(word.slice(end))) continue;
    if (readJapaneseDate(word.slice(0, end), today) !== undefined) return { end, restStart: end + 1 };
  }
  return undefined;
}

/** Characters of the longest: `2002年12月31日`, in any width. */
const longestDate = 16;

function readNear(word: string, today: Day): DayRange | undefined {
  const days = daysAgo[word];
  if (days !== undefined) return { from: addDays(today, -days), to: addDays(today, -days) };
  const weeks = weeksAgo[word];
  if (weeks !== undefined) return weekRange(addDays(today, -7 * weeks));
  const months = monthsAgo[word];
  if (months === undefined) return undefined;
  const first = toDay(yearOf(today), monthOf(today) - months, 1);
  return monthRange(yearOf(first), monthOf(first));
}

function yearOfDate(found: Readonly<Record<string, string | undefined>>, today: Day): number {
  if (found['year'] !== undefined) return Number(found['year']);
  const before = eras[found['era'] ?? ''];
  if (before !== undefined) return before + (found['ofEra'] === '元' ? 1 : Number(found['ofEra']));
  return yearOf(today) - (yearsAgo[found['ago'] ?? ''] ?? 0);
}

function rangeOf(
  year: number,
  monthText: string | undefined,
  dayText: string | undefined,
): DayRange | undefined {
  if (monthText === undefined) return yearRange(year);
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  if (dayText === undefined) return monthRange(year, month);
  const day = toDay(year, month, Number(dayText));
  return Number(dayText) >= 1 && monthOf(day) === month ? { from: day, to: day } : undefined;
}
