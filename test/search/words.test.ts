import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toIndexText } from '../../app/search/index-text.ts';
import { stemWord } from '../../app/search/stem-english.ts';
import { stemFrench } from '../../app/search/stem-french.ts';
import { stemGerman } from '../../app/search/stem-german.ts';
import { foldedWords, splitText, splitWords, toNameKey } from '../../app/search/words.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe('words', () => {
  test('stand where they were found, in order, and are found again by themselves', () => {
    fc.assert(
      fc.property(text, (value) => {
        let end = 0;
        for (const word of splitWords(value)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          end = word.end;
          const alone = splitWords(value.slice(word.start, word.end)).map(({ folded }) => folded);
          expect(alone).toEqual([word.folded]);
        }
      }),
    );
  });

  test('are what the tokenizer makes of the index text: nothing but spaces separates them', () => {
    fc.assert(
      fc.property(text, (value) => {
        for (const word of splitWords(value)) expect(word.folded).toMatch(/^[0-9a-z\u0080-\u{10FFFF}]+$/u);
        const count = splitWords(value.normalize('NFC')).length;
        expect(
          toIndexText(splitText(value), [])
            .split(' ')
            .filter((word) => word !== '').length,
        ).toBeGreaterThanOrEqual(count);
      }),
    );
  });

  test('are the same whatever else stands in the text: plain words beside an accented one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (value) => {
        expect(splitWords(`${value} é`)).toEqual([
          ...splitWords(value),
          { folded: 'e', start: value.length + 1, end: value.length + 2 },
        ]);
      }),
    );
  });

  test('do not change with the way a letter is encoded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('é', 'Å', 'ü', 'が', '각', 'Й', 'ñ', 'a', ' ') }),
        (value) => {
          expect(foldedWords(value.normalize('NFD'))).toEqual(foldedWords(value));
          expect(toIndexText(splitText(value.normalize('NFD')), ['en', 'de', 'fr'])).toBe(
            toIndexText(splitText(value), ['en', 'de', 'fr']),
          );
        },
      ),
    );
  });

  test.each([
    ['dogs', 'dog'],
    ['glass', 'glass'],
    ['glasses', 'glass'],
    ['bus', 'bus'],
    ['buses', 'bus'],
    ['boxes', 'box'],
    ['running', 'run'],
    ['hoping', 'hope'],
    ['agreed', 'agree'],
    ['flies', 'fly'],
    ['children', 'child'],
    ['leaves', 'leaf'],
  ])('%s and %s are forms of one word', (one, other) => {
    expect(stemWord(one)).toBe(stemWord(other));
  });

  test.each([
    ['general', 'generous'],
    ['universe', 'university'],
    ['red', 'reed'],
    ['bus', 'buy'],
  ])('%s and %s are not', (one, other) => {
    expect(stemWord(one)).not.toBe(stemWord(other));
  });

  test.each([
    ['häuser', 'haus'],
    ['kinder', 'kind'],
    ['hunde', 'hund'],
    ['hunden', 'hund'],
    ['blumen', 'blume'],
    ['frauen', 'frau'],
    ['vögel', 'vogel'],
    ['strände', 'strand'],
    ['autos', 'auto'],
    ['freundinnen', 'freundin'],
    ['busse', 'bus'],
  ])('German %s and %s are forms of one word', (one, other) => {
    const [folded = '', otherFolded = ''] = foldedWords(`${one} ${other}`);
    expect(stemGerman(folded)).toBe(stemGerman(otherFolded));
  });

  test.each([
    ['glas', 'gla'],
    ['haus', 'hau'],
    ['eis', 'ei'],
    ['meer', 'me'],
  ])('German %s is not %s', (one, other) => {
    expect(stemGerman(one)).not.toBe(stemGerman(other));
  });

  test.each([
    ['chevaux', 'cheval'],
    ['bateaux', 'bateau'],
    ['oiseaux', 'oiseau'],
    ['fleurs', 'fleur'],
    ['plages', 'plage'],
    ['enfants', 'enfant'],
    ['petites', 'petit'],
    ['jeux', 'jeu'],
    ['yeux', 'œil'],
    ['chiennes', 'chien'],
  ])('French %s and %s are forms of one word', (one, other) => {
    const [folded = '', otherFolded = ''] = foldedWords(`${one} ${other}`);
    expect(stemFrench(folded)).toBe(stemFrench(otherFolded));
  });

  test('sort names as people count', () => {
    const names = ['IMG_10.jpg', 'img_9.jpg', 'IMG_0002.jpg', 'Ähre.jpg', 'zoo.jpg'];
    expect(names.toSorted((one, other) => (toNameKey(one) < toNameKey(other) ? -1 : 1))).toEqual([
      'Ähre.jpg',
      'IMG_0002.jpg',
      'img_9.jpg',
      'IMG_10.jpg',
      'zoo.jpg',
    ]);
  });
});
