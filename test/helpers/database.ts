import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { migrate } from '../../app/db/migrate.ts';
import { migrations } from '../../app/db/migrations/index.ts';
import { openForWriting } from '../../app/db/open.ts';

/** An empty folder of the running test's own, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A new library's database, opened as the engine opens it; closed when the test is over. */
export function openTestDatabase(folder: string = temporaryFolder()): Database {
  const { db, close } = openForWriting(folder);
  onTestFinished(close);
  return db;
}

/** The same schema in memory, for properties that need hundreds of databases. Close it. */
export function openMemoryDatabase(): Database {
  const db = new Database(':memory:');
  migrate(db, migrations);
  db.pragma('foreign_keys = ON');
  return db;
}
