import type { ReadDb, WriteDb } from '../db/open.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** A setting's value as it was written, or `undefined`. The caller knows its shape: it has written it. */
export function findSetting(db: ReadDb, name: string): unknown {
  const row = db.get<{ value: string }>('SELECT value FROM setting WHERE name = ?', [name]);
  return row === undefined ? undefined : JSON.parse(row.value);
}

export function saveSetting(db: WriteDb, name: string, value: unknown): void {
  db.run(
    'INSERT INTO setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value',
    {
      name,
      value: JSON.stringify(value),
    },
  );
}
