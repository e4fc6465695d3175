import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '../helpers/database.ts';

const insert = 'INSERT INTO setting (name, value) VALUES (?, ?)';

describe('a transaction', () => {
  it('is undone as a whole, nested ones too, when anything in it throws', () => {
    const db = useTestDatabase();
    expect(() =>
      db.transact(() => {
        db.run(insert, ['outer', '1']);
        db.transact(() => db.run(insert, ['inner', '1']));
        throw new Error('after both');
      }),
    ).toThrow('after both');
    expect(db.all('SELECT * FROM setting')).toEqual([]);
  });

  it('waits for the disk unless it may be done again, and the next one does so whatever became of that', () => {
    const db = useTestDatabase();
    const full = 2;
    const normal = 1;
    const synchronous = (): unknown => db.pragma('synchronous');
    expect(db.transact(synchronous)).toBe(full);
    expect(db.transact(synchronous, 'unsynced')).toBe(normal);
    expect(() =>
      db.transact(() => {
        throw new Error('in the middle');
      }, 'unsynced'),
    ).toThrow('in the middle');
    expect(db.transact(synchronous)).toBe(full);
    expect(db.transact(() => db.transact(synchronous, 'unsynced'))).toBe(full);
  });
});

describe('values', () => {
  it('come back as they went in, and never become part of a statement', () => {
    const db = useTestDatabase();
    const nasty = `'; DROP TABLE setting; -- “ä” 海 👩‍👩‍👧 \n`;
    db.run('INSERT INTO setting (name, value) VALUES (@name, @value)', { name: nasty, value: nasty });
    expect(db.all('SELECT * FROM setting')).toEqual([{ name: nasty, value: nasty }]);
  });
});

describe('rows one at a time', () => {
  it('can be left before the last, and the connection writes again', () => {
    const db = useTestDatabase();
    for (const name of ['a', 'b', 'c']) db.run(insert, [name, '1']);
    const seen = [];
    for (const row of db.iterate<{ name: string }>('SELECT name FROM setting ORDER BY name')) {
      seen.push(row.name);
      if (seen.length === 2) break;
    }
    db.run(insert, ['d', '1']);
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('prepared statements', () => {
  it('are kept while they are used, and let go when many others were used since', () => {
    const db = useTestDatabase();
    const prepare = vi.spyOn(BetterSqlite.prototype, 'prepare');
    onTestFinished(() => {
      prepare.mockRestore();
    });
    const preparedBy = (action: () => void): number => {
      const before = prepare.mock.calls.length;
      action();
      return prepare.mock.calls.length - before;
    };
    const often = (): void => {
      expect(db.pluck<number>('SELECT 7 AS seven')).toEqual([7]);
      expect(db.all('SELECT 7 AS seven')).toEqual([{ seven: 7 }]);
    };
    const once = (): unknown => db.get('SELECT 8');
    expect(preparedBy(often)).toBe(2);
    once();
    // As a search does, which makes a text for each shape of query.
    for (let shape = 0; shape < 1_000; shape += 1) {
      db.get(`SELECT ${String(shape)}`);
      expect(preparedBy(often)).toBe(0);
    }
    expect(preparedBy(once)).toBe(1);
  });
});

describe('a backup', () => {
  it('is a whole library of its own', async () => {
    const db = useTestDatabase();
    db.run(insert, ['kept', '1']);
    const path = `${String(db.pluck('SELECT file FROM pragma_database_list')[0])}.backup`;
    await db.backup(path);
    db.run(insert, ['later', '1']);
    db.exec(`ATTACH '${path}' AS copy`);
    expect(db.pluck('SELECT name FROM copy.setting')).toEqual(['kept']);
  });
});
