import type { ReadDb } from '../db/open.ts';

export type { ReadDb } from '../db/open.ts';

/** Keywords in use that begin with `prefix` (ASCII letters in any case), most used first: what a person may be typing. */
export function listKeywords(
  db: ReadDb,
  prefix: string,
  limit = 20,
): { keyword: string; assetCount: number }[] {
  return db.all(
    `SELECT name AS keyword, asset_count AS assetCount FROM keyword
     WHERE name LIKE ? ESCAPE '\\' AND asset_count > 0 ORDER BY asset_count DESC, name LIMIT ?`,
    [`${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`, limit],
  );
}

/** All keywords in use, most used first. */
export function listAllKeywords(db: ReadDb): { keyword: string; photos: number }[] {
  return db.all(
    'SELECT name AS keyword, asset_count AS photos FROM keyword WHERE asset_count > 0 ORDER BY asset_count DESC, name',
  );
}

/** How many keywords are in use. */
export function countKeywords(db: ReadDb): number {
  return db.pluck<number>('SELECT count(*) FROM keyword WHERE asset_count > 0')[0] ?? 0; // why 0: the type does not say that there is a row
}

/** The keywords of some assets, as often as an asset has each. */
export function listKeywordIdsOf(db: ReadDb, assetIds: readonly number[]): number[] {
  return db.pluck('SELECT keyword_id FROM asset_keyword WHERE asset_id IN (SELECT value FROM json_each(?))', [
    JSON.stringify(assetIds),
  ]);
}

/** The same of all assets in a range of ids, with their ids. */
export function listKeywordIdsBetween(
  db: ReadDb,
  after: number,
  to: number,
): (readonly [assetId: number, keywordId: number])[] {
  return db.rows('SELECT asset_id, keyword_id FROM asset_keyword WHERE asset_id > ? AND asset_id <= ?', [
    after,
    to,
  ]);
}

export function keywordNames(db: ReadDb, ids: readonly number[]): Map<number, string> {
  return new Map(
    db.rows<readonly [number, string]>(
      'SELECT id, name FROM keyword WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(ids)],
    ),
  );
}
