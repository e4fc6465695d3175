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
      name_key TEXT NOT NULL DEFAULT ''   -- the file's name, so folded that plain order is the order people expect
    );
    CREATE INDEX search_entry_name ON search_entry (name_key, asset_id);
    INSERT INTO search_entry (asset_id) SELECT id FROM asset;
    CREATE TRIGGER search_asset_inserted AFTER INSERT ON asset BEGIN
      INSERT INTO search_entry (asset_id) VALUES (new.id);
    END;
    CREATE TRIGGER search_asset_deleted AFTER DELETE ON asset BEGIN
      DELETE FROM search_text WHERE rowid = old.id;
    END;

    -- Unrated is 0, as XMP has it: between 1 and rejected (-1).
    CREATE INDEX asset_rating ON asset (ifnull(rating, 0) DESC, sort_ms DESC, id DESC);
    -- Nearly empty, so that asking it of every match costs next to nothing.
    CREATE INDEX file_missing_asset ON file (asset_id) WHERE state = 'missing';
  `,
};
