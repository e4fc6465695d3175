import type { Migration } from '../migrate.ts';

/** What should be seen of a photo where there is room for a part of it. */
export const focusMigration: Migration = {
  version: 192,
  name: 'focus',
  up: `
    ALTER TABLE current_description ADD COLUMN focus_x REAL;
    ALTER TABLE current_description ADD COLUMN focus_y REAL;
  `,
};
