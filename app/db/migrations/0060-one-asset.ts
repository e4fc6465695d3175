import type { Migration } from '../migrate.ts';

/** Several files of one shot are one asset: RAW + JPEG, Live Photos, sidecars. */
export const oneAssetMigration: Migration = {
  version: 60,
  name: 'one-asset',
  up: `
    -- Folders whose files have still to be put together. Of a library from before, all.
    CREATE TABLE ungrouped_folder (
      root_id INTEGER NOT NULL REFERENCES root (id) ON DELETE CASCADE,
      folder TEXT NOT NULL,             -- from the root, with /; empty for the root itself
      PRIMARY KEY (root_id, folder)
    ) WITHOUT ROWID;
    -- What stands before the last slash: all characters but slashes are taken off the end.
    INSERT OR IGNORE INTO ungrouped_folder (root_id, folder)
    SELECT root_id, rtrim(rtrim(relative_path, replace(relative_path, '/', '')), '/') FROM file WHERE state = 'present';

    -- By name; of files beside the original alone.
    ALTER TABLE file ADD COLUMN format TEXT;

    -- The file that width, hashes and facts were read from. Another file of the same shot has other hashes.
    ALTER TABLE asset ADD COLUMN read_file_id INTEGER;
    UPDATE asset SET read_file_id = (SELECT max(id) FROM file WHERE file.asset_id = asset.id AND file.role = 'original')
    WHERE image_data_hash IS NOT NULL;
  `,
};
