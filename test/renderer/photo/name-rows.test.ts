import { array, assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { nameHeightPx, nameRows } from '../../../renderer/photo/objects/name-rows.ts';

test('a name stands at its own corner where nothing else is, and below the other in the same corner', () => {
  expect(
    nameRows([
      { left: 10, top: 10 },
      { left: 400, top: 10 },
      { left: 10, top: 10 },
      { left: 12, top: 20 },
    ]),
  ).toEqual([0, 0, 1, 2]);
});

test('no two names that begin near each other are at the same height', () => {
  const corner = record({ left: integer({ min: 0, max: 900 }), top: integer({ min: 0, max: 600 }) });
  assert(
    property(array(corner, { maxLength: 30 }), (corners) => {
      const rows = nameRows(corners);
      const names = corners.map(({ left, top }, index) => ({
        left,
        top: top + (rows[index] ?? 0) * nameHeightPx,
      }));
      for (const [index, one] of names.entries()) {
        for (const other of names.slice(index + 1)) {
          const isBeside = Math.abs(one.left - other.left) >= 100;
          expect(isBeside || Math.abs(one.top - other.top) >= nameHeightPx).toBe(true);
        }
      }
    }),
  );
});
