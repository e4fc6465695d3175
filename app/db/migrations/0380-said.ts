import type { Migration } from '../migrate.ts';

/** What counts as described, in one place: anything that is said by anybody but the built-in describer. */
export const saidMigration: Migration = {
  version: 380,
  name: 'said',
  up: `
    -- By a model, a person or the file, whether or not the built-in describer was there too.
    ALTER TABLE current_description ADD COLUMN is_said INTEGER NOT NULL DEFAULT 0;
    -- Keywords are as JSON writes them: a quote within a keyword has a backslash before it.
    UPDATE current_description SET is_said = 1
      WHERE baseline = 0 OR 'person' IN (title_owner, caption_owner, alt_text_owner) OR 'file' IN (title_owner, caption_owner, alt_text_owner)
        OR instr(keywords, '"owner":"person"') > 0 OR instr(keywords, '"owner":"file"') > 0;
    DROP INDEX current_description_state;
    CREATE INDEX current_description_state
      ON current_description (asset_id, baseline, connection_id, review_state, is_said);
  `,
};
