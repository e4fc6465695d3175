import type { Database, Values, WriteDb } from '../../app/db/connection.ts';

/** How SQLite goes about each statement that `action` runs: the lines of its query plan. */
export function explain(db: Database, action: (db: WriteDb) => void): string[] {
  const plans: string[] = [];
  const note = (sql: string, values?: Values): void => {
    const lines = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values);
    plans.push(...lines.map(({ detail }) => detail));
  };
  action({
    get: (sql, values) => (note(sql, values), db.get(sql, values)),
    all: (sql, values) => (note(sql, values), db.all(sql, values)),
    iterate: (sql, values) => (note(sql, values), db.iterate(sql, values)),
    pluck: (sql, values) => (note(sql, values), db.pluck(sql, values)),
    rows: (sql, values) => (note(sql, values), db.rows(sql, values)),
    run: (sql, values) => (note(sql, values), db.run(sql, values)),
    exec: (sql) => {
      db.exec(sql);
    },
    transact: (nested) => db.transact(nested),
    pragma: (source) => db.pragma(source),
    defineAction: (name, does) => {
      db.defineAction(name, does);
    },
  });
  return plans;
}
