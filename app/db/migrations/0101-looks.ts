import type { Migration } from '../migrate.ts';

/** How photos look, in a table small enough to be kept in memory, and which were taken in one burst. */
export const looksMigration: Migration = {
  version: 101,
  name: 'looks',
  up: `
    CREATE TABLE asset_look (
      id INTEGER PRIMARY KEY AUTOINCREMENT,   -- a new one whenever the hash changes: who knows the last has read all before
      asset_id INTEGER NOT NULL UNIQUE REFERENCES asset (id) ON DELETE CASCADE,
      hash TEXT NOT NULL                      -- asset.perceptual_hash
    );
    INSERT INTO asset_look (asset_id, hash)
      SELECT id, perceptual_hash FROM asset WHERE perceptual_hash IS NOT NULL ORDER BY id;
    CREATE TRIGGER asset_look_changed AFTER UPDATE OF perceptual_hash ON asset
    WHEN new.perceptual_hash IS NOT NULL AND new.perceptual_hash IS NOT old.perceptual_hash BEGIN
      DELETE FROM asset_look WHERE asset_id = new.id;
      INSERT INTO asset_look (asset_id, hash) VALUES (new.id, new.perceptual_hash);
    END;
    CREATE TRIGGER asset_look_gone AFTER UPDATE OF perceptual_hash ON asset WHEN new.perceptual_hash IS NULL BEGIN
      DELETE FROM asset_look WHERE asset_id = new.id;
    END;

    -- Filled by search/burst-store.ts when an asset is indexed. Only photos that have company.
    CREATE TABLE burst_photo (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      burst_id INTEGER NOT NULL
    );
    CREATE INDEX burst_photo_burst ON burst_photo (burst_id);
    -- The photo before and after of the same camera.
    CREATE INDEX asset_shot ON asset (camera_model, capture_local_ms, id)
      WHERE capture_local_ms IS NOT NULL AND perceptual_hash IS NOT NULL;

    -- What can stand behind camera:, lens: and place:, with counts, as it is typed.
    CREATE INDEX asset_camera ON asset (camera_model) WHERE camera_model IS NOT NULL;
    CREATE INDEX asset_lens ON asset (lens) WHERE lens IS NOT NULL;
    CREATE INDEX asset_place ON asset (place) WHERE place IS NOT NULL;
  `,
};
