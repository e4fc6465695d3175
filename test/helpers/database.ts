import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Database, type Values, type WriteDb } from '../../app/db/connection.ts';
import { migrate } from '../../app/db/migrate.ts';
import { migrations } from '../../app/db/migrations/index.ts';
import { openForWriting } from '../../app/db/open.ts';

export type TestDatabase = {
  readonly db: Database;
  /** The library's folder: temporary, and gone after `close`. */
  readonly folder: string;
  readonly close: () => void;
};

/** A new library's database on disk, opened as the engine opens it. */
export function openTestDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-library-'));
  const { db, close } = openForWriting(folder);
  return {
    db,
    folder,
    close: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As `openTestDatabase`, closed by itself when the running test is over. */
export function useTestDatabase(): Database {
  const database = openTestDatabase();
  onTestFinished(database.close);
  return database.db;
}

/** The same schema in memory, for properties that need hundreds of databases. Close it. */
export function openMemoryDatabase(): Database {
  const db = new Database(':memory:');
  migrate(db, migrations);
  db.pragma('foreign_keys = ON');
  return db;
}

/** An empty folder of the running test's own, gone when the test is over. */
export function useTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** How SQLite would run a statement, one line for each step: `SEARCH file USING INDEX file_inode (inode=?)`. */
export function explain(db: Database, sql: string, values: Values = []): string[] {
  return db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values).map((row) => row.detail);
}

/** The same for every statement that a store runs in `action`. */
export function plansOf(db: Database, action: (db: WriteDb) => unknown): string[] {
  const plans: string[] = [];
  const noted = (sql: string, values?: Values): string => {
    plans.push(...explain(db, sql, values));
    return sql;
  };
  action({
    get: (sql, values) => db.get(noted(sql, values), values),
    all: (sql, values) => db.all(noted(sql, values), values),
    iterate: (sql, values) => db.iterate(noted(sql, values), values),
    pluck: (sql, values) => db.pluck(noted(sql, values), values),
    run: (sql, values) => db.run(noted(sql, values), values),
    exec: (sql) => {
      db.exec(sql);
    },
    transact: (inner) => db.transact(inner),
    pragma: (source) => db.pragma(source),
  });
  return plans;
}
