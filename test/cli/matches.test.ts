import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { showMatches, withoutMarks } from '../../app/cli/matches.ts';
import { wrap } from '../../app/cli/printable.ts';
import { widthOf } from '../../app/cli/text-width.ts';

const show = (match: string): string => `[${match}]`;
const marked = 'a \u0002dog\u0003 on the \u0002beach at sunset\u0003 again';

test('shows every match, also one that goes on in the next line', () => {
  expect(showMatches(marked, (text) => wrap(text, 20), show)).toStrictEqual([
    'a [dog] on the [beach]',
    '[at sunset] again',
  ]);
  expect(withoutMarks(marked)).toBe('a dog on the beach at sunset again');
});

test('control characters of a caption do not come through beside the marks', () => {
  const [line] = showMatches('\u001B[2J\u0002\u009Bx\u0003', (text) => [text], show);
  expect(line).toBe('\uFFFD[2J[\uFFFDx]');
});

test('marks take no room and lose no text', () => {
  const words = fc.array(fc.constantFrom('dog', 'beach', '日本語', 'x'), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 8, max: 40 }), (list, width) => {
      const text = list.map((word, index) => (index % 2 === 0 ? `\u0002${word}\u0003` : word)).join(' ');
      const lines = showMatches(
        text,
        (line) => wrap(line, width),
        (match) => match,
      );
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join(' ').replaceAll(/\s+/g, '')).toBe(list.join(''));
    }),
  );
});
