import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countFacets } from '../../app/search/facet-store.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { explainMatches, listMatches, searchAssets } from '../../app/search/search.ts';
import type { Sort } from '../../app/search/search-cursor.ts';
import { openMemoryDatabase } from '../helpers/database.ts';
import { createShelf } from './photo-shelf.ts';
import { queryText } from './query-text.ts';

describe('searchAssets: words', () => {
  test('finds a word in every field that holds text', () => {
    const shelf = createShelf();
    shelf.add('caption', { caption: 'A heron by the lake.' });
    shelf.add('title', { title: 'Heron' });
    shelf.add('alt', { altText: 'A grey heron stands in the water.' });
    shelf.add('keyword', { keywords: ['bird', 'heron'] });
    shelf.add('sign', { recognizedText: 'HERON BAY\nNO FISHING' });
    shelf.add('place', { facts: { place: 'Heron Island, Australia' } });
    shelf.add('camera', { facts: { camera_make: 'Heron', camera_model: 'X1' } });
    shelf.add('lens', { facts: { lens: 'Heron 50mm f/1.8' } });
    shelf.add('Heron_0001');
    shelf.add('folder', { path: '2019/Heron Island/' });
    shelf.add('other', { caption: 'A crane.' });
    expect(shelf.find('heron').toSorted()).toEqual([
      'Heron_0001',
      'alt',
      'camera',
      'caption',
      'folder',
      'keyword',
      'lens',
      'place',
      'sign',
      'title',
    ]);
  });

  test('wants all words, in any field and order', () => {
    const shelf = createShelf();
    shelf.add('both', { caption: 'A dog runs.', keywords: ['beach'] });
    shelf.add('one', { caption: 'A dog sleeps.' });
    expect(shelf.find('beach dog')).toEqual(['both']);
  });

  test.each([
    ['zurich', 'Zürich'],
    ['Zürich', 'Zurich'],
    ['mueller', 'Müller'],
    ['MÜLLER', 'Müller'],
    ['strasse', 'Straße'],
    ['garcon', 'Le garçon'],
    ['eau', 'Le verre de l’eau'],
    ['ecole', 'E\u0301cole'],
    ['ελλαδα', 'Ελλάδα'],
    ['ёлка', 'Елка'],
    ['lodz', 'Łódź'],
    ['東京', '東京タワー'],
    ['タワー', '東京タワー'],
    ['京', '東京タワー'],
    ['ﾀﾜｰ', '東京タワー'],
    ['서울', '서울에서'],
    ['长城', '北京的长城'],
    ['iphone', 'iPhone写真'],
    ['ｉＰｈｏｎｅ', 'iPhone写真'],
  ])('finds %s in “%s”', (query, caption) => {
    const shelf = createShelf();
    shelf.add('it', { caption });
    shelf.add('other', { caption: 'A dog.' });
    expect(shelf.find(query)).toEqual(['it']);
    expect(shelf.search(query).items[0]?.matchedIn).toEqual(['caption']);
  });

  test('does not find characters that stand apart', () => {
    const shelf = createShelf();
    shelf.add('kyoto', { caption: '京都の東' });
    expect(shelf.find('東京')).toEqual([]);
  });

  test.each([
    ['dogs', 'dog'],
    ['dog', 'dogs'],
    ['running', 'runs'],
    ['beach', 'beaches'],
    ['churches', 'church'],
    ['women', 'woman'],
    ['ponies', 'pony'],
    ['houses', 'house'],
  ])('finds %s in “%s”, and not when it is quoted', (query, caption) => {
    const shelf = createShelf();
    shelf.add('it', { caption });
    expect(shelf.find(query)).toEqual(['it']);
    expect(shelf.find(`"${query}"`)).toEqual([]);
  });

  test.each(['img_0412', '0412', '412', 'IMG_0412.jpg', 'img', 'name:0412', 'name:img_04*'])(
    'finds IMG_0412.jpg by %s',
    (query) => {
      const shelf = createShelf();
      shelf.add('IMG_0412');
      shelf.add('DSC_0413');
      expect(shelf.find(query)).toEqual(['IMG_0412']);
      expect(shelf.search(query).items[0]?.matchedIn).toEqual(['fileName']);
    },
  );

  test('finds the parts of names that are run together', () => {
    const shelf = createShelf();
    shelf.add('BeachHouse2019', { path: 'SummerTrip/' });
    for (const query of ['house', 'beach 2019', 'trip', 'beachhouse2019', 'folder:SummerTrip']) {
      expect(shelf.find(query)).toEqual(['BeachHouse2019']);
    }
  });

  test('keeps the order of a phrase', () => {
    const shelf = createShelf();
    shelf.add('sign', { recognizedText: 'No entry' });
    shelf.add('text', { recognizedText: 'Entry: no charge' });
    expect(shelf.find('text:"no entry"')).toEqual(['sign']);
    expect(shelf.find('no entry')).toHaveLength(2);
  });

  test('completes the last word as it is typed', () => {
    const shelf = createShelf();
    shelf.add('beach', { caption: 'A dog on the beach.' });
    shelf.add('sofa', { caption: 'A dog on the sofa.' });
    expect(shelf.find('dog bea', { asYouType: true })).toEqual(['beach']);
    expect(shelf.find('dog b', { asYouType: true })).toHaveLength(2);
    expect(shelf.find('dog bea')).toEqual([]);
  });

  test.each([
    ['dog -beach', ['sofa']],
    ['-beach', ['cat', 'sofa']],
    ['-beach -cat', ['sofa']],
    ['dog OR cat', ['beach', 'cat', 'sofa']],
    ['(dog beach) OR cat', ['beach', 'cat']],
    ['-(dog beach)', ['cat', 'sofa']],
    ['cat OR -beach', ['cat', 'sofa']],
    ['dog OR rating:5', ['beach', 'cat', 'sofa']],
    ['-dog OR rating:2', ['beach', 'cat']],
    ['-(dog rating:2)', ['cat', 'sofa']],
    ['', ['beach', 'cat', 'sofa']],
    ['-unicorn', ['beach', 'cat', 'sofa']],
    ['unicorn', []],
  ])('combines: %s', (query, names) => {
    const shelf = createShelf();
    shelf.add('beach', { caption: 'A dog on the beach.', facts: { rating: 2 } });
    shelf.add('sofa', { caption: 'A dog on the sofa.' });
    shelf.add('cat', { caption: 'A cat.', facts: { rating: 5 } });
    expect(shelf.find(query).toSorted()).toEqual(names);
  });
});

