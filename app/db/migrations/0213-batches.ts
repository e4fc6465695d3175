import type { Migration } from '../migrate.ts';

/** Batches: what is known of each, so that an engine that is killed at any point goes on where the last one stopped. */
export const batchesMigration: Migration = {
  version: 213,
  name: 'batches',
  // For a day it was numbered below what came with it: a library may have it already, or may have been left out.
  isThere: "SELECT 1 FROM pragma_table_info('connection') WHERE name = 'batch_deployment'",
  up: `
    -- Azure: the deployment that answers batches.
    ALTER TABLE connection ADD COLUMN batch_deployment TEXT;

    -- Its name is that of its file, here and at the service, and stands in its metadata there.
    ALTER TABLE batch ADD COLUMN name TEXT;
    -- Of its file: what stands behind was written by an engine that died before it could say so.
    ALTER TABLE batch ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE batch ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
    -- Input, and output at its limit.
    ALTER TABLE batch ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE batch ADD COLUMN endpoint TEXT;
    ALTER TABLE batch ADD COLUMN remote_state TEXT;
    ALTER TABLE batch ADD COLUMN remote_done INTEGER;
    ALTER TABLE batch ADD COLUMN output_file_id TEXT;
    ALTER TABLE batch ADD COLUMN error_file_id TEXT;
    ALTER TABLE batch ADD COLUMN sent_at_ms INTEGER;
    ALTER TABLE batch ADD COLUMN expires_at_ms INTEGER;
    ALTER TABLE batch ADD COLUMN cancel_asked INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX batch_open ON batch (run_id) WHERE state <> 'done';

    -- An answer of a batch that its job has looked at and could not read.
    ALTER TABLE request ADD COLUMN looked INTEGER NOT NULL DEFAULT 0;
    -- What a batch brought instead of an answer, until its job has been told.
    CREATE INDEX request_setback ON request (job_id)
      WHERE batch_id IS NOT NULL AND parsed = 0 AND answer_text IS NULL AND state IN ('answered', 'unanswered');
  `,
};
