import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { isPresentSql } from './condition-store.ts';
import { alikeDistance, lookDistance, toLook } from './hamming.ts';
import { Looks } from './looks.ts';

/** Read in one turn where others wait: a few milliseconds. */
const readAtOnce = 10_000;

type Known = { readonly looks: Looks; lastId: number };
const loaded = new WeakMap<ReadDb, Known>();

/**
 * All looks. The first call reads them (about 0.6 s for a million), later ones what has changed since. Never in a transaction
 * that has changed some: were it undone, they would be remembered.
 *
 * @param limit read at most so many
 */
function readLooks(db: ReadDb, limit?: number): Known {
  const known = loaded.get(db) ?? { looks: new Looks(), lastId: 0 };
  loaded.set(db, known);
  const rows = db.rows<[id: number, assetId: number, hash: string]>(
    'SELECT id, asset_id, hash FROM asset_look WHERE id > ? ORDER BY id LIMIT ?',
    [known.lastId, limit ?? -1],
  );
  for (const [id, assetId, hash] of rows) {
    known.looks.add(assetId, toLook(hash));
    known.lastId = id;
  }
  return known;
}

/** The next page of looks; `true` when all are read, up to one. */
export function readLooksUpTo(
  db: ReadDb,
  lookId: number,
): { readonly looks: Looks; readonly isRead: boolean } {
  const { looks, lastId } = readLooks(db, readAtOnce);
  return { looks, isRead: lastId >= lookId };
}

/** Every photo of a scene; more are nobody's search. */
const mostNear = 10_000;

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
  const near = readLooks(db).looks.within(wanted, distance).slice(0, mostNear);
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
