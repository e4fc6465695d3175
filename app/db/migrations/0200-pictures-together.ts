import type { Migration } from '../migrate.ts';

/** Several photos in one request: each has its own job, its share of the cost, and its part of the answer. */
export const picturesTogetherMigration: Migration = {
  version: 200,
  name: 'pictures-together',
  up: `
    -- Of a photo that was sent together with others: its job; NULL where a request is about one photo, or is a question.
    ALTER TABLE request_asset ADD COLUMN job_id INTEGER;
    -- How much of the request was for it, in tokens.
    ALTER TABLE request_asset ADD COLUMN share INTEGER NOT NULL DEFAULT 1;
    -- Its part of the answer has been read, or it is asked for by itself from now on.
    ALTER TABLE request_asset ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX request_asset_job ON request_asset (job_id) WHERE job_id IS NOT NULL;

    -- What a camera took and nobody has seen yet: it may be of one burst.
    CREATE INDEX asset_unseen_shot ON asset (camera_model, capture_local_ms)
      WHERE capture_local_ms IS NOT NULL AND perceptual_hash IS NULL;
  `,
};
