import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';

/** How long a file's jobs took, all of them one after the other, in milliseconds from a job's claim to its end. */
export type FileTime = { readonly path: string; readonly ms: number; readonly kinds: string };

/**
 * Times every job of a library from now on, by a trigger in the database itself: no job is too short or too late to be seen,
 * and no line of the engine knows of it. For libraries that are thrown away.
 */
export function startJobClock(library: string): {
  /** Slowest first. */
  readonly files: () => FileTime[];
  /** Kinds of jobs that came to an end, and how many. */
  readonly kinds: () => Readonly<Record<string, number>>;
  readonly close: () => void;
} {
  const db = new BetterSqlite(join(library, 'library.db'));
  db.exec(
    `CREATE TABLE soak_clock (kind TEXT, payload TEXT, ms INTEGER);
     CREATE TRIGGER soak_clock_stops AFTER UPDATE OF state ON job WHEN old.state = 'running' AND new.state <> 'running'
     BEGIN
       INSERT INTO soak_clock VALUES (old.kind, old.payload, new.updated_at_ms - old.updated_at_ms);
     END`,
  );
  return {
    files: () =>
      db
        .prepare<[], FileTime>(
          `SELECT min(file.relative_path) AS path, sum(ms) AS ms, group_concat(kind || ' ' || ms, ', ') AS kinds
           FROM (SELECT kind, ms, coalesce(payload ->> 'assetId',
                   (SELECT asset_id FROM file WHERE file.id = payload ->> 'fileId')) AS asset_id FROM soak_clock) AS clock
             JOIN (SELECT asset_id, min(relative_path) AS relative_path FROM file GROUP BY asset_id) AS file USING (asset_id)
           GROUP BY asset_id ORDER BY sum(ms) DESC`,
        )
        .all(),
    kinds: () =>
      Object.fromEntries(
        db
          .prepare<[], { kind: string; jobs: number }>(
            'SELECT kind, count(*) AS jobs FROM soak_clock GROUP BY kind ORDER BY 2 DESC',
          )
          .all()
          .map(({ kind, jobs }) => [kind, jobs]),
      ),
    close: () => {
      db.close();
    },
  };
}
