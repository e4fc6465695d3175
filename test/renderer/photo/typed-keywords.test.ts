import { array, assert, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { beingTyped, splitKeywords, withOffer } from '../../../renderer/photo/typed-keywords.ts';

test('an offer takes the place of the word that is being typed, and of no other', () => {
  expect(beingTyped('boats, harb')).toBe('harb');
  expect(splitKeywords(withOffer('boats, harb', 'harbour'))).toEqual(['boats', 'harbour']);
  expect(withOffer('harb', 'harbour')).toBe('harbour');
  expect(beingTyped('boats, ')).toBe('');
});

test('keywords that were typed before stay, whatever they are', () => {
  const word = stringMatching(/^[^\s,;]{1,8}$/u);
  assert(
    property(array(word, { maxLength: 5 }), word, word, (before, begun, offer) => {
      const line = [...before, begun].join('; ');
      expect(splitKeywords(withOffer(line, offer))).toEqual([...before, offer]);
    }),
  );
});
