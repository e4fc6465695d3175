import { assert, array, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFolderName, folderWords } from '../../app/captioning/folder-words.ts';

describe('cleanFolderName', () => {
  it.each([
    ['2019-07-14 Iceland', 'Iceland'],
    ['2019-07-14_Iceland-trip', 'Iceland trip'],
    ['20190714 Anna’s wedding', 'Anna’s wedding'],
    ['2019 Sommer', 'Sommer'],
    ['2019-07-14 - 2019-07-16 Jazz in Montreux', 'Jazz in Montreux'],
    ['14.07.2019 Opa 80', 'Opa 80'],
    ['Iceland 2019', 'Iceland'],
    ['Iceland (2019-07)', 'Iceland'],
    ['Iceland 2019_', 'Iceland'],
    ['Iceland 2018 - 2019.', 'Iceland'],
    ['Jean-Luc and Zoë', 'Jean-Luc and Zoë'],
    ['京都_秋', '京都 秋'],
    ['1984 Big Brother', 'Big Brother'],
    ['Route 66', 'Route 66'],
  ])('%s says %s', (name, words) => {
    expect(cleanFolderName(name)).toBe(words);
  });

  it.each([
    'DCIM',
    '100CANON',
    '101APPLE',
    '100MSDCF',
    '101_1203',
    '102NIKON',
    'Camera Roll',
    '2019',
    '2019-07',
    '07',
    '07 July',
    '2019-07-14',
    '20190714',
    'RAW',
    'jpg',
    'Originals',
    'Photos',
    'Eigene Bilder',
    '---',
    '',
  ])('%s says nothing of the photos in it', (name) => {
    expect(cleanFolderName(name)).toBeUndefined();
  });

  it('is the same the second time, and never longer than the name', () => {
    const piece = constantFrom(
      '2019',
      '-',
      '_',
      ' ',
      '07',
      '14',
      'DCIM',
      'Iceland',
      '100CANON',
      'é',
      '(',
      ')',
    );
    const anyName = array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    for (const names of [anyName, string({ unit: 'binary' })]) {
      assert(
        property(names, (name) => {
          const words = cleanFolderName(name);
          if (words === undefined) return;
          expect(words.length).toBeLessThanOrEqual(name.normalize('NFC').length);
          expect(words).toMatch(/\p{L}/u);
          expect(cleanFolderName(words) ?? words).toBe(words);
        }),
      );
    }
  });
});

it('folder words are those that say something, outermost first, each once', () => {
  expect(folderWords(['Photos', 'Iceland', '2019-07-14 Iceland', 'DCIM', 'Geysir'])).toEqual([
    'Iceland',
    'Geysir',
  ]);
});
