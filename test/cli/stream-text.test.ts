import { assert, array, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../app/cli/text-width.ts';
import { StreamText } from '../../app/cli/stream-text.ts';

function printed(pieces: readonly string[], width: number): string {
  let out = '';
  const text = new StreamText((piece) => {
    out += piece;
  }, width);
  for (const piece of pieces) text.push(piece);
  text.end();
  return out;
}

describe('text that comes in pieces', () => {
  it('is broken between words, wherever the pieces end', () => {
    expect(printed(['A quick br', 'own fox ju', 'mps over it.'], 12)).toBe(
      'A quick\nbrown fox\njumps over\nit.\n',
    );
  });

  it('keeps its own lines, and an empty one between paragraphs', () => {
    expect(printed(['One.\n\nTwo', '.\n'], 20)).toBe('One.\n\nTwo.\n');
  });

  it('cannot steer the terminal', () => {
    expect(printed(['safe\u001B[2J ', '\u202Etext'], 80)).toBe('safe\uFFFD[2J \uFFFDtext\n');
  });

  it('says the same words in lines that fit, however it is cut', () => {
    const words = string({ unit: 'grapheme-ascii', maxLength: 200 });
    assert(
      property(
        words,
        array(integer({ min: 0, max: 200 }), { maxLength: 8 }),
        integer({ min: 8, max: 60 }),
        (text, cuts, width) => {
          const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
          const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
          const out = printed(pieces, width);
          expect(out).toBe(printed([text], width));
          expect(out.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
          for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
