import { expect, test } from 'vitest';
import { completeQuery } from '../../app/search/complete.ts';
import { listParts } from '../../app/search/describe-query.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { createShelf } from './photo-shelf.ts';

function shelfOfThree() {
  const shelf = createShelf();
  shelf.add('one', {
    keywords: ['heron', 'Herring gull'],
    taken: '2018-01-01T12:00',
    facts: { camera_model: 'NIKON D40', place: 'Bergen, Norway' },
  });
  shelf.add('two', { keywords: ['heron'], taken: '2019-01-01T12:00', facts: { camera_model: 'NIKON D40' } });
  shelf.add('three', {
    caption: 'A heroic fisherman.',
    taken: '2019-02-01T12:00',
    facts: { camera_model: 'X100' },
  });
  return shelf;
}

test.each([
  ['her', ['heron 2', 'Herring gull 1', 'heroic', 'herring']],
  ['dog keyword:her', ['heron 2', 'Herring gull 1']],
  ['-kw:herr', ['Herring gull 1']],
  ['camera:nik', ['NIKON D40 2']],
  ['camera:"NIKON D', ['NIKON D40 2']],
  ['place:nor', ['Bergen, Norway 1']],
  ['year:', ['2019', '2018']],
  ['is:und', ['undescribed']],
  ['orient', []],
  ['', []],
])('%s goes on with %j', (text, labels) => {
  const { db } = shelfOfThree();
  const { items } = completeQuery(db, text);
  const shown = items
    .filter(({ kind }) => kind !== 'filter')
    .map(({ label, photos }) => (photos === null ? label : `${label} ${String(photos)}`));
  expect(shown).toEqual(labels);
});

test('what a completion gives is understood, and replaces only the word at the cursor', () => {
  const { db } = shelfOfThree();
  const text = 'camera:nik dog';
  const { start, end, items } = completeQuery(db, text, 10);
  const completed = text.slice(0, start) + (items[0]?.insert ?? '') + text.slice(end);
  expect(completed).toBe('camera:"NIKON D40" dog');
  expect(parseQuery(completed).notes).toEqual([]);
  expect(completeQuery(db, 'came').items[0]?.insert).toBe('camera:');
});

test('chips cover what was typed, with days of dates and the minus of what is left out', () => {
  const text = 'dog last summer -kw:"sea lion" rating:>=3';
  const parts = listParts(parseQuery(text, { dates: { today: '2024-05-15', hemisphere: 'north' } }));
  expect(
    parts.map(({ start, end, kind, field, isNegated }) => [text.slice(start, end), kind, field, isNegated]),
  ).toEqual([
    ['dog', 'text', null, false],
    ['last summer', 'date', null, false],
    ['-kw:"sea lion"', 'filter', 'keyword', true],
    ['rating:>=3', 'filter', 'rating', false],
  ]);
  expect(parts[1]?.days).toEqual([{ from: '2023-06-01', to: '2023-08-31' }]);
});
