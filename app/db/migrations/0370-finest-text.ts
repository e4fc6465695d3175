import type { Migration } from '../migrate.ts';

/** How small the letters of a photo are: large ones take fewer pixels to be read. */
export const finestTextMigration: Migration = {
  version: 370,
  name: 'finest-text',
  up: `
    -- In tenths of changes of tone, see imaging/text-amount.ts; NULL beside an amount: too little text, or an older release. Such a
    -- photo goes out as large as then.
    ALTER TABLE asset ADD COLUMN finest_text INTEGER;
  `,
};
