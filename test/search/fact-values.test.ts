import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { listFactValues } from '../../app/search/fact-value-store.ts';
import { useTestDatabase } from '../helpers/database.ts';

const columns = ['camera_model', 'lens', 'place'] as const;

test('counts of cameras, lenses and places are what counting all photos would give, whatever was done to them', () => {
  const db = useTestDatabase();
  const name = option(constantFrom('Nikon D40', 'NIKON D40', 'X100', '50% (old)'), { nil: null });
  const step = record({
    does: constantFrom('add', 'change', 'remove', 'touch'),
    id: integer({ min: 1, max: 6 }),
    column: constantFrom(...columns),
    name,
  });
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      db.run('DELETE FROM asset');
      for (const { does, id, column, name: value } of steps) {
        if (does === 'remove') db.run('DELETE FROM asset WHERE id = ?', [id]);
        else if (does === 'change') db.run(`UPDATE asset SET ${column} = ? WHERE id = ?`, [value, id]);
        else if (does === 'touch') db.run(`UPDATE asset SET ${column} = ${column}, rating = 3`);
        else {
          db.run(`INSERT OR IGNORE INTO asset (id, ${column}, sort_ms, created_at_ms) VALUES (?, ?, 1, 1)`, [
            id,
            value,
          ]);
        }
      }
      for (const [index, fact] of (['camera', 'lens', 'place'] as const).entries()) {
        const column = columns[index] ?? '';
        const counted = db.all(
          `SELECT ${column} AS name, count(*) AS photos FROM asset WHERE ${column} IS NOT NULL GROUP BY ${column}
           ORDER BY photos DESC, name`,
        );
        expect(listFactValues(db, fact, '', 10)).toEqual(counted);
      }
    }),
  );
});

test('a camera is found by the beginning of any of its words, and by signs as they stand', () => {
  const db = useTestDatabase();
  for (const camera of ['NIKON D40', 'Canon EOS R6', '50% (old)']) {
    db.run('INSERT INTO asset (camera_model, sort_ms, created_at_ms) VALUES (?, 1, 1)', [camera]);
  }
  const find = (text: string) => listFactValues(db, 'camera', text, 10).map(({ name }) => name);
  expect(find('eos')).toEqual(['Canon EOS R6']);
  expect(find('nik')).toEqual(['NIKON D40']);
  expect(find('50%')).toEqual(['50% (old)']);
  expect(find('%')).toEqual([]);
});
