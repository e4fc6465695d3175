import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pad, toJsonLine, toLine, toTable, truncate, truncatePath, wrap } from '../../app/cli/printable.ts';
import { widthOf } from '../../app/cli/text-width.ts';

/** Text with what terminals obey or misplace: escapes, C1 controls, direction marks, wide and joined characters. */
const wildText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u001B[2J', '\u009B31m', '\u202E', '\r', '日本語', '👩‍👩‍👧', 'é', ' '),
    ),
  )
  .map((parts) => parts.join(''));

test('nothing from outside can steer the terminal', () => {
  fc.assert(
    fc.property(wildText, (text) => {
      expect(toLine(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(toJsonLine({ text })).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
  );
});

test('JSON keeps every character, escaped where a terminal would obey it', () => {
  fc.assert(
    fc.property(wildText, (text) => {
      expect(JSON.parse(toJsonLine({ text }))).toStrictEqual({ text });
    }),
  );
});

describe('width', () => {
  const width = fc.integer({ min: 1, max: 60 });

  test('a cut text or path never takes more columns than it may', () => {
    fc.assert(
      fc.property(wildText.map(toLine), width, (text, columns) => {
        expect(widthOf(truncate(text, columns))).toBeLessThanOrEqual(columns);
        expect(widthOf(truncatePath(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test('wrapped lines fit, and lose no word', () => {
    fc.assert(
      fc.property(wildText.map(toLine), fc.integer({ min: 8, max: 60 }), (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  test('a path keeps its file name', () => {
    expect(truncatePath('/home/ann/Pictures/2019/beach/IMG_0431.jpg', 20)).toBe('…/beach/IMG_0431.jpg');
  });

  test('columns of wide characters stand under each other', () => {
    const lines = toTable(
      [{ title: 'Name' }, { title: 'N', align: 'right' }],
      [
        ['日本', '7'],
        ['a', '1,234'],
      ],
      80,
    );
    expect(lines).toStrictEqual(['Name      N', '日本      7', 'a     1,234']);
    expect(new Set(lines.map(widthOf)).size).toBe(1);
    expect(widthOf(pad('日', 5))).toBe(5);
  });

  test('a table gives up room in the flexible column first, then whole columns', () => {
    const columns = [
      { title: 'Name', isFlexible: true },
      { title: 'Started', isOptional: true },
      { title: 'State' },
    ];
    const rows = [['a rather long name', '2026-11-23', 'ready']];
    expect([60, 30, 20].map((room) => toTable(columns, rows, room)[1])).toStrictEqual([
      'a rather long name  2026-11-23  ready',
      'a rather l…  2026-11-23  ready',
      'a rather lon…  ready',
    ]);
  });
});
