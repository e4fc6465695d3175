import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

export type { ReadDb } from '../db/open.ts';

/** Names of all tables, the index of words among them. */
export function listTables(db: ReadDb): string[] {
  return db.pluck<string>(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
  );
}

/** `ok`, or what is wrong with a table. SQLite asks the full-text index too. */
export function checkTable(db: ReadDb, table: string): string {
  return db.pluck<string>('SELECT quick_check FROM pragma_quick_check(?)', [table])[0] ?? 'ok';
}

/** Photos that search does not know yet, or not as they are now. */
export function countStale(db: ReadDb): number {
  return db.pluck<number>('SELECT count(*) FROM search_entry WHERE is_stale = 1')[0] ?? 0;
}

/** Folders that hold files, in all roots: what would be watched, without those that hold only folders. */
export function countFolders(db: ReadDb): number {
  const [folders] = db.pluck<number>(
    `SELECT count(*) FROM (SELECT DISTINCT root_id, rtrim(relative_path, replace(relative_path, '/', ''))
       FROM file WHERE state = 'present')`,
  );
  return folders ?? 0;
}

/** The time of the file that is dated last; `null` without files. */
export function newestFileMs(db: ReadDb): number | null {
  return db.pluck<number | null>("SELECT max(mtime_ms) FROM file WHERE state = 'present'")[0] ?? null;
}

/** 0 without photos. */
export function highestAssetId(db: ReadDb): number {
  return db.pluck<number | null>('SELECT max(id) FROM asset')[0] ?? 0;
}

/** Those of an inclusive range. */
export function listAssetIds(db: ReadDb, from: number, to: number): AssetId[] {
  return db.pluck<AssetId>('SELECT id FROM asset WHERE id BETWEEN ? AND ?', [from, to]);
}
