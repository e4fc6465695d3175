import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordRules } from '../../../app/contract/models/prompt.ts';
import { formatKeywordRange, parseKeywordRange } from '../../../renderer/describing/keyword-range.ts';
import { parseVocabulary } from '../../../renderer/describing/parse-vocabulary.ts';

describe('how many keywords', () => {
  it('is one number or two, with any dash', () => {
    expect(parseKeywordRange('15')).toEqual({ min: 15, max: 15 });
    expect(parseKeywordRange(' 5 - 15')).toEqual({ min: 5, max: 15 });
    expect(parseKeywordRange('5–15')).toEqual({ min: 5, max: 15 });
    expect(parseKeywordRange('')).toBeNull();
    for (const text of ['0', '15-5', '101', 'many', '5-', '-5', '1.5']) {
      expect(parseKeywordRange(text)).toBe('wrong');
    }
  });

  it('is read again as it is shown, and is always what the engine takes', () => {
    assert(
      property(integer({ min: 0, max: 100 }), integer({ min: 1, max: 100 }), (one, other) => {
        const range = { min: Math.min(one, other), max: Math.max(one, other) };
        expect(parseKeywordRange(formatKeywordRange(range))).toEqual(range);
      }),
    );
    assert(
      property(string({ maxLength: 8 }), (text) => {
        const range = parseKeywordRange(text);
        if (range === null || range === 'wrong') return;
        expect(keywordRules.safeParse({ ...range, form: 'words' }).success).toBe(true);
      }),
    );
  });
});

it('a vocabulary is what stands between commas or on lines, each once', () => {
  expect(parseVocabulary('Lake Garda,  heron\nblack-crowned   night heron;heron, ,')).toEqual([
    'Lake Garda',
    'heron',
    'black-crowned night heron',
  ]);
});
