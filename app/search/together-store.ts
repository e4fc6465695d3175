import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/** Photos this far apart, in ms, may be of one burst before anybody has seen how they look. */
const perhapsWithinMs = 10_000;

/**
 * Which photos are told about together: those of one burst, else near-duplicates. A key for each photo that is with others;
 * two photos go together when theirs are the same. See [Note: Together].
 */
export function listTogetherKeys(db: ReadDb, assetIds: readonly AssetId[]): ReadonlyMap<AssetId, string> {
  const rows = db.all<{ assetId: AssetId; burstId: number | null; nearId: number | null }>(
    `SELECT value AS assetId, burst_id AS burstId, near_id AS nearId FROM json_each(?) JOIN asset ON asset.id = value AND asset.kind = 'photo'
       LEFT JOIN burst_photo ON burst_photo.asset_id = value LEFT JOIN near_photo ON near_photo.asset_id = value
     WHERE burst_id IS NOT NULL OR near_id IS NOT NULL`,
    [JSON.stringify(assetIds)],
  );
  return new Map(rows.map(({ assetId, burstId, nearId }) => [assetId, keyOf(burstId, nearId)]));
}

function keyOf(burstId: number | null, nearId: number | null): string {
  return burstId === null ? `near:${String(nearId)}` : `burst:${String(burstId)}`;
}

/** By the same camera, within seconds. Each half of it has an index of its own: photos that were seen, and others. */
const isOfTheMoment = `asset.camera_model = mine.camera_model AND asset.capture_local_ms IS NOT NULL
  AND asset.capture_local_ms BETWEEN mine.capture_local_ms - @withinMs AND mine.capture_local_ms + @withinMs`;

/**
 * Who may be told about together with a photo, oldest first and without it: its burst or its near-duplicates, and, as long
 * as nobody has seen how it looks, or how they do, photos that its camera took within seconds.
 */
export function listPerhapsTogether(db: ReadDb, assetId: AssetId, limit: number): AssetId[] {
  return db.pluck(
    `WITH mine AS MATERIALIZED (
       SELECT asset.id, camera_model, capture_local_ms, perceptual_hash,
         (SELECT burst_id FROM burst_photo WHERE asset_id = asset.id) AS burst_id,
         (SELECT near_id FROM near_photo WHERE asset_id = asset.id) AS near_id
       FROM asset WHERE id = @assetId AND kind = 'photo'),
     other AS (
       SELECT asset_id AS id FROM burst_photo WHERE burst_id = (SELECT burst_id FROM mine)
       UNION SELECT asset_id FROM near_photo WHERE near_id = (SELECT near_id FROM mine WHERE burst_id IS NULL)
       UNION SELECT asset.id FROM mine JOIN asset ON ${isOfTheMoment} AND asset.perceptual_hash IS NULL
       UNION SELECT asset.id FROM mine JOIN asset ON ${isOfTheMoment} AND asset.perceptual_hash IS NOT NULL
       WHERE mine.perceptual_hash IS NULL)
     SELECT asset.id FROM other JOIN asset ON asset.id = other.id WHERE asset.id <> @assetId AND asset.kind = 'photo'
     ORDER BY capture_local_ms, asset.id LIMIT @limit`,
    { assetId, withinMs: perhapsWithinMs, limit },
  );
}
