import { assert, integer, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipsOf, piecesOf, withCompletion, withoutPart } from '../../../renderer/search/query-text.ts';

/** Without its spaces. */
function words(text: string): string {
  return text.replaceAll(/\s/g, '');
}

describe('a query as text', () => {
  it('loses one of its parts and nothing else', () => {
    expect(withoutPart('dog camera:canon beach', { start: 4, end: 16 })).toBe('dog beach');
    expect(withoutPart('camera:canon beach', { start: 0, end: 12 })).toBe('beach');
    expect(withoutPart('beach', { start: 0, end: 5 })).toBe('');
  });

  it('keeps every word that was not in the part, in its order', () => {
    const places = tuple(string(), integer({ min: 0, max: 30 }), integer({ min: 0, max: 30 }));
    assert(
      property(places, ([query, one, other]) => {
        const [start, end] = [
          Math.min(one, other, query.length),
          Math.min(Math.max(one, other), query.length),
        ];
        expect(words(withoutPart(query, { start, end }))).toBe(
          words(query.slice(0, start)) + words(query.slice(end)),
        );
      }),
    );
  });

  it('takes a completion in place of what was begun, and is ready for the next word', () => {
    expect(withCompletion('dog bea', { start: 4, end: 7 }, 'beach')).toEqual({
      text: 'dog beach ',
      cursor: 10,
    });
    expect(withCompletion('cam dog', { start: 0, end: 3 }, 'camera:')).toEqual({
      text: 'camera: dog',
      cursor: 7,
    });
    expect(withCompletion('bea dog', { start: 0, end: 3 }, 'beach')).toEqual({
      text: 'beach dog',
      cursor: 5,
    });
  });

  it('shows filters, dates and what is left out as chips, and plain words not', () => {
    const part = { start: 0, end: 1, days: [] };
    const word = { ...part, kind: 'text', field: null, isNegated: false } as const;
    const filter = { ...part, kind: 'filter', field: 'camera', isNegated: false } as const;
    const date = { ...part, kind: 'date', field: null, isNegated: false } as const;
    const not = { ...word, isNegated: true };
    expect(chipsOf([word, filter, date, not])).toEqual([filter, date, not]);
  });

  it('marks in a snippet what matched', () => {
    expect(piecesOf('a \u0002dog\u0003 at the \u0002beach\u0003')).toEqual([
      { text: 'a ', isMatch: false },
      { text: 'dog', isMatch: true },
      { text: ' at the ', isMatch: false },
      { text: 'beach', isMatch: true },
    ]);
  });
});
