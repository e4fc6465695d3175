import type { Migration } from '../migrate.ts';

/** Full text. Filled by `search/search-store.ts`; rowid = asset id everywhere. */
export const searchMigration: Migration = {
  version: 50,
  name: 'search',
  up: `
    SELECT 1;
  `,
};
