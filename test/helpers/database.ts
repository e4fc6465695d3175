import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** What `make` leaves in a folder under a name, made once: migrating takes seven times as long as copying. */
function madeOnce(name: string, make: (folder: string) => void): () => Buffer {
  let bytes: Buffer | undefined;
  return () => {
    if (bytes !== undefined) return bytes;
    const folder = mkdtempSync(join(tmpdir(), 'cutline-new-'));
    try {
      make(folder);
      bytes = readFileSync(join(folder, name));
      return bytes;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

const newLibrary = madeOnce('library.db', (folder) => {
  openForWriting(folder).close();
});
const newInMemory = madeOnce('copy.db', (folder) => {
  const db = new Database(':memory:');
  migrate(db, migrations);
  // Without a log beside it, which memory has not.
  db.exec(`VACUUM INTO '${join(folder, 'copy.db')}'`);
  db.close();
});

/** Makes an empty folder the library that the engine would make of it. */
export function writeNewLibrary(folder: string): void {
  writeFileSync(join(folder, 'library.db'), newLibrary());
}

/** A new library's database on disk, opened as the engine opens it. */
export function openTestDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-library-'));
  writeNewLibrary(folder);
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
  const db = new Database(newInMemory());
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
