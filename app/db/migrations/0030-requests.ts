import type { Migration } from '../migrate.ts';

/** Connections, runs, and the ledger of everything that was sent. */
export const requestsMigration: Migration = {
  version: 30,
  name: 'requests',
  up: `
    CREATE TABLE connection (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,               -- which there are is for the contract to say
      name TEXT NOT NULL,
      endpoint TEXT,
      form TEXT CHECK (form IN ('dated', 'v1')),
      api_version TEXT,
      deployment TEXT,
      model_id TEXT,
      concurrency INTEGER NOT NULL,
      requests_per_minute INTEGER,
      tokens_per_minute INTEGER,
      own_price TEXT,                   -- JSON
      learned TEXT NOT NULL DEFAULT '{}',
      state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'offline', 'blocked')),
      error TEXT,
      created_at_ms INTEGER NOT NULL
    );
    -- The same service, deployment and kind is the same connection.
    CREATE UNIQUE INDEX connection_identity ON connection (kind, coalesce(endpoint, ''), coalesce(deployment, ''));

    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      connection_id INTEGER NOT NULL REFERENCES connection (id),
      root_id INTEGER REFERENCES root (id) ON DELETE SET NULL,
      options TEXT NOT NULL,            -- JSON, as asked
      scope TEXT NOT NULL DEFAULT '',   -- which photos, as asked: the same wish again is the same run
      plan TEXT NOT NULL,               -- JSON, as shown
      budget_micro_usd INTEGER,
      state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'finished', 'canceled', 'undone')),
      error TEXT,
      created_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER
    );
    CREATE INDEX run_live ON run (state) WHERE state IN ('running', 'paused');

    -- A batch waits at the service for hours under its remote id.
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      connection_id INTEGER NOT NULL REFERENCES connection (id),
      run_id INTEGER REFERENCES run (id),
      remote_id TEXT,
      remote_file_id TEXT,
      state TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      checked_at_ms INTEGER,
      ended_at_ms INTEGER
    );

    -- What is sent and paid; one to many assets.
    CREATE TABLE request (
      id INTEGER PRIMARY KEY,
      run_id INTEGER REFERENCES run (id),
      connection_id INTEGER NOT NULL REFERENCES connection (id),
      job_id INTEGER,
      batch_id INTEGER REFERENCES batch (id),
      custom_id TEXT,                   -- its name inside a batch
      kind TEXT NOT NULL CHECK (kind IN ('describe', 'ask')),
      state TEXT NOT NULL CHECK (state IN ('sent', 'answered', 'unanswered', 'at-service')),
      booking TEXT NOT NULL CHECK (booking IN ('pending', 'exact', 'estimate', 'free')),
      sent_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER,
      http_status INTEGER,
      error TEXT,                       -- JSON {code, details}
      prompt_version TEXT NOT NULL,
      detail TEXT,
      model_asked TEXT,
      model_answered TEXT,
      service_request_id TEXT,
      finish_reason TEXT,
      content_filter TEXT,              -- JSON, the verdicts as the service gave them
      estimated_input_tokens INTEGER NOT NULL,
      estimated_output_tokens INTEGER NOT NULL,   -- upper limit
      estimated_micro_usd INTEGER,      -- upper estimate; NULL: price unknown
      input_tokens INTEGER,             -- NULL: not said
      output_tokens INTEGER,
      cached_input_tokens INTEGER,
      image_tokens INTEGER,
      reasoning_tokens INTEGER,
      cost_micro_usd INTEGER,           -- as booked; NULL while pending or when the price is unknown
      price TEXT,                       -- JSON, as it was then
      raw_answer TEXT,                  -- as it came, stored before it is parsed
      answer_text TEXT,                 -- the model's text in it
      parsed INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX request_run ON request (run_id);
    CREATE INDEX request_unparsed ON request (job_id) WHERE state = 'answered' AND parsed = 0;
    CREATE INDEX request_open ON request (state) WHERE state IN ('sent', 'at-service');
    CREATE INDEX request_sent_at ON request (sent_at_ms);
    CREATE UNIQUE INDEX request_custom_id ON request (batch_id, custom_id) WHERE batch_id IS NOT NULL;

    CREATE TABLE request_asset (
      request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      sent_width_px INTEGER,
      sent_height_px INTEGER,
      PRIMARY KEY (request_id, position)
    ) WITHOUT ROWID;
    CREATE INDEX request_asset_asset ON request_asset (asset_id);
  `,
};
