import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayAt, hemisphereOf, type DayRange } from '../../app/search/calendar.ts';
import { rangeTokens } from '../../app/search/day-tokens.ts';
import { readDateWords, readYearly, yearlyRange, type DateContext } from '../../app/search/date-words.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { createShelf } from './photo-shelf.ts';

/** A Wednesday. */
const dates: DateContext = { today: '2024-05-15', hemisphere: 'north' };

function read(text: string, context = dates): string | undefined {
  const words = text.split(' ');
  const found = readDateWords(words, context);
  if (found?.length !== words.length) return undefined;
  return found.ranges.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(' ');
}

/** What may be a date, and often is none. */
const japaneseDate = fc
  .tuple(
    fc.constantFrom('2002年', '平成31年', '昭和99年', '去年', '今年', '先月', '昨日', '9999年', ''),
    fc.constantFrom('の', ''),
    fc.constantFrom('夏', '冬', ''),
    fc
      .constantFrom('', '月', '月31日', '月0日')
      .chain((end) => fc.nat({ max: 99 }).map((n) => (end === '' ? '' : `${String(n)}${end}`))),
  )
  .map((parts) => parts.join(''));

describe('readDateWords', () => {
  test.each([
    ['2019', '2019-01-01..2019-12-31'],
    ['in 2019', '2019-01-01..2019-12-31'],
    ['May 2019', '2019-05-01..2019-05-31'],
    ['2019 May', '2019-05-01..2019-05-31'],
    ['Mai 2019', '2019-05-01..2019-05-31'],
    ['février 2020', '2020-02-01..2020-02-29'],
    ['März 2019', '2019-03-01..2019-03-31'],
    ['août 2019', '2019-08-01..2019-08-31'],
    ['14 July 2019', '2019-07-14'],
    ['July 14 2019', '2019-07-14'],
    ['July 14th, 2019', '2019-07-14'],
    ['14. Juli 2019', '2019-07-14'],
    ['le 14 juillet 2019', '2019-07-14'],
    ['2019-07-14', '2019-07-14'],
    ['14.7.2019', '2019-07-14'],
    ['yesterday', '2024-05-14'],
    ['gestern', '2024-05-14'],
    ['aujourd’hui', '2024-05-15'],
    ['vorgestern', '2024-05-13'],
    ['last week', '2024-05-06..2024-05-12'],
    ['this week', '2024-05-13..2024-05-19'],
    ['letzte Woche', '2024-05-06..2024-05-12'],
    ['la semaine dernière', '2024-05-06..2024-05-12'],
    ['last month', '2024-04-01..2024-04-30'],
    ['le mois dernier', '2024-04-01..2024-04-30'],
    ['last year', '2023-01-01..2023-12-31'],
    ['letztes Jahr', '2023-01-01..2023-12-31'],
    ['last 30 days', '2024-04-16..2024-05-15'],
    ['last summer', '2023-06-01..2023-08-31'],
    ['letzten Sommer', '2023-06-01..2023-08-31'],
    ['l’été dernier', '2023-06-01..2023-08-31'],
    ['last winter', '2023-12-01..2024-02-29'],
    ['this spring', '2024-03-01..2024-05-31'],
    ['last May', '2023-05-01..2023-05-31'],
    ['last Christmas', '2023-12-24..2023-12-26'],
    ['spring 2022', '2022-03-01..2022-05-31'],
    ['Sommer 2019', '2019-06-01..2019-08-31'],
    ['été 2019', '2019-06-01..2019-08-31'],
    ['winter 2019', '2018-12-01..2019-02-28 2019-12-01..2020-02-29'],
    ['christmas 2023', '2023-12-24..2023-12-26'],
    ['Weihnachten 2023', '2023-12-24..2023-12-26'],
    ['Noël 2023', '2023-12-24..2023-12-26'],
    // 21 April 2019 and 31 March 2024 were Easter Sundays.
    ['Easter 2019', '2019-04-19..2019-04-22'],
    ['Ostern 2024', '2024-03-29..2024-04-01'],
    ['Silvester 2019', '2019-12-31..2020-01-01'],
    ['2002年', '2002-01-01..2002-12-31'],
    ['2002年8月', '2002-08-01..2002-08-31'],
    ['２００２年８月', '2002-08-01..2002-08-31'],
    ['2004年2月29日', '2004-02-29'],
    ['2002年の夏', '2002-06-01..2002-08-31'],
    ['平成14年8月', '2002-08-01..2002-08-31'],
    ['令和元年', '2019-01-01..2019-12-31'],
    ['去年', '2023-01-01..2023-12-31'],
    ['去年の夏', '2023-06-01..2023-08-31'],
    ['昨年12月', '2023-12-01..2023-12-31'],
    ['今年', '2024-01-01..2024-12-31'],
    ['先月', '2024-04-01..2024-04-30'],
    ['先週', '2024-05-06..2024-05-12'],
    ['昨日', '2024-05-14'],
    ['今日', '2024-05-15'],
  ])('%s', (text, days) => {
    expect(read(text)).toBe(days);
  });

  test.each([
    'summer',
    'may',
    'march',
    'christmas',
    'last',
    'week',
    'spring',
    'in',
    '0412',
    '12',
    '31 February 2019',
    '2019-13',
    '5/6/2019',
    '30.2.2019',
    'fall',
    '夏',
    '8月',
    '2003年2月29日',
    '2002年13月',
    '2002年8月の犬',
    '0002年',
  ])('%s by itself is no date', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('has summer in January south of the equator', () => {
    const south = { today: '2024-05-15', hemisphere: 'south' } as const;
    expect(read('last summer', south)).toBe('2023-12-01..2024-02-29');
    expect(read('winter 2019', south)).toBe('2019-06-01..2019-08-31');
    expect([hemisphereOf('Australia/Sydney'), hemisphereOf('America/New_York')]).toEqual(['south', 'north']);
  });

  test('never throws, and names days that exist', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...'last this summer may 2019 14 31 0 9999 30 days week yesterday 2019-02-29 l’été in le dernier'.split(
          ' ',
        ),
      ),
      japaneseDate,
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        for (const { from, to } of readDateWords(words, dates)?.ranges ?? []) {
          expect([dayAt(Date.parse(from)), dayAt(Date.parse(to))]).toEqual([from, to]);
          expect(from <= to).toBe(true);
        }
      }),
    );
  });
});

