import type { ReadDb } from '../db/open.ts';

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
