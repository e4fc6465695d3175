import {
  addDays,
  easterSunday,
  monthOf,
  monthRange,
  seasonRange,
  toDay,
  weekRange,
  yearOf,
  yearRange,
  type Day,
  type DayRange,
  type Hemisphere,
  type Season,
} from './calendar.ts';
import { findDateWord, type DateWord, type Feast } from './date-vocabulary.ts';
import { readJapaneseDate } from './japanese-dates.ts';
import type { Yearly } from './query.ts';
import { foldedWords } from './words.ts';

/** What the words of a date are read against. */
export type DateContext = { readonly today: Day; readonly hemisphere: Hemisphere };

/** The days that words name, and how many words it took. A winter of a year is two. */
export type DateWords = { readonly ranges: readonly DayRange[]; readonly length: number };

/** More words than the longest date: `in the last 30 days`, `le 14 juillet 2019`. */
const longestDate = 5;

/**
 * The date that the first of these words name, the longest that makes sense; `undefined` where they name none. A word that
 * is also an ordinary one (`summer`, `may`, `christmas`, `last`) is no date by itself: only days (`yesterday`), years (`2019`)
 * and whole dates (`2019-05-17`, `17.5.2019`) are.
 */
export function readDateWords(words: readonly string[], context: DateContext): DateWords | undefined {
  for (let length = Math.min(words.length, longestDate); length > 0; length -= 1) {
    const tokens = words.slice(0, length).map(toToken);
    if (!tokens.every((token) => token !== undefined)) continue;
    const ranges = rangesOf(withoutFillers(tokens), context);
    if (ranges !== undefined) return { ranges, length };
  }
  return words[0] === undefined ? undefined : readJapanese(words[0], context);
}

function readJapanese(word: string, { today, hemisphere }: DateContext): DateWords | undefined {
  const date = readJapaneseDate(word, today);
  if (date === undefined) return undefined;
  const ranges = date.is === 'days' ? [date.range] : seasonsOf(date.season, date.year, hemisphere);
  return { ranges, length: 1 };
}

type Token =
  | DateWord
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'date'; readonly range: DayRange };

function toToken(word: string): Token | undefined {
  const date = readWholeDate(word);
  if (date !== undefined) return { is: 'date', range: date };
  // 14th, 1er, 3.
  const number = /^(\d{1,4})(?:st|nd|rd|th|er|\.)?,?$/i.exec(word)?.[1];
  if (number !== undefined) return { is: 'number', value: Number(number) };
  const folded = foldedWords(word);
  if (folded.join(' ') === 'aujourd hui') return { is: 'day', daysAgo: 0 };
  // “l’été”, “d’octobre”
  const [only, more] = /^[dl]$/.test(folded[0] ?? '') ? folded.slice(1) : folded;
  return only === undefined || more !== undefined ? undefined : findDateWord(only);
}

