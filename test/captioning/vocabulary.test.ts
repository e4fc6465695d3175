import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../app/captioning/keyword-key.ts';
import { joinVocabulary, longestVocabulary, mostKeywords } from '../../app/captioning/vocabulary.ts';

describe('the vocabulary that a model is told', () => {
  it('begins with what the person listed, in their spelling, and has nothing twice', () => {
    expect(joinVocabulary(['Heron', 'Lake Garda'], ['boat', 'heron', 'lake garda', 'reed'])).toEqual([
      'Heron',
      'Lake Garda',
      'boat',
      'reed',
    ]);
  });

  it('leaves out years and dates that other photos have, unless the person listed them', () => {
    const used = [
      '2008',
      'heron',
      '2008-05-01',
      'Urlaub 2008',
      'No. 7',
      '1:100',
      'Route 66',
      'Abi2019',
      'area 51',
      '20000',
    ];
    expect(joinVocabulary([], used)).toEqual(['heron', 'No. 7', 'Route 66', 'area 51']);
    expect(joinVocabulary(['2008', 'Expo 1958'], used).slice(0, 3)).toEqual(['2008', 'Expo 1958', 'heron']);
  });

  it('stays within what may be sent with every photo, and drops no listed keyword for one that is only used', () => {
    const keywords = array(string({ maxLength: 70 }), { maxLength: 60 });
    assert(
      property(keywords, keywords, (listed, used) => {
        const joined = joinVocabulary(listed, used);
        expect(joined.length).toBeLessThanOrEqual(mostKeywords);
        expect(joined.join('", "').length).toBeLessThanOrEqual(longestVocabulary);
        expect(new Set(joined.map(keywordKey)).size).toBe(joined.length);
        const alone = joinVocabulary(listed, []);
        expect(joined.slice(0, alone.length)).toEqual(alone);
      }),
    );
  });
});
