import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { widthOf } from '../../app/cli/text-width.ts';

test('a text is as wide as the package that knows all scripts says, whoever measures it', () => {
  // Each on its own, as far as those go that are counted without it.
  for (let code = 0x20; code < 0x28_00; code += 1) {
    const char = String.fromCodePoint(code);
    expect(`${char} ${String(widthOf(char))}`).toBe(`${char} ${String(stringWidth(char))}`);
  }
  const nearby = fc.integer({ min: 0x20, max: 0x27_ff }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(fc.array(fc.oneof(nearby, fc.string({ unit: 'grapheme' }))), (parts) => {
      const text = parts.join('');
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
  );
});

test.each([
  ['Described 3 photos · 2 left …', 29],
  ['„Größe“ → 1 200 × 800 ✓', 23],
  ['日本', 4],
  ['👩‍👩‍👧', 2],
  ['é', 1],
])('“%s” takes so many columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
  expect(widthOf(styleText('bold', text, { validateStream: false }))).toBe(columns);
});
