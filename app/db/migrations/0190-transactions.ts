import type { Migration } from '../migrate.ts';

/**
 * Services that count features, not tokens: each feature of a picture is one transaction in the ledger. And what they say of
 * where text stands.
 */
export const transactionsMigration: Migration = {
  version: 190,
  name: 'transactions',
  up: `
    ALTER TABLE request ADD COLUMN estimated_transactions INTEGER;
    ALTER TABLE request ADD COLUMN transactions INTEGER;

    -- Where recognised text stands.
    ALTER TABLE current_description ADD COLUMN text_lines TEXT NOT NULL DEFAULT '[]';
  `,
};
