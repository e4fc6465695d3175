import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { lookDistance, toLook } from './hamming.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** Frames of a burst follow one another so closely … */
const longestPauseMs = 3_000;
/** … and look so much alike (bits of 64); the subject moves, so it is more than for copies. */
const burstDistance = 16;

type Shot = {
  readonly id: AssetId;
  readonly camera: string;
  readonly timeMs: number;
  readonly hash: string;
  readonly burstId: number | null;
};

const shotSql = `SELECT asset.id, asset.camera_model AS camera, asset.capture_local_ms AS timeMs,
    asset.perceptual_hash AS hash, burst_photo.burst_id AS burstId
  FROM asset LEFT JOIN burst_photo ON burst_photo.asset_id = asset.id
  WHERE asset.capture_local_ms IS NOT NULL AND asset.perceptual_hash IS NOT NULL AND asset.kind = 'photo'`;

/**
 * Brings the burst of an asset up to date: photos of one camera, each within seconds of the one before and like it. To be
 * called in the transaction that changed its time, camera or look; where nothing changed it is two look-ups.
 */
export function refreshBurst(db: WriteDb, assetId: AssetId): void {
  const shot = db.get<Shot>(`${shotSql} AND asset.camera_model IS NOT NULL AND asset.id = ?`, [assetId]);
  if (shot === undefined) {
    leaveBurst(db, assetId);
    return;
  }
  const before = neighbor(db, shot, '<');
  const after = neighbor(db, shot, '>');
  const around = [before, after].filter((other) => other !== undefined);
  const joined = around.filter((other) => isNext(shot, other));
  const shares = (other: Shot) => other.burstId !== null && other.burstId === shot.burstId;
  const isAlone = shot.burstId === null && joined.length === 0;
  const isWedge =
    shot.burstId === null && typeof before?.burstId === 'number' && before.burstId === after?.burstId;
  if (isAlone && !isWedge) return;
  if (joined.length > 0 && around.every((other) => joined.includes(other) === shares(other))) return;
  const burstId = joined[0]?.burstId;
  const isAppended = around.every((other) => joined.includes(other) === (other.burstId === burstId));
  if (shot.burstId === null && typeof burstId === 'number' && isAppended) {
    db.run('INSERT INTO burst_photo (asset_id, burst_id) VALUES (?, ?)', [shot.id, burstId]);
    return;
  }
  // Rare: a time or a look has changed, or a photo came between two others.
  const burstIds = [shot, ...around].flatMap((other) => other.burstId ?? []);
  regroup(
    db,
    [shot, ...around].map((other) => other.id),
    burstIds,
  );
}

/** Photos that stand alone are in no burst. */
function leaveBurst(db: WriteDb, assetId: AssetId): void {
  const [burstId] = db.pluck<number>('SELECT burst_id FROM burst_photo WHERE asset_id = ?', [assetId]);
  if (burstId !== undefined) regroup(db, [assetId], [burstId]);
}

/** Divides some photos, and all of some bursts, anew. */
function regroup(db: WriteDb, assetIds: readonly AssetId[], burstIds: readonly number[]): void {
  const shots = db.all<Shot>(
    `${shotSql} AND asset.camera_model IS NOT NULL AND asset.id IN (
       SELECT value FROM json_each(@assets) UNION SELECT asset_id FROM burst_photo
       WHERE burst_id IN (SELECT value FROM json_each(@bursts)))
     ORDER BY camera, timeMs, asset.id`,
    { assets: JSON.stringify(assetIds), bursts: JSON.stringify(burstIds) },
  );
  db.run('DELETE FROM burst_photo WHERE burst_id IN (SELECT value FROM json_each(?))', [
    JSON.stringify(burstIds),
  ]);
  let group: Shot[] = [];
  for (const shot of [...shots, undefined]) {
    const last = group.at(-1);
    if (shot !== undefined && last !== undefined && isNext(last, shot)) {
      group.push(shot);
      continue;
    }
    if (group.length > 1) insertBurst(db, group);
    group = shot === undefined ? [] : [shot];
  }
}

function insertBurst(db: WriteDb, shots: readonly Shot[]): void {
  const [highest] = db.pluck<number>('SELECT ifnull(max(burst_id), 0) FROM burst_photo');
  const burstId = (highest ?? 0) + 1;
  db.run('INSERT OR REPLACE INTO burst_photo (asset_id, burst_id) SELECT value, ? FROM json_each(?)', [
    burstId,
    JSON.stringify(shots.map(({ id }) => id)),
  ]);
}

function neighbor(db: ReadDb, shot: Shot, side: '<' | '>'): Shot | undefined {
  const direction = side === '<' ? 'DESC' : 'ASC';
  return db.get<Shot>(
    `${shotSql} AND asset.camera_model = ? AND (asset.capture_local_ms, asset.id) ${side} (?, ?)
     ORDER BY asset.capture_local_ms ${direction}, asset.id ${direction} LIMIT 1`,
    [shot.camera, shot.timeMs, shot.id],
  );
}

function isNext(one: Shot, other: Shot): boolean {
  return (
    one.camera === other.camera &&
    Math.abs(one.timeMs - other.timeMs) <= longestPauseMs &&
    lookDistance(toLook(one.hash), toLook(other.hash)) <= burstDistance
  );
}
