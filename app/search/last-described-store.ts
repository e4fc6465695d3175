import type { ReadDb } from './roster-store.ts';

/**
 * Assets that a model has described, the last one first, each once. Only so many of the latest statements are looked at:
 * what is older is not recent, and a library of millions must not be read for it.
 */
export function listLastDescribed(db: ReadDb, most: number): number[] {
  const rows = db.all<{ assetId: number }>(
    `SELECT asset_id AS assetId
     FROM (SELECT asset_id, owner, live, baseline FROM description ORDER BY id DESC LIMIT ?)
     WHERE owner = 'model' AND live = 1 AND baseline = 0`,
    [most],
  );
  return [...new Set(rows.map(({ assetId }) => assetId))];
}
