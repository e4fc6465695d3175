import type { Migration } from '../migrate.ts';

/** Photos that look nearly the same, and how far the looks have been compared. */
export const nearDuplicatesMigration: Migration = {
  version: 120,
  name: 'near-duplicates',
  up: `
    -- Filled by search/look-group-store.ts. Only photos that have company.
    CREATE TABLE near_photo (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      near_id INTEGER NOT NULL
    );
    CREATE INDEX near_photo_near ON near_photo (near_id);
    CREATE TRIGGER near_photo_look_gone AFTER DELETE ON asset_look BEGIN
      DELETE FROM near_photo WHERE asset_id = old.asset_id;
    END;

    -- One row: looks (asset_look.id) up to this one have been compared with all others. A new look has a higher id.
    CREATE TABLE look_progress (look_id INTEGER NOT NULL);
    INSERT INTO look_progress VALUES (0);
  `,
};
