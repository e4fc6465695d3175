import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTitle } from '../../renderer/palette/match-title.ts';

function sorted(typed: string, titles: readonly string[]): string[] {
  return titles
    .flatMap((title) => ({ title, distance: matchTitle(typed, title) }))
    .filter(({ distance }) => distance !== undefined)
    .toSorted((one, other) => (one.distance ?? 0) - (other.distance ?? 0))
    .map(({ title }) => title);
}

describe('what is typed into the palette', () => {
  const titles = ['Dark theme', 'Light theme', 'Theme of the system', 'Größere Schrift', 'Go to the library'];

  it('finds by the beginning of the title first, then of a word, then inside, then by letters in order', () => {
    expect(sorted('theme', titles)).toEqual(['Theme of the system', 'Dark theme', 'Light theme']);
    expect(sorted('lib', titles)).toEqual(['Go to the library']);
    expect(sorted('ths', titles)).toEqual(['Theme of the system']);
    expect(sorted('zzz', titles)).toEqual([]);
  });

  it('needs every word, in any order, and no accents', () => {
    expect(sorted('theme dark', titles)).toEqual(['Dark theme']);
    expect(sorted('grossere', titles)).toEqual(['Größere Schrift']);
  });

  it('takes whatever is typed, and every title finds itself', () => {
    assert(
      property(string({ unit: 'grapheme' }), (title) => {
        expect(matchTitle(title, title)).toBeTypeOf('number');
      }),
    );
  });
});
