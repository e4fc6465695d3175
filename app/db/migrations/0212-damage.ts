import type { Migration } from '../migrate.ts';

/** Damaged photos are shown as far as they can be read, and described only when a person says so. */
export const damageMigration: Migration = {
  version: 212,
  name: 'damage',
  up: `
    -- 1: its picture is damaged, so it is not sent. 2: it is, and a person wants it described all the same.
    ALTER TABLE asset ADD COLUMN damage INTEGER NOT NULL DEFAULT 0 CHECK (damage IN (0, 1, 2));
    CREATE INDEX asset_damage ON asset (id) WHERE damage > 0;

    -- They are read once more, for the part of them that can be shown.
    UPDATE asset SET state = 'found', error = NULL WHERE state = 'unreadable' AND error ->> 'code' = 'file-damaged';
  `,
};
