import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countFacets } from '../../app/search/facet-store.ts';
import { editDistance } from '../../app/search/edit-distance.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { listMatches } from '../../app/search/search.ts';
import { createShelf } from './photo-shelf.ts';

describe('a slip of the finger', () => {
  test.each([
    ['lighthuose', 'A lighthouse on a cliff.'],
    ['lighthose', 'A lighthouse on a cliff.'],
    ['lihgthouse', 'Two lighthouses.'],
    ['zurihc', 'Am See in Zürich'],
    ['sheperd', 'A shepherd with his dog.'],
    ['dandelin', 'Dandelion'],
  ])('%s finds “%s”, and says by which word', (query, caption) => {
    const shelf = createShelf();
    shelf.add('it', { caption });
    shelf.add('other', { caption: 'A boat.' });
    const [item, ...others] = shelf.search(query).items;
    expect(item?.matches.map(({ by, asked }) => ({ by, asked }))).toEqual([{ by: 'spelling', asked: query }]);
    expect(others).toEqual([]);
  });

  test('is not looked for where the word, or a word that begins so, is found', () => {
    const shelf = createShelf();
    for (const name of ['one', 'two', 'three']) shelf.add(name, { caption: 'Fishing nets at Lindholm' });
    shelf.add('other', { caption: 'Lindholt' });
    expect(shelf.find('lindholm').toSorted()).toEqual(['one', 'three', 'two']);
    expect(shelf.find('lindho', { asYouType: true })).toHaveLength(4);
  });

  test('is not made of a word that English has: no goat for a boat', () => {
    const shelf = createShelf();
    shelf.add('goat', { caption: 'A goat.' });
    expect(shelf.find('boat')).toEqual([]);
  });

  test.each(['"lighthuose"', '=lighthuose', '-lighthuose light', 'ligt'])('%s is meant as it is', (query) => {
    const shelf = createShelf();
    shelf.add('it', { caption: 'A lighthouse.' });
    expect(shelf.find(query)).toEqual([]);
  });

  test('belongs to one word of several, which all must match', () => {
    const shelf = createShelf();
    shelf.add('storm', { caption: 'A lighthouse in a storm.' });
    shelf.add('calm', { caption: 'A lighthouse.' });
    expect(shelf.find('lighthuose storm')).toEqual(['storm']);
  });

  test('does not suggest words whose photos are gone', () => {
    const shelf = createShelf();
    shelf.db.run('DELETE FROM asset WHERE id = ?', [shelf.add('gone', { caption: 'Lindholm' })]);
    shelf.add('there', { caption: 'Lindhalt' });
    expect(shelf.find('lindholn')).toEqual(['there']);
  });
});

/** What the definition says, as it stands: the fewest of four steps, word by word. */
function byDefinition(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const [a, b] = [one.at(-1), other.at(-1)];
  const [shorter, otherShorter] = [one.slice(0, -1), other.slice(0, -1)];
  const steps = [
    byDefinition(shorter, other) + 1,
    byDefinition(one, otherShorter) + 1,
    byDefinition(shorter, otherShorter) + (a === b ? 0 : 1),
  ];
  if (one.length > 1 && other.length > 1 && a === other.at(-2) && b === one.at(-2)) {
    steps.push(byDefinition(one.slice(0, -2), other.slice(0, -2)) + 1);
  }
  return Math.min(...steps);
}

describe('editDistance', () => {
  test('is the number of slips, or unknown beyond the most that are forgiven', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (one, other, most) => {
        const distance = byDefinition(one, other);
        expect(editDistance(one, other, most)).toBe(distance <= most ? distance : undefined);
      }),
    );
  });
});

