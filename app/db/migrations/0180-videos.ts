import type { Migration } from '../migrate.ts';

/** Videos: what their headers say, and what happens in them when. */
export const videosMigration: Migration = {
  version: 180,
  name: 'videos',
  up: `
    CREATE TABLE video (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      duration_ms INTEGER NOT NULL,
      codec TEXT,                       -- short name, such as avc
      frame_rate REAL,                  -- frames a second
      rotation INTEGER NOT NULL,        -- degrees, clockwise; in the asset's width and height already
      has_sound INTEGER NOT NULL,
      frames_error TEXT                 -- JSON {code, details}: why no frame could be taken the last time
    );
    CREATE INDEX video_frameless ON video (asset_id) WHERE frames_error IS NOT NULL;

    -- The moments of the current description; each statement keeps its own among its fields.
    CREATE TABLE moment (
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      start_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (asset_id, position)
    ) WITHOUT ROWID;
  `,
};
