import type { Migration } from '../migrate.ts';

/** Where the photos of a folder inside a root may go, if not where the others of that root may. */
export const folderPrivacyMigration: Migration = {
  version: 400,
  name: 'folder-privacy',
  up: `
    CREATE TABLE folder_privacy (
      root_id INTEGER NOT NULL REFERENCES root (id) ON DELETE CASCADE,
      relative_path TEXT NOT NULL CHECK (relative_path <> ''),   -- from the root, with /; the root has a column of its own
      privacy TEXT NOT NULL,
      PRIMARY KEY (root_id, relative_path)
    ) WITHOUT ROWID;
  `,
};
