import { AppError } from '../platform/errors.ts';
import type { WriteDb } from './connection.ts';

/** One step of the schema. Numbers go up in tens, and a migration never imports live code (STYLE §2.11). */
export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly up: string;
  /** A query with a row where the file has the step already, under a number that it had before. */
  readonly isThere?: string;
};

/** The schema version that the file has; 0 for a new one. */
export function schemaVersion(db: { pragma(source: string): unknown }): number {
  return Number(db.pragma('user_version'));
}

/** @throws {AppError} `schema-too-new` when a later Cutline wrote the file. Nothing is touched. */
export function assertKnownSchema(found: number, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) throw new AppError('schema-too-new', { found, known });
}

/**
 * Runs what is missing, each step and its `user_version` in one transaction. A failed step leaves the version before it.
 * Foreign keys are off meanwhile, since a step may have to build a table anew, and checked before each commit.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[]): void {
  const from = schemaVersion(db);
  assertKnownSchema(from, migrations);
  db.pragma('foreign_keys = OFF');
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    db.transact(() => {
      const isThere = migration.isThere !== undefined && db.all(migration.isThere).length > 0;
      if (!isThere) db.exec(migration.up);
      const [orphan] = db.pluck<string>('SELECT "table" FROM pragma_foreign_key_check LIMIT 1');
      if (orphan !== undefined) {
        throw new Error(`step ${migration.name} leaves rows of ${orphan} without what they refer to`);
      }
      db.pragma(`user_version = ${String(migration.version)}`);
    });
  }
}
