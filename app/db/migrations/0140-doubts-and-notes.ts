import type { Migration } from '../migrate.ts';

const below = (row: 'new' | 'old'): string =>
  `UPDATE search_entry SET is_stale = 1 WHERE is_stale = 0 AND asset_id IN (
     SELECT asset_id FROM file WHERE root_id = ${row}.root_id AND (${row}.relative_path = ''
       OR (relative_path >= ${row}.relative_path || '/' AND relative_path < ${row}.relative_path || '0')));`;

/** What of a description a person may want to look at; notes on folders are found by search. */
export const doubtsAndNotesMigration: Migration = {
  version: 140,
  name: 'doubts-and-notes',
  up: `
    ALTER TABLE description ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';   -- JSON, of what was said in it
    CREATE INDEX description_doubtful ON description (asset_id) WHERE doubts <> '[]' AND live = 1;

    -- A note is indexed with every photo below its folder.
    CREATE TRIGGER search_note_inserted AFTER INSERT ON folder_note BEGIN ${below('new')} END;
    CREATE TRIGGER search_note_deleted AFTER DELETE ON folder_note BEGIN ${below('old')} END;
    CREATE TRIGGER search_note_updated AFTER UPDATE ON folder_note BEGIN ${below('old')} ${below('new')} END;
    UPDATE search_entry SET is_stale = 1 WHERE is_stale = 0 AND asset_id IN (
      SELECT file.asset_id FROM folder_note AS noted JOIN file ON file.root_id = noted.root_id AND (noted.relative_path = ''
        OR (file.relative_path >= noted.relative_path || '/' AND file.relative_path < noted.relative_path || '0')));
  `,
};
