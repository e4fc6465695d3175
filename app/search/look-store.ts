import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { isPresentSql } from './condition-store.ts';
import { alikeDistance, countBits, lookDistance, toLook } from './hamming.ts';

/** The looks of a library side by side: 12 bytes a photo. An asset that was read again has an older line too. */
type Looks = { count: number; lastId: number; ids: Uint32Array; high: Uint32Array; low: Uint32Array };

const loaded = new WeakMap<ReadDb, Looks>();

/** The first call reads all looks (about 0.6 s for a million), later ones what has changed since. */
function readLooks(db: ReadDb): Looks {
  const looks = loaded.get(db) ?? {
    count: 0,
    lastId: 0,
    ids: new Uint32Array(1_024),
    high: new Uint32Array(1_024),
    low: new Uint32Array(1_024),
  };
  const rows = db.all<{ id: number; assetId: number; hash: string }>(
    'SELECT id, asset_id AS assetId, hash FROM asset_look WHERE id > ? ORDER BY id',
    [looks.lastId],
  );
  reserve(looks, looks.count + rows.length);
  for (const { id, assetId, hash } of rows) {
    const { high, low } = toLook(hash);
    looks.ids[looks.count] = assetId;
    looks.high[looks.count] = high;
    looks.low[looks.count] = low;
    looks.count += 1;
    looks.lastId = id;
  }
  loaded.set(db, looks);
  return looks;
}

function reserve(looks: Looks, count: number): void {
  if (count <= looks.ids.length) return;
  const length = Math.max(count, 2 * looks.ids.length);
  for (const part of ['ids', 'high', 'low'] as const) {
    const larger = new Uint32Array(length);
    larger.set(looks[part]);
    looks[part] = larger;
  }
}

export type SimilarAsset = { readonly assetId: AssetId; readonly distance: number };

/**
 * Present assets that look like one, the most alike first, without itself; none when it has not been read yet. A turned or
 * mirrored copy looks different.
 *
 * @param distance bits of 64 that may differ
 */
export function findSimilar(
  db: ReadDb,
  assetId: AssetId,
  { limit, distance = alikeDistance }: { readonly limit: number; readonly distance?: number | undefined },
): SimilarAsset[] {
  const hash = db.pluck<string>('SELECT hash FROM asset_look WHERE asset_id = ?', [assetId])[0];
  if (hash === undefined) return [];
  const wanted = toLook(hash);
  const near = scan(readLooks(db), wanted, distance);
  // The tables have the last word: on assets that are gone, and on looks that have changed.
  const rows = db.all<{ assetId: AssetId; hash: string }>(
    `SELECT look.asset_id AS assetId, look.hash FROM json_each(?) AS near JOIN asset_look AS look ON look.asset_id = near.value
     WHERE look.asset_id <> ? AND ${isPresentSql('look.asset_id')}`,
    [JSON.stringify([...new Set(near)]), assetId],
  );
  return rows
    .map((row) => ({ assetId: row.assetId, distance: lookDistance(wanted, toLook(row.hash)) }))
    .filter((row) => row.distance <= distance)
    .toSorted((one, other) => one.distance - other.distance || one.assetId - other.assetId)
    .slice(0, limit);
}

/** Every photo of a scene; more are nobody's search. */
const mostNear = 10_000;

function scan(
  { count, ids, high, low }: Looks,
  wanted: { high: number; low: number },
  distance: number,
): number[] {
  const near: number[][] = Array.from({ length: distance + 1 }, () => []);
  for (let at = 0; at < count; at += 1) {
    const bits = countBits((high[at] ?? 0) ^ wanted.high) + countBits((low[at] ?? 0) ^ wanted.low);
    if (bits <= distance) near[bits]?.push(ids[at] ?? 0);
  }
  return near.flat().slice(0, mostNear);
}