/** `2019-05-17`, `2019/5/17`, `17.5.2019`. `5/6/2019` is June for some and May for others, so it is none. */
function readWholeDate(word: string): DayRange | undefined {
  const [, y, m, d] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(word) ?? [];
  const [, day = d, month = m, year = y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(word) ?? [];
  return year === undefined ? undefined : dayRange(Number(year), Number(month), Number(day));
}

/** Only days that exist. */
function dayRange(year: number, month: number, day: number): DayRange | undefined {
  if (month < 1 || month > 12 || !isYear(year)) return undefined;
  const from = toDay(year, month, day);
  return day >= 1 && monthOf(from) === month ? { from, to: from } : undefined;
}

/** Photography began in 1826. */
function isYear(value: number): boolean {
  return value >= 1826 && value <= 2199;
}

function withoutFillers(tokens: readonly Token[]): Token[] {
  const kept = tokens.filter((token) => token.is !== 'filler');
  // “the last” begins with a filler and may end with none: “2019 in” is a year and the word “in”.
  return tokens.at(-1)?.is === 'filler' ? [] : kept;
}

function rangesOf(tokens: readonly Token[], context: DateContext): DayRange[] | undefined {
  const [first, second, third, fourth] = tokens;
  if (first === undefined || fourth !== undefined) return undefined;
  if (second === undefined) return ofOne(first, context);
  if (third === undefined) return ofTwo(first, second, context) ?? ofTwo(second, first, context);
  return ofThree(first, second, third, context);
}

function ofOne(token: Token, { today }: DateContext): DayRange[] | undefined {
  if (token.is === 'date') return [token.range];
  if (token.is === 'number' && isYear(token.value)) return [yearRange(token.value)];
  if (token.is !== 'day') return undefined;
  const day = addDays(today, -token.daysAgo);
  return [{ from: day, to: day }];
}

function ofTwo(first: Token, second: Token, context: DateContext): DayRange[] | undefined {
  if (second.is === 'number' && isYear(second.value)) return ofYear(first, second.value, context);
  if (first.is === 'last' || first.is === 'this') return relative(first.is, second, context);
  return undefined;
}

function ofYear(token: Token, year: number, { hemisphere }: DateContext): DayRange[] | undefined {
  switch (token.is) {
    case 'month':
      return [monthRange(year, token.month)];
    case 'season':
      return seasonsOf(token.season, year, hemisphere);
    case 'feast':
      return [feastRange(token.feast, year)];
    default:
      return undefined;
  }
}

/** “Fall” falls oftener than it is a season, and stands for none by itself. */
const oftenNoSeason: ReadonlySet<string> = new Set(['fall']);

/** The time of every year that a word names by itself: never a date, but what else it may be looked for by. */
export function readYearly(
  word: string,
  { hemisphere }: Pick<DateContext, 'hemisphere'>,
): Yearly | undefined {
  const token = toToken(word);
  if (token?.is === 'feast') return { is: 'feast', feast: token.feast };
  if (token?.is !== 'season' || oftenNoSeason.has(word.toLowerCase())) return undefined;
  return { is: 'season', season: token.season, hemisphere };
}

/** Its days in a year; a season over New Year is of the year in which it begins. */
export function yearlyRange(yearly: Yearly, year: number): DayRange {
  return yearly.is === 'feast'
    ? feastRange(yearly.feast, year)
    : seasonRange(yearly.season, year, yearly.hemisphere);
}

/** “Winter 2019” may be the one before or behind it. */
function seasonsOf(season: Season, year: number, hemisphere: Hemisphere): DayRange[] {
  const range = seasonRange(season, year, hemisphere);
  return yearOf(range.to) === year ? [range] : [seasonRange(season, year - 1, hemisphere), range];
}

function feastRange(feast: Feast, year: number): DayRange {
  switch (feast) {
    case 'christmas':
      return { from: toDay(year, 12, 24), to: toDay(year, 12, 26) };
    case 'new-year':
      return { from: toDay(year, 12, 31), to: toDay(year + 1, 1, 1) };
    case 'halloween':
      return { from: toDay(year, 10, 31), to: toDay(year, 10, 31) };
    case 'easter': {
      const sunday = easterSunday(year);
      return { from: addDays(sunday, -2), to: addDays(sunday, 1) };
    }
  }
}

function relative(which: 'last' | 'this', token: Token, context: DateContext): DayRange[] | undefined {
  const { today } = context;
  if (token.is === 'unit') {
    const range = unitRange(which, token.unit, today);
    return range === undefined ? undefined : [range];
  }
  if (token.is !== 'month' && token.is !== 'season' && token.is !== 'feast') return undefined;
  const inYear = (year: number) => rangeInYear(token, year, context);
  // A season over New Year has begun the year before.
  const candidates = [1, 0, -1, -2].map((offset) => inYear(yearOf(today) + offset));
  const chosen =
    which === 'last'
      ? candidates.find((range) => range.to < today)
      : (candidates.find((range) => range.from <= today && today <= range.to) ?? inYear(yearOf(today)));
  return chosen === undefined ? undefined : [chosen];
}

function rangeInYear(
  token: Extract<Token, { is: 'month' | 'season' | 'feast' }>,
  year: number,
  { hemisphere }: DateContext,
): DayRange {
  if (token.is === 'month') return monthRange(year, token.month);
  return token.is === 'season' ? seasonRange(token.season, year, hemisphere) : feastRange(token.feast, year);
}

function unitRange(
  which: 'last' | 'this',
  unit: 'day' | 'week' | 'month' | 'year',
  today: Day,
): DayRange | undefined {
  const back = which === 'last' ? 1 : 0;
  switch (unit) {
    case 'day':
      return undefined;
    case 'week':
      return weekRange(addDays(today, -7 * back));
    case 'month': {
      const first = toDay(yearOf(today), monthOf(today) - back, 1);
      return monthRange(yearOf(first), monthOf(first));
    }
    case 'year':
      return yearRange(yearOf(today) - back);
  }
}

function ofThree(first: Token, second: Token, third: Token, { today }: DateContext): DayRange[] | undefined {
  // 14 July 2019, July 14 2019
  const [day, month] = second.is === 'month' ? [first, second] : [second, first];
  if (day.is === 'number' && month.is === 'month' && third.is === 'number') {
    const range = dayRange(third.value, month.month, day.value);
    return range === undefined ? undefined : [range];
  }
  // last 30 days, les 3 derniers mois
  const [last, count] = first.is === 'number' ? [second, first] : [first, second];
  if (last.is !== 'last' || count.is !== 'number' || third.is !== 'unit' || count.value < 1) return undefined;
  return [{ from: ago(today, count.value, third.unit), to: today }];
}

function ago(today: Day, count: number, unit: 'day' | 'week' | 'month' | 'year'): Day {
  if (unit === 'day') return addDays(today, 1 - count);
  if (unit === 'week') return addDays(today, 1 - 7 * count);
  const months = unit === 'month' ? count : 12 * count;
  const day = Number(today.slice(8));
  const lastOfMonth = Number(toDay(yearOf(today), monthOf(today) - months + 1, 0).slice(8));
  return toDay(yearOf(today), monthOf(today) - months, Math.min(day, lastOfMonth));
}
