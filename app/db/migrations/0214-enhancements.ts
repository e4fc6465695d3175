import type { Migration } from '../migrate.ts';

/** Azure: the retired enhancements that a deployment is asked for, and the resource that they are done by. */
export const enhancementsMigration: Migration = {
  version: 214,
  name: 'enhancements',
  up: `
    ALTER TABLE connection ADD COLUMN enhancements TEXT; -- JSON; NULL: none
  `,
};
