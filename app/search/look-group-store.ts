import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { refreshBurst } from './burst-store.ts';
import { isPresentSql } from './condition-store.ts';
import { isTelling, lookDistance, nearDistance, toLook } from './hamming.ts';
import { LookBands } from './look-bands.ts';
import { readLooksUpTo } from './look-store.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/**
 * Puts photos whose looks are new into bursts and among their near-duplicates, at most `limit`; 0 when none is left, so call
 * it until then, with turns for others. How far it came is kept in the library. Not in the transaction that made a look.
 */
export function groupLooks(db: WriteDb, limit: number): number {
  const [done = 0] = db.pluck<number>('SELECT look_id FROM look_progress');
  const fresh = db.all<{ id: number; assetId: AssetId; hash: string }>(
    'SELECT id, asset_id AS assetId, hash FROM asset_look WHERE id > ? ORDER BY id LIMIT ?',
    [done, limit],
  );
  const last = fresh.at(-1);
  if (last === undefined) return 0;
  const { looks, isRead } = readLooksUpTo(db, last.id);
  const bands = bandsOf.get(looks) ?? new LookBands(looks);
  bandsOf.set(looks, bands);
  bands.catchUp();
  if (!isRead) return fresh.length;
  for (const { assetId, hash } of fresh) {
    refreshBurst(db, assetId);
    joinNear(db, assetId, hash, bands);
  }
  db.run('UPDATE look_progress SET look_id = ?', [last.id]);
  return fresh.length;
}

const bandsOf = new WeakMap<object, LookBands>();

/** A photo that is near two groups makes them one. */
function joinNear(db: WriteDb, assetId: AssetId, hash: string, bands: LookBands): void {
  const look = toLook(hash);
  if (!isTelling(look)) return;
  const ids = new Set(bands.within(look, nearDistance));
  ids.delete(assetId);
  if (ids.size === 0) return;
  // The tables have the last word: on assets that are gone, and on looks that have changed.
  const near = db
    .all<{ assetId: AssetId; hash: string; nearId: number | null }>(
      `SELECT look.asset_id AS assetId, look.hash, near_photo.near_id AS nearId FROM json_each(?) AS near
       JOIN asset_look AS look ON look.asset_id = near.value LEFT JOIN near_photo ON near_photo.asset_id = look.asset_id`,
      [JSON.stringify([...ids])],
    )
    .filter((other) => lookDistance(look, toLook(other.hash)) <= nearDistance);
  if (near.length === 0) return;
  const groups = [...new Set(near.flatMap(({ nearId }) => nearId ?? []))];
  const nearId = groups.length === 0 ? nextNearId(db) : Math.min(...groups);
  const alone = near.filter((other) => other.nearId === null);
  db.run('INSERT OR REPLACE INTO near_photo (asset_id, near_id) SELECT value, ? FROM json_each(?)', [
    nearId,
    JSON.stringify([assetId, ...alone.map((other) => other.assetId)]),
  ]);
  const others = groups.filter((group) => group !== nearId);
  if (others.length === 0) return;
  db.run('UPDATE near_photo SET near_id = ? WHERE near_id IN (SELECT value FROM json_each(?))', [
    nearId,
    JSON.stringify(others),
  ]);
}

function nextNearId(db: ReadDb): number {
  const [highest = 0] = db.pluck<number>('SELECT ifnull(max(near_id), 0) FROM near_photo');
  return highest + 1;
}

/** Where photos stand that belong together: taken in one go, or copies of one picture. */
const groupTables = {
  burst: { table: 'burst_photo', key: 'burst_id' },
  near: { table: 'near_photo', key: 'near_id' },
} as const;
export type LookGroup = { readonly id: number; readonly photos: number };

/** The group of each asset that is in one with others whose files are there, and how many photos it has. */
export function listLookGroups(
  db: ReadDb,
  kind: keyof typeof groupTables,
  assetIds: readonly AssetId[],
): ReadonlyMap<AssetId, LookGroup> {
  const { table, key } = groupTables[kind];
  const rows = db.all<LookGroup & { assetId: AssetId }>(
    `WITH wanted AS MATERIALIZED (
       SELECT asset_id, ${key} AS id FROM ${table} WHERE asset_id IN (SELECT value FROM json_each(?))),
     whole AS MATERIALIZED (
       SELECT ${key} AS id, count(*) AS photos FROM ${table}
       WHERE ${key} IN (SELECT id FROM wanted) AND ${isPresentSql(`${table}.asset_id`)} GROUP BY ${key})
     SELECT wanted.asset_id AS assetId, wanted.id, whole.photos FROM wanted JOIN whole USING (id) WHERE whole.photos > 1`,
    [JSON.stringify(assetIds)],
  );
  return new Map(rows.map(({ assetId, ...group }) => [assetId, group]));
}
