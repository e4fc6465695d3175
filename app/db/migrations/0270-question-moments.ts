import type { Migration } from '../migrate.ts';

/** A question may be about a part of a video. */
export const questionMomentsMigration: Migration = {
  version: 270,
  name: 'question moments',
  up: `
    -- Of the one video that was shown, in milliseconds; both or none.
    ALTER TABLE answer ADD COLUMN moment_start_ms INTEGER;
    ALTER TABLE answer ADD COLUMN moment_end_ms INTEGER CHECK ((moment_start_ms IS NULL) = (moment_end_ms IS NULL));
  `,
};
