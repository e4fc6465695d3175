import type { Migration } from '../migrate.ts';

/** Words for typing mistakes; days, German and French word forms in the index, which every asset gets anew, in the background. */
export const searchWordsMigration: Migration = {
  version: 100,
  name: 'search-words',
  up: `
    -- Every word that was ever indexed, folded and unstemmed. The id is the order of arrival.
    CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);

    -- The day is in the index too.
    CREATE TRIGGER search_asset_dated AFTER UPDATE OF sort_ms ON asset
    WHEN old.sort_ms / 86400000 <> new.sort_ms / 86400000 BEGIN
      UPDATE search_entry SET is_stale = 1 WHERE asset_id = new.id AND is_stale = 0;
    END;
    -- Found by what the index says until then.
    UPDATE search_entry SET is_stale = 1 WHERE is_stale = 0;
  `,
};
