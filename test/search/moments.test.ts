import { expect, test } from 'vitest';
import type { Moment } from '../../app/contract/models/description.ts';
import { createShelf } from './photo-shelf.ts';

/** A minute each, one behind the other. */
const moments = (...texts: string[]): Moment[] =>
  texts.map((text, index) => ({ startMs: index * 60_000, endMs: (index + 1) * 60_000, text }));

/** In which moment a video is opened that a query finds: the minute, and why. */
function openingOf(query: string, texts: readonly string[]) {
  const shelf = createShelf();
  shelf.add('video', { caption: 'A film.', moments: moments(...texts) });
  const [match] =
    shelf.search(query).items[0]?.matches.filter(({ momentMs }) => momentMs !== undefined) ?? [];
  return match === undefined ? undefined : [(match.momentMs ?? 0) / 60_000, match.by, match.found];
}

test.each([
  ['heron', ['A boat.', 'A heron on a post.', 'A heron flies.'], [1, 'word', 'heron']],
  ['running', ['A boat.', 'A dog runs.'], [1, 'form', 'runs']],
  ['automobile', ['A boat.', 'A dog.', 'A car stops.'], [2, 'synonym', 'car']],
  ['bird', ['A boat.', 'A heron on a post.'], [1, 'narrower', 'heron']],
  ['herom', ['A boat.', 'A heron on a post.'], [1, 'spelling', 'heron']],
  ['走る', ['舟', '犬が走っている'], [1, 'form', '走っ']],
  ['Hund', ['Ein Boot.', 'Der Schäferhund schläft.'], [1, 'narrower', 'Schäferhund']],
  // The moment that has more of it, whichever is first.
  ['dog beach', ['A dog in a car.', 'A beach.', 'The dog on the beach.'], [2, 'word', 'dog']],
  ['dog beach', ['A dog in a car.', 'A beach.'], [0, 'word', 'dog']],
] as const)('%s finds the moment of %j', (query, texts, opening) => {
  expect(openingOf(query, texts)).toEqual(opening);
});

test('a word that stands elsewhere is of no moment, and one of many moments is said once', () => {
  expect(openingOf('film', ['A boat.'])).toBeUndefined();
  const shelf = createShelf();
  shelf.add('video', { moments: moments('A dog.', 'A cat.', 'Another dog, a dog e\u0301 dog.') });
  expect(shelf.search('dog').items[0]?.matches).toEqual([
    { field: 'moments', by: 'word', asked: 'dog', found: 'dog', momentMs: 0 },
  ]);
  expect(shelf.search('dog').items[0]?.snippet).toContain('\u0002dog\u0003');
});

test('a letter that is written in pieces moves no moment', () => {
  expect(openingOf('heron', ['e\u0301e\u0301e\u0301e\u0301 café', 'A heron.'])).toEqual([1, 'word', 'heron']);
});
