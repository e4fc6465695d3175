import type { Migration } from '../migrate.ts';

/** Questions about photos and their answers. */
export const threadsMigration: Migration = {
  version: 90,
  name: 'threads',
  up: `
    CREATE TABLE thread (
      id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice: people write its number down
      created_at_ms INTEGER NOT NULL,
      updated_at_ms INTEGER NOT NULL    -- of its last question or answer
    );
    CREATE INDEX thread_updated ON thread (updated_at_ms DESC, id DESC);

    -- A question and what came of it. Usage and cost are its request's.
    CREATE TABLE answer (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      thread_id INTEGER NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
      connection_id INTEGER NOT NULL REFERENCES connection (id),
      request_id INTEGER REFERENCES request (id) ON DELETE SET NULL,   -- the last one, when a deployment refused a parameter first
      question TEXT NOT NULL,
      crop TEXT,                        -- JSON {x, y, width, height} in fractions
      state TEXT NOT NULL DEFAULT 'asking' CHECK (state IN ('asking', 'answered', 'partial', 'failed')),
      answer TEXT,
      finish_reason TEXT,
      error TEXT,                       -- JSON {code, details}
      asked_at_ms INTEGER NOT NULL,
      answered_at_ms INTEGER
    );
    CREATE INDEX answer_thread ON answer (thread_id, id);
    CREATE INDEX answer_asking ON answer (id) WHERE state = 'asking';

    CREATE TABLE answer_asset (
      answer_id INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
      PRIMARY KEY (answer_id, position)
    ) WITHOUT ROWID;
    CREATE INDEX answer_asset_asset ON answer_asset (asset_id, answer_id);

    -- What a person took over from an answer, to be taken back.
    CREATE INDEX description_request ON description (request_id) WHERE request_id IS NOT NULL AND owner = 'person';
  `,
};
