import type { Migration } from '../migrate.ts';

/** Connections that people name, limit and remove; and a second one for what the first does not answer. */
export const connectionsMigration: Migration = {
  version: 80,
  name: 'connections',
  up: `
    ALTER TABLE connection ADD COLUMN own_name TEXT;        -- NULL: called after its deployment and host
    ALTER TABLE connection ADD COLUMN own_limits TEXT;      -- JSON {requestsPerMinute, tokensPerMinute}
    -- Out of the lists; the row stays for what it described and what that cost.
    ALTER TABLE connection ADD COLUMN removed_at_ms INTEGER;

    ALTER TABLE run ADD COLUMN fallback_connection_id INTEGER REFERENCES connection (id);
    -- The user said, by its name, that photos may go to it although the first connection keeps them here.
    ALTER TABLE run ADD COLUMN fallback_may_upload INTEGER NOT NULL DEFAULT 0;
  `,
};
