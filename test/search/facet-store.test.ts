import { expect, test } from 'vitest';
import { countFacets } from '../../app/search/facet-store.ts';
import { listKeywords } from '../../app/search/keyword-store.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { createShelf } from './photo-shelf.ts';

test('counts a result by its values, most first', () => {
  const shelf = createShelf();
  const nikon = {
    camera_model: 'NIKON D40',
    format: 'jpeg',
    rating: 5,
    colors: '{"names":["red","white"],"isMonochrome":false}',
  };
  shelf.add('a', {
    path: '2019/Italy/',
    keywords: ['dog', 'beach'],
    taken: '2019-12-31T23:59:59.999',
    facts: nikon,
  });
  shelf.add('b', {
    path: '2019/Italy/',
    keywords: ['dog'],
    taken: '2020-01-01T00:00',
    facts: { ...nikon, label: 'Red' },
  });
  shelf.add('c', {
    keywords: ['dog'],
    taken: '1931-06-01T00:00',
    facts: { format: 'tiff', colors: '{"names":["grey"],"isMonochrome":true}' },
  });
  shelf.add('gone', { keywords: ['dog'], fileState: 'missing', facts: nikon });
  shelf.add('cat', { keywords: ['cat'], facts: nikon });
  const fields = ['camera', 'year', 'keyword', 'folder', 'format', 'color', 'rating', 'label'] as const;
  expect(countFacets(shelf.db, parseQuery('dog'), { fields })).toEqual({
    camera: [{ value: 'NIKON D40', count: 2 }],
    year: [
      { value: '1931', count: 1 },
      { value: '2019', count: 1 },
      { value: '2020', count: 1 },
    ],
    keyword: [
      { value: 'dog', count: 3 },
      { value: 'beach', count: 1 },
    ],
    folder: [
      { value: '2019/Italy', count: 2 },
      { value: '', count: 1 },
    ],
    format: [
      { value: 'jpeg', count: 2 },
      { value: 'tiff', count: 1 },
    ],
    color: [
      { value: 'red', count: 2 },
      { value: 'white', count: 2 },
      { value: 'grey', count: 1 },
    ],
    rating: [{ value: '5', count: 2 }],
    label: [{ value: 'Red', count: 1 }],
  });
  expect(countFacets(shelf.db, parseQuery(''), { fields: ['format'], limit: 1 })).toEqual({
    format: [{ value: 'jpeg', count: 3 }],
  });
});

test('completes keywords in use, most used first', () => {
  const shelf = createShelf();
  shelf.add('a', { keywords: ['Beach', 'bear', '100%'] });
  shelf.add('b', { keywords: ['bear', 'cat'] });
  expect(listKeywords(shelf.db, 'be')).toEqual([
    { keyword: 'bear', assetCount: 2 },
    { keyword: 'Beach', assetCount: 1 },
  ]);
  expect(listKeywords(shelf.db, '', 1)).toEqual([{ keyword: 'bear', assetCount: 2 }]);
  expect(listKeywords(shelf.db, '%')).toEqual([]);
});
