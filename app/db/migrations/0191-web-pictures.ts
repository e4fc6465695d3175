import type { Migration } from '../migrate.ts';

/** Where pictures that were named by their address came from. */
export const webPicturesMigration: Migration = {
  version: 191,
  name: 'web-pictures',
  up: `
    CREATE TABLE web_picture (
      relative_path TEXT PRIMARY KEY,   -- from the folder of such pictures
      address TEXT NOT NULL,            -- without its query, which may hold a signature
      fetched_at_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
