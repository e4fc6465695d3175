import { describe, expect, test } from 'vitest';
import { createShelf } from './photo-shelf.ts';

describe('a town or region by its name in another language', () => {
  test.each([
    ['Rom', 'Rome, Lazio, Italy'],
    ['Roma', 'Rome, Lazio, Italy'],
    ['Rome', 'Roma, Lazio, Italia'],
    ['Florence', 'Firenze, Toscana, Italia'],
    ['firenze', 'Florence, Tuscany, Italy'],
    ['Mailand', 'Milan, Lombardy, Italy'],
    ['Köln', 'Cologne, North Rhine-Westphalia, Germany'],
    ['Koeln', 'Cologne, North Rhine-Westphalia, Germany'],
    ['cologne', 'Köln, Nordrhein-Westfalen, Deutschland'],
    ['Londres', 'London, England, United Kingdom'],
    ['Peking', 'Beijing, China'],
    ['京都', 'Kyoto, Kyoto, Japan'],
    ['ローマ', 'Rome, Lazio, Italy'],
    ['Kyoto', '京都市、京都府、日本'],
    ['Toskana', 'Siena, Tuscany, Italy'],
    ['Bretagne', 'Quimper, Brittany, France'],
    ['place:Bayern', 'Munich, Bavaria, Germany'],
    ['Den Haag', 'The Hague, South Holland, The Netherlands'],
    ['The Hague', 'Den Haag, Zuid-Holland, Nederland'],
    ['Vereinigte Staaten', 'Ithaca, New York, United States'],
    ['イタリア', 'Siena, Tuscany, Italy'],
  ])('%s finds “%s”, and says why', (query, place) => {
    const shelf = createShelf();
    shelf.add('there', { facts: { place } });
    shelf.add('elsewhere', { facts: { place: 'Lima, Lima Province, Peru' } });
    expect(shelf.find(query)).toEqual(['there']);
    expect(shelf.search(query).items[0]?.matches.map(({ field, by }) => `${field} ${by}`)).toContain(
      'place synonym',
    );
  });

  test('stands behind the photos that say the name as it was typed, and among them as soon as it is typed', () => {
    const shelf = createShelf();
    shelf.add('named', { facts: { place: 'Rome, Lazio, Italy' } });
    shelf.add('said', { caption: 'Ein Brief aus Rom.' });
    expect(shelf.find('Rom')).toEqual(['said', 'named']);
    expect(shelf.find('place:Rom')).toEqual(['named']);
    expect(shelf.find('Mailand', { asYouType: true })).toEqual([]);
    shelf.add('milan', { facts: { place: 'Milan, Lombardy, Italy' } });
    expect(shelf.find('Mailand', { asYouType: true })).toEqual(['milan']);
  });

  test('means the place alone, and nothing where it is quoted or not wanted', () => {
    const shelf = createShelf();
    shelf.add('said', { caption: 'A nice day.' });
    shelf.add('cake', { caption: 'Florentiner und Milan, der Vogel.' });
    shelf.add('place', { facts: { place: 'Nice, Provence-Alpes-Côte d’Azur, France' } });
    expect(shelf.find('Nizza')).toEqual(['place']);
    expect(shelf.find('Mailand')).toEqual([]);
    expect(shelf.find('"Nizza"')).toEqual([]);
    expect(shelf.find('-Nizza')).toHaveLength(3);
  });

  test('is none of another town: Vienne on the Rhône is no Vienna', () => {
    const shelf = createShelf();
    shelf.add('rhone', { facts: { place: 'Vienne, Auvergne-Rhône-Alpes, France' } });
    shelf.add('danube', { facts: { place: 'Vienna, Vienna, Austria' } });
    expect(shelf.find('Wien')).toEqual(['danube']);
    expect(shelf.find('Vienne')).toEqual(['rhone', 'danube']);
  });

  test('of two words needs both', () => {
    const shelf = createShelf();
    shelf.add('hague', {
      facts: { place: 'The Hague, South Holland, The Netherlands' },
      caption: 'A beach.',
    });
    shelf.add('harbour', { facts: { place: 'The Hague, South Holland, The Netherlands' } });
    shelf.add('den', { caption: 'In den Bergen.' });
    expect(shelf.find('Den Haag beach')).toEqual(['hague']);
    expect(shelf.find('Haag')).toEqual([]);
  });

  test('hides no slip of the finger where the library has no such place', () => {
    const shelf = createShelf();
    shelf.add('romance', { caption: 'A lisbom of flowers.' });
    expect(shelf.find('lissbom')).toEqual(['romance']);
    expect(shelf.find('lissabon')).toEqual([]);
  });
});
