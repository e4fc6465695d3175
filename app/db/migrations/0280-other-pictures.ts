import type { Migration } from '../migrate.ts';

/** A RAW and a JPEG of one name are two photos where they say so. */
export const otherPicturesMigration: Migration = {
  version: 280,
  name: 'other-pictures',
  up: `
    -- Of a picture that was told from another of its name, as it was then; NULL where it did not say.
    ALTER TABLE file ADD COLUMN shot_local_ms INTEGER;
    ALTER TABLE file ADD COLUMN shot_camera TEXT;

    -- Pairs that were made by name alone are read once more, both of their files.
    UPDATE asset SET state = 'found', error = NULL
    WHERE kind = 'photo' AND id IN (SELECT asset_id FROM file WHERE role = 'alternate' AND state = 'present');
  `,
};
