import type { Migration } from '../migrate.ts';

/** Roots, their files, and the assets that the files carry. */
export const libraryMigration: Migration = {
  version: 10,
  name: 'library',
  up: `
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL               -- JSON
    ) WITHOUT ROWID;

    CREATE TABLE root (
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,        -- absolute, links resolved
      device INTEGER,                   -- st_dev and st_ino when it was last scanned: an empty mount point is not
      inode INTEGER,                    -- the drive that is usually there
      state TEXT NOT NULL DEFAULT 'online' CHECK (state IN ('online', 'offline')),
      rule TEXT NOT NULL DEFAULT '{"kind":"index"}',
      privacy TEXT NOT NULL DEFAULT 'may-be-sent' CHECK (privacy IN ('may-be-sent', 'local-only', 'built-in-only')),
      ignore_patterns TEXT NOT NULL DEFAULT '[]',
      added_at_ms INTEGER NOT NULL,
      scanned_at_ms INTEGER
    );

    -- One photo or video, however many files carry it.
    CREATE TABLE asset (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL DEFAULT 'photo' CHECK (kind IN ('photo', 'video')),
      state TEXT NOT NULL DEFAULT 'found' CHECK (state IN ('found', 'ready', 'unsupported', 'unreadable')),
      error TEXT,                       -- JSON {code, details} when unsupported or unreadable
      format TEXT,                      -- by content, not by name: jpeg, png, webp, avif, tiff, gif, heic …
      width_px INTEGER,                 -- after orientation
      height_px INTEGER,
      orientation INTEGER,              -- Exif 1-8
      frame_count INTEGER,              -- animated GIF and WebP
      capture_local_ms INTEGER,         -- the camera's wall clock as if UTC
      capture_offset_minutes INTEGER,
      sort_ms INTEGER NOT NULL,         -- capture_local_ms, else the file's time: the order of the grid
      camera_make TEXT,
      camera_model TEXT,
      lens TEXT,
      aperture_f REAL,
      exposure_seconds REAL,
      iso REAL,
      focal_length_mm REAL,
      latitude REAL,
      longitude REAL,
      place TEXT,
      rating INTEGER,
      label TEXT,
      facts TEXT NOT NULL DEFAULT '{}', -- JSON, all facts as read
      facts_by TEXT,                    -- 'head' after the fast pass, 'exiftool' after the thorough one
      colors TEXT,                      -- JSON, names of the main colours, most first
      content_hash TEXT,                -- of the whole file: the same for the same bytes, hex
      image_data_hash TEXT,             -- of the picture's own bytes without metadata, hex
      perceptual_hash TEXT,             -- dHash, 16 hex digits
      has_thumbnail INTEGER NOT NULL DEFAULT 0,
      created_at_ms INTEGER NOT NULL
    );
    CREATE INDEX asset_sort ON asset (sort_ms DESC, id DESC);
    CREATE INDEX asset_state ON asset (state) WHERE state <> 'ready';
    CREATE INDEX asset_content_hash ON asset (content_hash) WHERE content_hash IS NOT NULL;
    CREATE INDEX asset_image_data_hash ON asset (image_data_hash) WHERE image_data_hash IS NOT NULL;

    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      root_id INTEGER NOT NULL REFERENCES root (id) ON DELETE CASCADE,
      asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL,  -- NULL: not a photo, listed with its reason
      relative_path TEXT NOT NULL,      -- from the root, with /
      role TEXT NOT NULL DEFAULT 'original' CHECK (role IN ('original', 'alternate', 'sidecar', 'motion', 'other')),
      size_bytes INTEGER NOT NULL,
      mtime_ms INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'missing')),
      reason TEXT,                      -- error code: why a file is no asset
      found_at_ms INTEGER NOT NULL
    );
    -- A missing file keeps the path where it was last seen, also when another file has taken that place since.
    CREATE UNIQUE INDEX file_present ON file (root_id, relative_path) WHERE state = 'present';
    CREATE INDEX file_missing ON file (root_id, relative_path) WHERE state = 'missing';
    CREATE INDEX file_asset ON file (asset_id);
    CREATE INDEX file_inode ON file (inode);
  `,
};