describe('searchAssets: order', () => {
  test('puts words side by side before scattered ones', () => {
    const shelf = createShelf();
    shelf.add('phrase', { caption: 'An old wooden cart in front of a red barn on the hill.' });
    shelf.add('scattered', {
      caption: 'A red tractor, a red cart, a red door of the barn and another barn.',
    });
    shelf.add('neither', { caption: 'A lake.' });
    expect(shelf.find('red barn')).toEqual(['phrase', 'scattered']);
  });

  test('puts what is described before what is only named so', () => {
    const shelf = createShelf();
    shelf.add('keyword', {
      caption: 'An animal runs through deep snow under a clear sky in winter.',
      keywords: ['dog'],
    });
    shelf.add('caption', { caption: 'A dog runs through deep snow under a clear sky in the cold winter.' });
    shelf.add('dog', { path: 'Dog/', caption: 'A lake.' });
    for (let index = 0; index < 5; index += 1) shelf.add(`filler${String(index)}`, { caption: 'A lake.' });
    expect(shelf.find('dog').at(-1)).toBe('dog');
    expect(shelf.find('dog')).toHaveLength(3);
  });

  test('puts the word itself before its other forms', () => {
    const shelf = createShelf();
    shelf.add('exact', { caption: 'Two dogs.' });
    shelf.add('form', { caption: 'One dog.' });
    for (let index = 0; index < 9; index += 1) shelf.add(`filler${String(index)}`, { caption: 'A lake.' });
    expect(shelf.find('dogs')).toEqual(['exact', 'form']);
  });

  test('puts the newest first among equals', () => {
    const shelf = createShelf();
    shelf.add('middle', { caption: 'A dog.', taken: '2019-06-01T00:00' });
    shelf.add('newest', { caption: 'A dog.', taken: '2021-06-01T00:00' });
    shelf.add('oldest', { caption: 'A dog.', taken: '2003-06-01T00:00' });
    expect(shelf.find('dog')).toEqual(['newest', 'middle', 'oldest']);
  });

  test.each<[Sort, string[]]>([
    ['newest', ['IMG_10', 'IMG_2', 'Ähre']],
    ['oldest', ['Ähre', 'IMG_2', 'IMG_10']],
    ['name', ['Ähre', 'IMG_2', 'IMG_10']],
    ['rating', ['IMG_2', 'IMG_10', 'Ähre']],
    ['relevance', ['IMG_10', 'IMG_2', 'Ähre']],
  ])('lists everything by %s', (sort, names) => {
    const shelf = createShelf();
    shelf.add('Ähre', { facts: { rating: -1 } });
    shelf.add('IMG_2', { facts: { rating: 4 } });
    shelf.add('IMG_10');
    expect(shelf.find('', { sort })).toEqual(names);
  });

  test.each<Sort>(['relevance', 'newest', 'oldest', 'name', 'rating'])(
    'gives every photo once, in the same order, page by page (%s)',
    (sort) => {
      const shelf = createShelf();
      for (let index = 0; index < 23; index += 1) {
        shelf.add(`p${String(index)}`, {
          caption: `dog ${'lake '.repeat(index % 3)}`,
          taken: `20${String(10 + (index % 4))}-01-01T00:00`,
          facts: { rating: index % 3 },
        });
      }
      for (const query of ['dog', '', 'dog lake', 'rating:<=1']) {
        const whole = shelf.find(query, { sort });
        const paged: string[] = [];
        let after: string | null = null;
        do {
          const page = shelf.search(query, { sort, limit: 4, ...(after === null ? {} : { after }) });
          paged.push(...page.items.map((item) => shelf.nameOf(item.assetId)));
          after = page.nextCursor;
        } while (after !== null);
        expect(paged).toEqual(whole);
        expect(new Set(paged).size).toBe(paged.length);
      }
    },
  );

  test('refuses a cursor or limit that is none', () => {
    const shelf = createShelf();
    shelf.add('one', { caption: 'dog' });
    for (const after of [
      '',
      '{',
      '{"order":"newest"}',
      '{"order":"__proto__"}',
      '[]',
      '{"order":"name","nameKey":"","id":1}',
    ]) {
      expect(() => shelf.search('dog', { sort: 'newest', after })).toThrow('invalid-input');
    }
    expect(() => shelf.search('dog', { limit: 501 })).toThrow('invalid-input');
    expect(() => shelf.search('dog', { limit: 0 })).toThrow('invalid-input');
  });
});

