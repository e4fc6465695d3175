import type { Migration } from '../migrate.ts';

/** The durable queue (DESIGN §5). It knows nothing of photos: payloads hold ids. */
export const queueMigration: Migration = {
  version: 20,
  name: 'queue',
  up: `
    CREATE TABLE job (
      id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice: the ledger names jobs that are long gone
      kind TEXT NOT NULL,
      lane TEXT NOT NULL,               -- what limits it: 'ingest', 'metadata', 'connection:3' …
      run_id INTEGER,                   -- the run it belongs to, if any
      payload TEXT NOT NULL,            -- JSON, ids only
      state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'running', 'finished', 'failed', 'canceled')),
      priority INTEGER NOT NULL DEFAULT 0,
      held INTEGER NOT NULL DEFAULT 0,  -- its run is paused
      dedupe_key TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      engine_deaths INTEGER NOT NULL DEFAULT 0,  -- engines that died while it ran: nobody's failed attempt, but work with care
      run_after_ms INTEGER NOT NULL DEFAULT 0,  -- 0: at once
      session TEXT,                     -- the engine that claimed it
      last_error TEXT,                  -- JSON {code, details}
      skip_reason TEXT,
      created_at_ms INTEGER NOT NULL,
      updated_at_ms INTEGER NOT NULL
    );
    -- At most one live job with a dedupe key.
    CREATE UNIQUE INDEX job_dedupe ON job (dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('ready', 'running');
    -- Two indexes, so that neither held nor delayed jobs stand in the way of a claim.
    CREATE INDEX job_claim ON job (lane, priority DESC, id) WHERE state = 'ready' AND held = 0 AND run_after_ms = 0;
    CREATE INDEX job_delayed ON job (lane, run_after_ms) WHERE state = 'ready' AND held = 0 AND run_after_ms > 0;
    CREATE INDEX job_held ON job (run_id, lane) WHERE state = 'ready' AND held = 1;
    CREATE INDEX job_running ON job (session) WHERE state = 'running';
    CREATE INDEX job_run ON job (run_id, state) WHERE run_id IS NOT NULL;
    CREATE INDEX job_offline ON job (id) WHERE skip_reason = 'offline';  -- taken up again when the drive is back
    CREATE INDEX job_failed ON job (dedupe_key) WHERE state = 'failed';

    -- A lane that is held; one without a row is open.
    CREATE TABLE lane (
      name TEXT PRIMARY KEY,
      paused_by TEXT CHECK (paused_by IN ('person', 'rate-limit', 'offline', 'blocked')),
      paused_until_ms INTEGER,          -- NULL: until somebody opens it
      error TEXT                        -- JSON {code, details}
    ) WITHOUT ROWID;
  `,
};
