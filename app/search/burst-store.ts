import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { isCopyOf } from './copies.ts';
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
  readonly pixels: number;
  readonly path: string;
  readonly burstId: number | null;
};

const shotSql = `SELECT asset.id, asset.camera_model AS camera, asset.capture_local_ms AS timeMs,
    asset.perceptual_hash AS hash, ifnull(asset.width_px * asset.height_px, 0) AS pixels,
    ifnull((SELECT relative_path FROM file WHERE asset_id = asset.id AND role = 'original' LIMIT 1), '') AS path,
    burst_photo.burst_id AS burstId
  FROM asset LEFT JOIN burst_photo ON burst_photo.asset_id = asset.id
  WHERE asset.capture_local_ms IS NOT NULL AND asset.perceptual_hash IS NOT NULL AND asset.kind = 'photo'`;

/** Of photos of one second so many are looked at: a clock that was never set has thousands. */
const mostAtOnce = 60;

/**
 * Brings the burst of an asset up to date: photos of one camera, each within seconds of the one before and like it, and none
 * a copy of another. To be called in the transaction that changed its time, camera, size or look; where nothing changed it is
 * some look-ups.
 */
export function refreshBurst(db: WriteDb, assetId: AssetId): void {
  const shot = db.get<Shot>(`${shotSql} AND asset.camera_model IS NOT NULL AND asset.id = ?`, [assetId]);
  const atOnce = shot === undefined ? [] : listAtOnce(db, shot);
  if (shot === undefined || atOnce.some((other) => isCopyOf(shot, other))) {
    leaveBurst(db, assetId);
    return;
  }
  const before = neighbor(db, shot, '<');
  const after = neighbor(db, shot, '>');
  const around = [before, after].filter((other) => other !== undefined);
  const copies = atOnce.filter((other) => other.burstId !== null && isCopyOf(other, shot));
  if (copies.length === 0 && isAsItShouldBe(db, shot, before, after)) return;
  // Rare: a time, a size or a look has changed, a photo came between two others, or the original of one that was in a burst.
  const burstIds = [shot, ...around, ...copies].flatMap((other) => other.burstId ?? []);
  regroup(
    db,
    [shot, ...around].map((other) => other.id),
    burstIds,
  );
}

/** Whether a photo is in the burst of its neighbours, and they in its; at the end of a burst it is put into it. */
function isAsItShouldBe(db: WriteDb, shot: Shot, before: Shot | undefined, after: Shot | undefined): boolean {
  const around = [before, after].filter((other) => other !== undefined);
  const joined = around.filter((other) => isNext(shot, other));
  const shares = (other: Shot) => other.burstId !== null && other.burstId === shot.burstId;
  const isAlone = shot.burstId === null && joined.length === 0;
  const isWedge =
    shot.burstId === null && typeof before?.burstId === 'number' && before.burstId === after?.burstId;
  if (isAlone && !isWedge) return true;
  if (joined.length > 0 && around.every((other) => joined.includes(other) === shares(other))) return true;
  const burstId = joined[0]?.burstId;
  const isAppended = around.every((other) => joined.includes(other) === (other.burstId === burstId));
  if (shot.burstId === null && typeof burstId === 'number' && isAppended) {
    db.run('INSERT INTO burst_photo (asset_id, burst_id) VALUES (?, ?)', [shot.id, burstId]);
    return true;
  }
  return false;
}

/** Photos that stand alone are in no burst. */
function leaveBurst(db: WriteDb, assetId: AssetId): void {
  const [burstId] = db.pluck<number>('SELECT burst_id FROM burst_photo WHERE asset_id = ?', [assetId]);
  if (burstId !== undefined) regroup(db, [assetId], [burstId]);
}

/** Divides some photos, and all of some bursts, anew. */
function regroup(db: WriteDb, assetIds: readonly AssetId[], burstIds: readonly number[]): void {
  const listed = db.all<Shot>(
    `${shotSql} AND asset.camera_model IS NOT NULL AND asset.id IN (
       SELECT value FROM json_each(@assets) UNION SELECT asset_id FROM burst_photo
       WHERE burst_id IN (SELECT value FROM json_each(@bursts)))
     ORDER BY camera, timeMs, asset.id`,
    { assets: JSON.stringify(assetIds), bursts: JSON.stringify(burstIds) },
  );
  const shots = listed.filter((shot) => !isCopy(db, shot));
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

/** The next photo of the camera on one side that is no copy of another. */
function neighbor(db: ReadDb, shot: Shot, side: '<' | '>'): Shot | undefined {
  const direction = side === '<' ? 'DESC' : 'ASC';
  let from = shot;
  for (let looked = 0; looked < mostAtOnce; looked += 1) {
    const next = db.get<Shot>(
      `${shotSql} AND asset.camera_model = ? AND (asset.capture_local_ms, asset.id) ${side} (?, ?)
       ORDER BY asset.capture_local_ms ${direction}, asset.id ${direction} LIMIT 1`,
      [shot.camera, from.timeMs, from.id],
    );
    if (next === undefined || !isCopy(db, next)) return next;
    from = next;
  }
  return undefined;
}

function isCopy(db: ReadDb, shot: Shot): boolean {
  return listAtOnce(db, shot).some((other) => isCopyOf(shot, other));
}

/** What the camera took in the same second. */
function listAtOnce(db: ReadDb, { camera, timeMs, id }: Shot): Shot[] {
  const second = timeMs - (((timeMs % 1_000) + 1_000) % 1_000);
  return db.all<Shot>(
    `${shotSql} AND asset.camera_model = ? AND asset.capture_local_ms BETWEEN ? AND ? AND asset.id <> ? LIMIT ?`,
    [camera, second, second + 999, id, mostAtOnce],
  );
}

function isNext(one: Shot, other: Shot): boolean {
  return (
    one.camera === other.camera &&
    Math.abs(one.timeMs - other.timeMs) <= longestPauseMs &&
    lookDistance(toLook(one.hash), toLook(other.hash)) <= burstDistance
  );
}