describe('searchAssets: snippets', () => {
  test('marks what matched, in the field with the most matches', () => {
    const shelf = createShelf();
    shelf.add('Dog', { caption: 'Two dogs in Zürich.', keywords: ['dog', 'lake'] });
    expect(shelf.search('dog zurich').items).toEqual([
      {
        assetId: 1,
        snippet: 'Two \u0002dogs\u0003 in \u0002Zürich\u0003.',
        matchedIn: ['caption', 'keywords', 'fileName'],
        matches: [
          { field: 'caption', by: 'form', asked: 'dog', found: 'dogs' },
          { field: 'caption', by: 'word', asked: 'zurich', found: 'Zürich' },
          { field: 'keywords', by: 'word', asked: 'dog', found: 'dog' },
          { field: 'fileName', by: 'word', asked: 'dog', found: 'Dog' },
        ],
      },
    ]);
  });

  test('explains photos of another order as a page of it does, also by other words', () => {
    const shelf = createShelf();
    shelf.add('car', { caption: 'An automobile in the rain.' });
    shelf.add('bus', { caption: 'A car beside a bus.' });
    const { items } = shelf.search('car', { sort: 'oldest' });
    expect(items).toHaveLength(2);
    const ids = items.map(({ assetId }) => assetId).toReversed();
    expect(explainMatches(shelf.db, parseQuery('car'), ids)).toEqual({
      items: items.toReversed(),
      leavesOutOthers: false,
    });
  });

  test('has no snippet where no text was searched', () => {
    const shelf = createShelf();
    shelf.add('one', { caption: 'A dog.', facts: { rating: 5 } });
    for (const query of ['', 'rating:5', '-cat']) {
      expect(shelf.search(query).items).toEqual([{ assetId: 1, snippet: null, matchedIn: [], matches: [] }]);
    }
  });
});

test('never throws, and gives the same assets in every order, whatever is searched', () => {
  const db = openMemoryDatabase();
  try {
    const shelf = createShelf(db);
    shelf.add('IMG_0412', {
      caption: 'A dog in Zürich 東京',
      facts: { rating: 3, colors: '{"names":["red"],"isMonochrome":false}', format: 'jpeg' },
    });
    shelf.add('x', {
      keywords: ['dog', 'may'],
      recognizedText: '12:30 no entry',
      facts: { iso: 200, width_px: 20, height_px: 10 },
    });
    shelf.add('gone', { fileState: 'missing', baseline: true, title: 'x y' });
    fc.assert(
      fc.property(queryText, fc.boolean(), (text, asYouType) => {
        const query = parseQuery(text, { asYouType });
        const ids = (sort: Sort) =>
          searchAssets(db, query, { sort })
            .items.map((item) => item.assetId)
            .toSorted((one, other) => one - other);
        const expected = ids('relevance');
        for (const sort of ['newest', 'oldest', 'name', 'rating'] as const) {
          expect(ids(sort)).toEqual(expected);
        }
        expect(searchAssets(db, query).total).toBe(expected.length);
        countFacets(db, query, {
          fields: ['camera', 'year', 'keyword', 'folder', 'format', 'color', 'rating', 'label'],
        });
      }),
      { numRuns: 300 },
    );
    for (const text of [
      'dog '.repeat(5_000),
      '-'.repeat(1_000),
      '(a OR (b '.repeat(500),
      'x'.repeat(100_000),
      '東'.repeat(5_000),
    ]) {
      expect(() => searchAssets(db, parseQuery(text))).not.toThrow();
    }
  } finally {
    db.close();
  }
});

test('listMatches gives all that a search finds, newest first, whatever its size', () => {
  const shelf = createShelf();
  shelf.db.transact(() => {
    for (let photo = 0; photo < 1_100; photo += 1) shelf.add(`heron ${String(photo)}`);
  });
  shelf.add('crane');
  const pages = [...listMatches(shelf.db, parseQuery('heron'))];
  expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(500);
  expect(pages.flat().map((id) => shelf.nameOf(id))).toEqual(
    Array.from({ length: 1_100 }, (_, index) => `heron ${String(1_099 - index)}`),
  );
});
