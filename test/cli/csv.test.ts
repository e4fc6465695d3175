import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsvRow } from '../../app/cli/csv.ts';

/** Reads one record of RFC 4180, as its grammar says. */
function readRow(text: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    cell.lastIndex = at;
    const [all = '', quoted, plain = '', end] = cell.exec(text) ?? [];
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    at += all.length;
    if (end !== ',') break;
  }
  expect(at).toBe(text.length);
  return cells;
}

test('a reader of RFC 4180 gets every text back, but for the apostrophe before what would be a formula', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('a "b", c', 'x\r\ny', '=1+1', '+49', '-', '@SUM(A1)', '\t=1', ''),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (texts) => {
      const cells = readRow(toCsvRow(texts));
      // A text may begin with an apostrophe of its own, before the same signs.
      expect(cells).toEqual(texts.map((one) => (/^[=+\-@\t\r\n|%]/.test(one) ? `'${one}` : one)));
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test('numbers stay numbers', () => {
  expect(toCsvRow([-122.4, null, 0])).toBe('-122.4,,0\r\n');
});
