import type { Migration } from '../migrate.ts';

/** Everything that anybody said about an asset, and the current description that follows from it. */
export const descriptionsMigration: Migration = {
  version: 40,
  name: 'descriptions',
  up: `
    -- One statement by one owner. The current description is computed from the live ones, so undo is: no longer live.
    CREATE TABLE description (
      id INTEGER PRIMARY KEY,
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      owner TEXT NOT NULL CHECK (owner IN ('model', 'person', 'file')),
      connection_id INTEGER REFERENCES connection (id),
      run_id INTEGER REFERENCES run (id),
      request_id INTEGER REFERENCES request (id),
      baseline INTEGER NOT NULL DEFAULT 0,
      live INTEGER NOT NULL DEFAULT 1,
      fields TEXT NOT NULL,             -- JSON, only what it speaks of
      prompt_version TEXT,
      model_answered TEXT,
      detail TEXT,
      sent_width_px INTEGER,
      sent_height_px INTEGER,
      image_data_hash TEXT,             -- of the picture that was described: another picture needs another description
      created_at_ms INTEGER NOT NULL
    );
    CREATE INDEX description_asset ON description (asset_id, id);
    CREATE INDEX description_run ON description (run_id, live) WHERE run_id IS NOT NULL;
    CREATE INDEX description_connection ON description (connection_id, asset_id) WHERE live = 1 AND owner = 'model';

    -- The current description: what is shown and searched.
    CREATE TABLE current_description (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      title TEXT,
      title_owner TEXT,
      caption TEXT,
      caption_owner TEXT,
      alt_text TEXT,
      alt_text_owner TEXT,
      keywords TEXT NOT NULL,           -- JSON [{keyword, owner}]
      recognized_text TEXT,
      objects TEXT NOT NULL,            -- JSON
      other_text TEXT,                  -- what a model said where a person or the file owns the field: found, not shown
      baseline INTEGER NOT NULL,
      model_answered TEXT,
      connection_id INTEGER,            -- whose model description it is, if any
      review_state TEXT NOT NULL DEFAULT 'draft' CHECK (review_state IN ('draft', 'accepted', 'edited', 'rejected')),
      updated_at_ms INTEGER NOT NULL
    );

    CREATE TABLE keyword (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      asset_count INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE asset_keyword (
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      keyword_id INTEGER NOT NULL REFERENCES keyword (id),
      owner TEXT NOT NULL,
      PRIMARY KEY (asset_id, keyword_id)
    ) WITHOUT ROWID;
    CREATE INDEX asset_keyword_keyword ON asset_keyword (keyword_id, asset_id);
    CREATE TRIGGER asset_keyword_inserted AFTER INSERT ON asset_keyword BEGIN
      UPDATE keyword SET asset_count = asset_count + 1 WHERE id = new.keyword_id;
    END;
    CREATE TRIGGER asset_keyword_deleted AFTER DELETE ON asset_keyword BEGIN
      UPDATE keyword SET asset_count = asset_count - 1 WHERE id = old.keyword_id;
    END;
  `,
};
