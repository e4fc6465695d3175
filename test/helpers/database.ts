import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Database } from '../../app/db/connection.ts';
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
