import type { Migration } from '../migrate.ts';

/** A movie that another camera took, or the same one at another time, is no Live Photo's, whatever its name. */
export const otherShotsMigration: Migration = {
  version: 220,
  name: 'other-shots',
  up: `
    -- Of a movie that may belong to a photo, as its own metadata has them; NULL where they do not say.
    ALTER TABLE file ADD COLUMN movie_local_ms INTEGER;
    ALTER TABLE file ADD COLUMN movie_offset_minutes INTEGER;
    ALTER TABLE file ADD COLUMN movie_camera TEXT;

    -- Movies that were joined by their names alone are read once more.
    UPDATE file SET content_identifier = NULL WHERE role = 'motion' AND content_identifier = '';

    -- RAWs without a picture are read once more, for the reason: some were cut off.
    UPDATE asset SET state = 'found', error = NULL
    WHERE state = 'unsupported' AND state <> 'ready' AND error ->> 'code' = 'no-preview';
  `,
};
