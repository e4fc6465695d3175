import {
  addDays,
  monthRange,
  toDay,
  yearOf,
  yearRange,
  monthOf,
  type Day,
  type DayRange,
} from './calendar.ts';

/**
 * The day of a photo in the full-text index: as year, month and day, each marked at its beginning so that neither a typed word nor the beginning of one meets it. So a date
 * among the words of a search (`dog last summer`) is found and ranked like a word.
 */
const dayMark = '\u{E003}';

/** What the index holds for a photo of that day. */
export function dayTokens(day: Day): string[] {
  return [day.slice(0, 4), day.slice(0, 7), day].map(toToken);
}

/** What to look for: whole years and months where they fit, single days at the ends. */
export function rangeTokens({ from, to }: DayRange): string[] {
  const tokens: string[] = [];
  for (let day = from; day <= to;) {
    const year = yearRange(yearOf(day));
    const month = monthRange(yearOf(day), monthOf(day));
    if (day === year.from && year.to <= to) {
      tokens.push(toToken(day.slice(0, 4)));
      day = toDay(yearOf(day) + 1, 1, 1);
    } else if (day === month.from && month.to <= to) {
      tokens.push(toToken(day.slice(0, 7)));
      day = addDays(month.to, 1);
    } else {
      tokens.push(toToken(day));
      day = addDays(day, 1);
    }
  }
  return tokens;
}

function toToken(part: string): string {
  return dayMark + part.replaceAll('-', '');
}
