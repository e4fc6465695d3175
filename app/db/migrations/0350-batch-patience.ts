import type { Migration } from '../migrate.ts';

/** A service is asked about a batch no more often than it wishes, whoever asks and however often Cutline starts. */
export const batchPatienceMigration: Migration = {
  version: 350,
  name: 'batch-patience',
  up: `
    -- Not before; NULL = it was not asked yet.
    ALTER TABLE batch ADD COLUMN ask_again_at_ms INTEGER;
  `,
};
