import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endsInWord,
  goOnFrom,
  isOneLetter,
  shownQuery,
  starred,
} from '../../../renderer/search/typed-query.ts';

describe('a query that is being typed', () => {
  it('shows each letter of a word at once, and a filter only when it is whole', () => {
    const of = 'dog';
    expect(shownQuery({ text: 'dog bea', of }, of)).toEqual({ query: 'dog bea', asYouType: true });
    expect(shownQuery({ text: 'dog -bea', of }, of)).toEqual({ query: 'dog -bea', asYouType: true });
    for (const text of ['dog camera:ca', 'dog "no ent', 'dog bea*', 'dog date:2019-']) {
      expect(shownQuery({ text, of }, of)).toEqual({ query: of, asYouType: false });
    }
  });

  it('stays as it is between two words, and until the second letter of a word', () => {
    for (const text of ['dog beach', 'dog beach ', 'dog beach w', 'dog beach -w']) {
      expect(shownQuery({ text, of: '' }, '')).toEqual({ query: 'dog beach', asYouType: true });
    }
    expect(shownQuery({ text: 'vitamin c ', of: '' }, '')).toEqual({ query: 'vitamin c', asYouType: true });
    expect(shownQuery({ text: 'w', of: 'dog' }, 'dog')).toEqual({ query: 'dog', asYouType: false });
    // A character of these is a word.
    for (const text of ['犬', 'い', '바', 'dog 犬']) {
      expect(shownQuery({ text, of: '' }, '')).toEqual({ query: text, asYouType: true });
    }
  });

  it('is nothing to look for while it is one letter', () => {
    expect(['w', ' -w', '7'].map(isOneLetter)).toEqual([true, true, true]);
    expect(['', ' ', 'we', 'dog w', '犬'].map(isOneLetter)).toEqual([false, false, false, false, false]);
  });

  it('is what the address says as soon as somebody chose something elsewhere', () => {
    assert(
      property(string(), string(), (text, query) => {
        expect(shownQuery({ text, of: `${query} x` }, query)).toEqual({ query, asYouType: false });
        expect(shownQuery(undefined, query)).toEqual({ query, asYouType: false });
      }),
    );
  });

  it('goes on behind half a word with what that found, and forgets it when the word is changed', () => {
    const typedAs = { query: 'dog boa*', text: 'dog boa' };
    expect(goOnFrom(typedAs, 'dog boa harbour')).toBe('dog boa* harbour');
    expect(goOnFrom(typedAs, 'dog boat')).toBe('dog boat');
    expect(goOnFrom(typedAs, 'dog')).toBe('dog');
    expect(goOnFrom(undefined, 'dog boa harbour')).toBe('dog boa harbour');
  });

  it('keeps what half a word found by a star, but for one letter', () => {
    expect(starred('dog bea')).toBe('dog bea*');
    expect(starred('dog b')).toBe('dog b');
    assert(
      property(string(), (text) => {
        expect(starred(text).startsWith(text)).toBe(true);
        // A star ends the word: nothing is starred twice.
        expect(endsInWord(`${text}*`)).toBe(false);
      }),
    );
  });
});
