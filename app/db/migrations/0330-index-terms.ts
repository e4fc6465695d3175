import type { Migration } from '../migrate.ts';

/** Which words the full-text index has that begin so: FTS5's own list, of which nothing is stored. */
export const indexTermsMigration: Migration = {
  version: 330,
  name: 'index-terms',
  up: `
    -- By instances: the other kinds count each word's photos before they say it.
    CREATE VIRTUAL TABLE search_term USING fts5vocab (search_text, 'instance');
  `,
};
