import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, systemCode, toAppError, writeErrorCode } from '../platform/errors.ts';
import { makePrivateFolder } from '../platform/private-folder.ts';
import { leaveCloseNote, takeCloseNote } from './clean-close.ts';
import { Database } from './connection.ts';
import { acquireLock } from './lock.ts';
import { assertKnownSchema, migrate, schemaVersion, type Migration } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';

export type { ReadDb, WriteDb } from './connection.ts';

/** What lies in a library's folder. */
export const libraryFiles = {
  database: 'library.db',
  lock: 'library.lock',
  /** How the database was left by one who closed it. */
  closed: 'library.closed',
  renditions: 'renditions',
  log: 'cutline.log',
} as const;

export type OpenDatabase = { readonly db: Database; readonly close: () => void };

/**
 * Opens a library for writing: takes its lock, checks it, copies it before migrating, migrates. Creates what is missing.
 * WAL with `synchronous=FULL`: a stored answer survives a power cut (`[Note: Paid results]`).
 *
 * @throws {AppError} `library-in-use`, `schema-too-new`, `library-damaged`, `library-unavailable`, `read-only`, `disk-full`.
 */
export function openForWriting(
  folder: string,
  migrations: readonly Migration[] = allMigrations,
): OpenDatabase {
  try {
    makePrivateFolder(folder);
  } catch (error) {
    throw new AppError(
      writeErrorCode(error) ?? 'library-unavailable',
      { path: folder, reason: reasonOf(error) },
      { cause: error },
    );
  }
  let lock: ReturnType<typeof acquireLock>;
  try {
    lock = acquireLock(join(folder, libraryFiles.lock));
  } catch (error) {
    throw withPath(error, folder);
  }
  try {
    const { db, checkedAtMs } = openChecked(folder, migrations);
    return {
      db,
      close: () => {
        try {
          db.close();
          leaveCloseNote(join(folder, libraryFiles.closed), join(folder, libraryFiles.database), checkedAtMs);
        } finally {
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw withPath(error, folder);
  }
}

/**
 * Opens a library for reading beside whatever else uses it. `undefined` when there is none yet.
 *
 * @throws {AppError} `schema-too-new`, `library-damaged`, `library-unavailable`.
 */
export function openForReading(
  folder: string,
  migrations: readonly Migration[] = allMigrations,
): OpenDatabase | undefined {
  const path = join(folder, libraryFiles.database);
  if (!existsSync(path)) return undefined;
  try {
    const db = new Database(path, { readonly: true });
    try {
      const found = schemaVersion(db);
      assertKnownSchema(found, migrations);
      if (found < (migrations.at(-1)?.version ?? 0)) {
        throw new AppError('conflict', {
          reason: 'The library is older than this Cutline. Run `scan` once; it brings it up to date.',
        });
      }
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      close: () => {
        db.close();
      },
    };
  } catch (error) {
    throw withPath(error, folder);
  }
}

function openChecked(
  folder: string,
  migrations: readonly Migration[],
): { readonly db: Database; readonly checkedAtMs: number } {
  const path = join(folder, libraryFiles.database);
  const isNew = !existsSync(path);
  const nowMs = Date.now();
  const checkedAtMs = isNew ? nowMs : takeCloseNote(join(folder, libraryFiles.closed), path, nowMs);
  const db = new Database(path);
  try {
    const found = schemaVersion(db);
    assertKnownSchema(found, migrations);
    if (checkedAtMs === undefined) assertSound(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    const isOld = found > 0 && found < (migrations.at(-1)?.version ?? 0);
    if (isOld) copyBeforeMigrating(db, path, found);
    migrate(db, migrations);
    db.pragma('foreign_keys = ON');
    return { db, checkedAtMs: checkedAtMs ?? nowMs };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * `quick_check` reads every page but not every index entry: seconds, not minutes, for a million photos. Table by table,
 * those that the index of words is kept in included: of the whole library it would also compare that index with itself,
 * which takes four times as long, and of which `doctor` thinks, since it can be made anew.
 */
function assertSound(db: Database): void {
  const tables = db.pluck<string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`,
  );
  for (const table of tables) {
    const answer = db.pragma(`quick_check("${table}")`);
    if (answer !== 'ok') throw new AppError('library-damaged', { reason: String(answer) });
  }
}

/** SQLite writes the copy, so that it is whole also while somebody reads; it gets its name when it is on the disk. */
function copyBeforeMigrating(db: Database, path: string, version: number): void {
  const copy = `${path}.schema-${String(version)}.bak`;
  const unfinished = `${copy}.tmp`;
  rmSync(unfinished, { force: true });
  db.run('VACUUM INTO ?', [unfinished]);
  const file = openSync(unfinished, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, copy);
}

function withPath(error: unknown, path: string): AppError {
  if (error instanceof AppError) {
    return new AppError(error.code, { ...error.details, path }, { cause: error.cause });
  }
  const code = systemCode(error);
  if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT') === true) {
    return new AppError('library-damaged', { path }, { cause: error });
  }
  const known = toAppError(error);
  return new AppError(known.code, { ...known.details, path }, { cause: error });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
