import type { Migration } from '../migrate.ts';

/** A Live Photo is told by Apple's identifier in both of its files, wherever they lie and whatever they are called. */
export const livePhotosMigration: Migration = {
  version: 210,
  name: 'live-photos',
  up: `
    -- Of a picture, NULL where it has none. Of a movie, NULL until it was read, and empty where it has none.
    ALTER TABLE file ADD COLUMN content_identifier TEXT;
    CREATE INDEX file_content_identifier ON file (content_identifier) WHERE content_identifier <> '';
    CREATE INDEX file_unread_movie ON file (id)
    WHERE content_identifier IS NULL AND state = 'present' AND lower(substr(relative_path, -4)) IN ('.mov', '.mp4');

    -- Apple's photos of a library from before are read once more, where there is a movie that may belong to one.
    UPDATE asset SET state = 'found', error = NULL
    WHERE kind = 'photo' AND state = 'ready' AND camera_make = 'Apple' AND EXISTS (
      SELECT 1 FROM file
      WHERE content_identifier IS NULL AND state = 'present' AND lower(substr(relative_path, -4)) IN ('.mov', '.mp4'));
  `,
};
