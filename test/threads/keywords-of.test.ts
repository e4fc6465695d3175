import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordsOf } from '../../app/threads/keywords-of.ts';

describe('keywords of an answer', () => {
  it.each([
    ['heron, reeds, morning mist', ['heron', 'reeds', 'morning mist']],
    ['1. heron\n2. reeds\n3. Heron', ['heron', 'reeds']],
    ['- heron\n- reeds.', ['heron', 'reeds']],
    ['Keywords: heron; reeds', ['heron', 'reeds']],
    ['Here are some keywords:\n* “heron”\n* reeds', ['heron', 'reeds']],
    ['Reiher, Schilf, Morgennebel', ['Reiher', 'Schilf', 'Morgennebel']],
    ['heron', ['heron']],
    // A remark beside the list is left out.
    ['heron, reeds, lake\nI hope that these keywords are of help to you', ['heron', 'reeds', 'lake']],
  ])('%j are %j', (answer, keywords) => {
    expect(keywordsOf(answer)).toEqual(keywords);
  });

  it.each([
    'A grey heron stands in the reeds and waits for fish.',
    'There is a heron in the picture, which stands on one leg, and it seems to wait for a fish to come by',
    '',
    '1, 2, 3',
  ])('there are none in %j', (answer) => {
    expect(keywordsOf(answer)).toBeUndefined();
  });

  it('are never long, never empty and never twice, whatever the answer', () => {
    assert(
      property(string({ unit: 'grapheme' }), (answer) => {
        const keywords = keywordsOf(answer) ?? [];
        expect(keywords.every((keyword) => keyword.trim() !== '' && keyword.length <= 64)).toBe(true);
        expect(new Set(keywords.map((keyword) => keyword.toLocaleLowerCase())).size).toBe(keywords.length);
      }),
    );
  });
});
