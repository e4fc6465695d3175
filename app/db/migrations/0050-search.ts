import type { Migration } from '../migrate.ts';

/** Full text. Filled by `search/index-store.ts`; rowid = asset id everywhere. */
export const searchMigration: Migration = {
  version: 50,
  name: 'search',
  up: `
    -- Contentless: the text itself is in current_description, asset and file. What a word is, is decided in
    -- search/words.ts, for index, query and highlight alike; the tokenizer only splits at the spaces put there.
    -- Per 100 000 photos of 60 words: 45 MB, and 52 MB more for the prefixes, without which the first letters of a
    -- word take ten times as long (SPEED §4).
    CREATE VIRTUAL TABLE search_text USING fts5 (
      title, caption, alt_text, keywords, recognized_text, other_text, answers, place, camera, lens, file_name, folders,
      content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
    );

    -- One row per asset from the moment it exists, so that a list by name never leaves one out.
    CREATE TABLE search_entry (
      asset_id INTEGER PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
      name_key TEXT NOT NULL DEFAULT '',  -- the file's name, so folded that plain order is the order people expect
      is_stale INTEGER NOT NULL DEFAULT 1 -- the index does not know its files yet, or not as they are called now
    );
    CREATE INDEX search_entry_name ON search_entry (name_key, asset_id);
    CREATE INDEX search_entry_stale ON search_entry (asset_id) WHERE is_stale = 1;
    INSERT INTO search_entry (asset_id) SELECT id FROM asset;
    CREATE TRIGGER search_asset_inserted AFTER INSERT ON asset BEGIN
      INSERT INTO search_entry (asset_id) VALUES (new.id);
    END;
    CREATE TRIGGER search_asset_deleted AFTER DELETE ON asset BEGIN
      DELETE FROM search_text WHERE rowid = old.id;
    END;
    CREATE TRIGGER search_file_inserted AFTER INSERT ON file WHEN new.asset_id IS NOT NULL BEGIN
      UPDATE search_entry SET is_stale = 1 WHERE asset_id = new.asset_id AND is_stale = 0;
    END;
    CREATE TRIGGER search_file_moved AFTER UPDATE OF root_id, asset_id, relative_path, role ON file
    WHEN old.root_id <> new.root_id OR old.asset_id IS NOT new.asset_id OR old.relative_path <> new.relative_path
      OR old.role <> new.role BEGIN
      UPDATE search_entry SET is_stale = 1 WHERE asset_id IN (old.asset_id, new.asset_id) AND is_stale = 0;
    END;
    CREATE TRIGGER search_root_moved AFTER UPDATE OF path ON root WHEN old.path <> new.path BEGIN
      UPDATE search_entry SET is_stale = 1
      WHERE is_stale = 0 AND asset_id IN (SELECT asset_id FROM file WHERE root_id = new.id);
    END;

    -- Unrated is 0, as XMP has it: between 1 and rejected (-1).
    CREATE INDEX asset_rating ON asset (ifnull(rating, 0) DESC, sort_ms DESC, id DESC);
    -- Nearly empty, so that asking it of every match costs next to nothing.
    CREATE INDEX file_missing_asset ON file (asset_id) WHERE state = 'missing';
  `,
};