describe('English synonyms and kinds', () => {
  test.each([
    ['bird', 'A heron by the lake.', 'narrower'],
    ['birds', 'Two herons.', 'narrower'],
    ['car', 'An automobile in the rain.', 'synonym'],
    ['animal', 'A poodle.', 'narrower'],
    ['vehicle', 'Bicycles.', 'narrower'],
    ['building', 'A church.', 'narrower'],
    ['flower', 'Daisies', 'narrower'],
    ['keyword:tree', 'A willow.', 'narrower'],
  ])('%s finds “%s”', (query, text, by) => {
    const shelf = createShelf();
    shelf.add('it', query.startsWith('keyword:') ? { keywords: ['Willow'] } : { caption: text });
    shelf.add('other', { caption: 'A stone.' });
    expect(shelf.find(query)).toEqual(['it']);
    expect(shelf.search(query).items[0]?.matches.map((match) => match.by)).toEqual([by]);
  });

  test.each([
    ['religion', 'A church.'],
    ['heron', 'A bird.'],
    ['"bird"', 'A heron.'],
    ['=bird', 'A heron.'],
    ['car', 'Berlin'],
    ['animal', 'A young woman.'],
    ['title:bird', 'A heron.'],
  ])('%s does not find “%s”', (query, caption) => {
    const shelf = createShelf();
    shelf.add('other', { caption });
    expect(shelf.find(query)).toEqual([]);
  });

  test('stand behind what has the word itself, over all pages, and are counted', () => {
    const shelf = createShelf();
    for (let index = 0; index < 5; index += 1) {
      shelf.add(`heron${String(index)}`, { caption: 'A heron.' });
      shelf.add(`bird${String(index)}`, { caption: 'A bird.' });
    }
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page = shelf.search('bird', { limit: 3, ...(after !== null && { after }) });
      expect(page.total).toBe(10);
      names.push(...page.items.map((item) => shelf.nameOf(item.assetId)));
      after = page.nextCursor;
    } while (after !== null);
    expect(names).toHaveLength(10);
    expect(names.slice(0, 5).every((name) => name.startsWith('bird'))).toBe(true);
    expect(new Set(names).size).toBe(10);
  });

  test('are the same set for a page by date, for counts and for everything found', () => {
    const shelf = createShelf();
    shelf.add('heron', { caption: 'A heron.', facts: { format: 'jpeg' } });
    shelf.add('bird', { caption: 'A bird.', facts: { format: 'jpeg' } });
    shelf.add('cat', { caption: 'A cat.', facts: { format: 'jpeg' } });
    expect(shelf.find('bird', { sort: 'oldest' })).toEqual(['heron', 'bird']);
    expect([...listMatches(shelf.db, parseQuery('bird'))].flat().map((id) => shelf.nameOf(id))).toEqual([
      'bird',
      'heron',
    ]);
    expect(countFacets(shelf.db, parseQuery('bird'), { fields: ['format'] }).format).toEqual([
      { value: 'jpeg', count: 2 },
    ]);
  });

  test('never stand under a negation', () => {
    const shelf = createShelf();
    shelf.add('heron', { caption: 'A heron by a lake.' });
    shelf.add('bird', { caption: 'A bird by a lake.' });
    expect(shelf.find('lake -bird')).toEqual(['heron']);
  });
});

describe('a country', () => {
  test.each([
    ['germany', 'Frankfurt am Main, Hessen, Deutschland'],
    ['deutschland', 'Frankfurt am Main, Hesse, Germany'],
    ['Allemagne', 'Frankfurt am Main, Hesse, Germany'],
    ['usa', 'New York City, New York, United States'],
    ['Neuseeland', 'Queenstown, Otago, New Zealand'],
    ['place:österreich', 'Vienna, Austria'],
    ['holland', 'Delft, South Holland, The Netherlands'],
  ])('%s finds “%s”, and says why', (query, place) => {
    const shelf = createShelf();
    shelf.add('there', { facts: { place } });
    shelf.add('elsewhere', { facts: { place: 'Lima, Peru' } });
    expect(shelf.find(query)).toEqual(['there']);
    const [item] = shelf.search(query).items;
    expect(item?.matchedIn).toEqual(['place']);
  });

  test('means the place alone: a turkey in German stands for no country in a caption', () => {
    const shelf = createShelf();
    shelf.add('said', { caption: 'Auf der Germany, einem alten Schiff.' });
    shelf.add('place', { facts: { place: 'Kiel, Schleswig-Holstein, Germany' } });
    expect(shelf.find('deutschland')).toEqual(['place']);
    expect(shelf.find('"deutschland"')).toEqual([]);
  });
});

describe('what cameras and lenses are called', () => {
  const facts = { camera_make: 'Auto', camera_model: 'Auto 110', lens: 'Auto Chinon 50mm' };

  test('means no thing, and no kind of it; typed as it is, it is found', () => {
    const shelf = createShelf();
    shelf.add('camera', { facts });
    shelf.add('car', { caption: 'Ein Auto vor dem Haus.' });
    expect(shelf.find('automobile')).toEqual(['car']);
    expect(shelf.find('auto').toSorted()).toEqual(['camera', 'car']);
    expect(shelf.find('lens:automobile')).toEqual([]);
    const [item] = shelf.search('automobile').items;
    expect(item?.matches).toMatchObject([{ field: 'caption', by: 'synonym' }]);
  });
});