test('a Japanese date is the day that its numbers say, in each era', () => {
  const day = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('1989-01-08', days));
  fc.assert(
    fc.property(day, (of) => {
      const [year = 0, month = 0, date = 0] = of.split('-').map(Number);
      const rest = `${String(month)}月${String(date)}日`;
      expect(read(`${String(year)}年${rest}`)).toBe(of);
      expect(read(`平成${String(year - 1988)}年${rest}`)).toBe(of);
    }),
  );
});

test('the tokens of a range stand for each of its days once, and for no other', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1980-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 1_500 }), day, (from, length, other) => {
      const range: DayRange = { from, to: addDays(from, length) };
      const tokens = rangeTokens(range).map((token) => token.slice(1));
      const covering = (of: string) =>
        tokens.filter((token) => of.replaceAll('-', '').startsWith(token)).length;
      expect(covering(other)).toBe(range.from <= other && other <= range.to ? 1 : 0);
      expect([covering(range.from), covering(range.to)]).toEqual([1, 1]);
    }),
  );
});

describe('a search with a date in it', () => {
  test.each([
    ['dog last summer', ['dog2023']],
    ['dog 2019', ['dog2019']],
    ['last summer', ['cat2023', 'dog2023', 'words']],
    ['summer 2023', ['cat2023', 'dog2023', 'report']],
    ['summer', ['cat2023', 'dog2019', 'dog2023', 'report', 'words']],
    ['dog summer', ['dog2019', 'dog2023']],
    ['caption:summer', ['words']],
    ['winter', ['report', 'words']],
    ['fall', []],
    ['"summer 2023"', ['report']],
    ['dog -(last summer)', ['dog2019']],
    ['dog 14.7.2019', ['dog2019']],
    ['cat OR 2019', ['cat2023', 'dog2019']],
    ['2023年7月', ['dog2023']],
    ['dog 去年の夏', ['dog2023']],
    ['-2023年 dog', ['dog2019']],
    ['2023年7月のdog', ['dog2023']],
    ['２０２３年７月のdog', ['dog2023']],
    ['去年の夏に', ['cat2023', 'dog2023']],
    ['去年の夏の犬', []],
    ['cat 去年の夏のdog', []],
    ['dog -2023年のcat', ['dog2019', 'dog2023']],
  ])('%s', (query, names) => {
    const shelf = createShelf();
    shelf.add('dog2023', { caption: 'A dog.', taken: '2023-07-02T12:00' });
    shelf.add('cat2023', { caption: 'A cat.', taken: '2023-08-31T23:59' });
    shelf.add('dog2019', { caption: 'A dog.', taken: '2019-07-14T00:00' });
    shelf.add('words', { caption: 'The last rose of summer.', taken: '2001-01-01T00:00' });
    shelf.add('report', { recognizedText: 'Report: Summer 2023', taken: '2001-01-01T00:00' });
    expect(shelf.find(query, { dates }).toSorted()).toEqual(names);
  });

  test('that is joined to a word is told apart from it, and each is where it was typed', () => {
    const shelf = createShelf();
    shelf.add('it', { caption: '柴犬が海辺を走る', taken: '2002-08-14T12:00' });
    shelf.add('later', { caption: '柴犬', taken: '2003-08-14T12:00' });
    const typed = '2002年8月の柴犬';
    expect(shelf.search(typed, { dates }).items.map(({ matches }) => matches)).toEqual([
      [
        { field: 'caption', by: 'word', asked: '柴犬', found: '柴犬' },
        { field: 'date', by: 'date', asked: '2002年8月', found: '2002-08-14' },
      ],
    ]);
    const { node } = parseQuery(typed, { dates });
    const ranges =
      node?.kind === 'and' ? node.nodes.map(({ range }) => typed.slice(range.start, range.end)) : [];
    expect(ranges).toEqual(['2002年8月', '柴犬']);
  });

  test('says that the date matched', () => {
    const shelf = createShelf();
    shelf.add('it', { caption: 'A dog.', taken: '2023-07-02T12:00' });
    expect(shelf.search('dog last summer', { dates }).items[0]?.matches).toEqual([
      { field: 'caption', by: 'word', asked: 'dog', found: 'dog' },
      { field: 'date', by: 'date', asked: 'last summer', found: '2023-07-02' },
    ]);
  });

  test('follows a capture time that is mended', async () => {
    const { indexStale } = await import('../../app/search/index-store.ts');
    const shelf = createShelf();
    const id = shelf.add('it', { caption: 'A dog.', taken: '2001-01-01T12:00' });
    shelf.db.run('UPDATE asset SET sort_ms = ? WHERE id = ?', [Date.UTC(2019, 6, 14), id]);
    expect(indexStale(shelf.db)).toBe(1);
    expect(shelf.find('dog 2019')).toEqual(['it']);
  });
});

