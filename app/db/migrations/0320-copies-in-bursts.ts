import type { Migration } from '../migrate.ts';

/** A smaller copy that has the time of its original is no frame of a burst. */
export const copiesInBurstsMigration: Migration = {
  version: 320,
  name: 'copies-in-bursts',
  up: `
    DELETE FROM burst_photo WHERE asset_id IN (
      SELECT copy.id FROM burst_photo JOIN asset AS copy ON copy.id = burst_photo.asset_id
      WHERE EXISTS (SELECT 1 FROM asset AS original
        WHERE original.camera_model = copy.camera_model AND original.kind = 'photo' AND original.perceptual_hash IS NOT NULL
          AND original.capture_local_ms BETWEEN copy.capture_local_ms - copy.capture_local_ms % 1000
            AND copy.capture_local_ms - copy.capture_local_ms % 1000 + 999
          AND original.width_px * original.height_px > copy.width_px * copy.height_px));
  `,
};
