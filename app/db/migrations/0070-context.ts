import type { Migration } from '../migrate.ts';

/** What a model is told beside the picture: places, notes on folders, the vocabulary; and what each request was told. */
export const contextMigration: Migration = {
  version: 70,
  name: 'context',
  up: `
    -- What a person says of a folder and everything below it: an event, a job, a journey.
    CREATE TABLE folder_note (
      root_id INTEGER NOT NULL REFERENCES root (id) ON DELETE CASCADE,
      relative_path TEXT NOT NULL,      -- from the root, with /; '' is the root itself
      note TEXT NOT NULL,
      updated_at_ms INTEGER NOT NULL,
      PRIMARY KEY (root_id, relative_path)
    ) WITHOUT ROWID;

    -- Prompts of the person's own, in all their versions.
    CREATE TABLE custom_prompt (
      name TEXT NOT NULL,
      hash TEXT NOT NULL,
      spec TEXT NOT NULL,               -- JSON
      saved_at_ms INTEGER NOT NULL,
      PRIMARY KEY (name, hash)
    ) WITHOUT ROWID;

    -- Each wording that was ever sent, once. Thousands of requests share one.
    CREATE TABLE prompt_text (
      id INTEGER PRIMARY KEY,
      instructions TEXT NOT NULL,
      response_schema TEXT NOT NULL DEFAULT '',  -- JSON {name, schema}; '': none
      first_used_at_ms INTEGER NOT NULL,
      UNIQUE (instructions, response_schema)
    );
    ALTER TABLE request ADD COLUMN prompt_text_id INTEGER REFERENCES prompt_text (id);
    ALTER TABLE request ADD COLUMN user_text TEXT;      -- NULL: sent by an earlier release, which did not keep it
    ALTER TABLE request_asset ADD COLUMN sent_bytes INTEGER;
    ALTER TABLE request_asset ADD COLUMN sent_sha256 TEXT;  -- of the picture as it was sent, hex

    -- The person's own most used keywords when the run began: the same for all its requests.
    ALTER TABLE run ADD COLUMN vocabulary TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX asset_keyword_own ON asset_keyword (keyword_id) WHERE owner <> 'model';

    UPDATE asset SET facts_by = 'head' WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND place IS NULL;
    -- Photos that were read before places were known get theirs, without being described again.
    INSERT OR IGNORE INTO job (kind, lane, payload, dedupe_key, created_at_ms, updated_at_ms)
    SELECT 'thorough-facts', 'thorough-facts', json_object('assetId', id), 'thorough-facts:' || id, created_at_ms, created_at_ms
    FROM asset WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND place IS NULL AND state = 'ready';
  `,
};