describe('a time of every year', () => {
  test.each([
    ['winter', ['january', 'december', 'february']],
    ['Weihnachten', ['december']],
    ['noël', ['december']],
    ['Ostern', ['easter']],
    ['summer', ['said', 'august']],
    ['spring', ['easter']],
  ])('%s finds what has the word first, and then what was taken then in any year', (query, names) => {
    const shelf = createShelf();
    shelf.add('said', { caption: 'The last rose of summer.', taken: '2001-10-01T00:00' });
    shelf.add('january', { caption: 'Ice.', taken: '2006-01-20T12:00' });
    shelf.add('december', { caption: 'Candles.', taken: '2006-12-25T18:00' });
    shelf.add('february', { caption: 'Ice.', taken: '1999-02-28T23:59' });
    shelf.add('august', { caption: 'Sand.', taken: '2019-08-31T23:59' });
    // 8 April 2007 was Easter Sunday.
    shelf.add('easter', { caption: 'Eggs.', taken: '2007-04-08T10:00' });
    const found = shelf.find(query, { dates });
    expect(found.toSorted()).toEqual(names.toSorted());
    expect(found.filter((name) => name === 'said')).toEqual(
      found.slice(0, 1).filter((name) => name === 'said'),
    );
    const [last] = shelf.search(query, { dates }).items.slice(-1);
    expect(last?.matches).toMatchObject([{ field: 'date', by: 'date', asked: query }]);
  });

  test('is the same days in each year, the whole of them and no others', () => {
    const words = ['spring', 'summer', 'autumn', 'winter'].map((word) => readYearly(word, dates));
    fc.assert(
      fc.property(fc.integer({ min: 1850, max: 2150 }), (year) => {
        const ranges = words.map((word) => (word === undefined ? undefined : yearlyRange(word, year)));
        // Each begins on the day behind the one before, and the four are a year.
        for (const [index, range] of ranges.entries()) {
          const next =
            ranges[index + 1] ?? (words[0] === undefined ? undefined : yearlyRange(words[0], year + 1));
          expect(range === undefined ? undefined : addDays(range.to, 1)).toBe(next?.from);
        }
      }),
    );
  });
});
