import type { Migration } from '../migrate.ts';

/** What a window asks for: placeholders, exclusion, review, undo, saved searches, spending told at once. */
export const deskMigration: Migration = {
  version: 110,
  name: 'desk',
  up: `
    ALTER TABLE asset ADD COLUMN average_color INTEGER;   -- 0xRRGGBB of the whole picture; NULL: not known yet
    ALTER TABLE asset ADD COLUMN is_excluded INTEGER NOT NULL DEFAULT 0;   -- a person does not want it described
    CREATE INDEX asset_excluded ON asset (id) WHERE is_excluded = 1;
    CREATE INDEX asset_colorless ON asset (id) WHERE average_color IS NULL AND has_thumbnail = 1;

    -- What a person thought of what was shown: it holds for those very texts, so it comes back when they do.
    CREATE TABLE review (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('accepted', 'edited', 'rejected')),
      content_key TEXT NOT NULL
    );

    -- What a person did, the last first to be undone. Of those that were undone all are newer than those that were not.
    CREATE TABLE edit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      label TEXT NOT NULL,              -- JSON, for the words
      state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone')),
      created_at_ms INTEGER NOT NULL
    );
    CREATE TABLE edit_step (
      edit_id INTEGER NOT NULL REFERENCES edit (id) ON DELETE CASCADE,
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      change TEXT NOT NULL,             -- JSON, ids and states before and after
      is_applied INTEGER NOT NULL DEFAULT 1,
      PRIMARY KEY (edit_id, asset_id)
    ) WITHOUT ROWID;
    CREATE INDEX edit_step_asset ON edit_step (asset_id);

    CREATE TABLE saved_search (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      query TEXT NOT NULL,
      sort TEXT,
      created_at_ms INTEGER NOT NULL
    );

    -- All that a sum of money reads: the ledger's rows hold whole answers.
    CREATE INDEX request_spend ON request (sent_at_ms, booking, cost_micro_usd, estimated_micro_usd);
    -- All that a count of descriptions reads.
    CREATE INDEX current_description_state ON current_description (asset_id, baseline, connection_id, review_state);
    -- Of a run's jobs, those that were skipped or are held: the rest is counted by state alone.
    CREATE INDEX job_skipped ON job (run_id) WHERE state = 'finished' AND skip_reason IS NOT NULL;
  `,
};
