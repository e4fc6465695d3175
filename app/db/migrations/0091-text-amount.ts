import type { Migration } from '../migrate.ts';

/** How much of a photo looks like text: what `auto` detail and text recognition go by. */
export const textAmountMigration: Migration = {
  version: 91,
  name: 'text-amount',
  up: `
    -- In parts of 10 000; NULL: not measured yet. Photos of older libraries are measured when they are decoded again.
    ALTER TABLE asset ADD COLUMN text_amount INTEGER;
  `,
};
