import type { ErrorInfo } from '../contract/errors.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Why a lane rests. `rate-limit` and `offline` end by themselves, `person` and `blocked` wait for somebody. */
export type LanePause = {
  readonly by: 'person' | 'rate-limit' | 'offline' | 'blocked';
  /** `null`: until somebody opens it. */
  readonly untilMs: number | null;
  readonly error: ErrorInfo | null;
};

type LaneRow = {
  name: string;
  paused_by: LanePause['by'];
  paused_until_ms: number | null;
  error: string | null;
};

/** All lanes that rest, by name. Survives a restart: a day's pause is a day's pause. */
export function listPausedLanes(db: ReadDb): Map<string, LanePause> {
  const rows = db.all<LaneRow>(
    'SELECT name, paused_by, paused_until_ms, error FROM lane WHERE paused_by IS NOT NULL',
  );
  return new Map(
    rows.map((row) => [
      row.name,
      {
        by: row.paused_by,
        untilMs: row.paused_until_ms,
        error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo), // why: written below only
      },
    ]),
  );
}

/** Takes the place of the pause before. */
export function pauseLane(db: WriteDb, name: string, pause: LanePause): void {
  db.run(
    `INSERT INTO lane (name, paused_by, paused_until_ms, error) VALUES (@name, @by, @untilMs, @error)
     ON CONFLICT (name) DO UPDATE SET paused_by = @by, paused_until_ms = @untilMs, error = @error`,
    {
      name,
      by: pause.by,
      untilMs: pause.untilMs,
      error: pause.error === null ? null : JSON.stringify(pause.error),
    },
  );
}

export function openLane(db: WriteDb, name: string): void {
  db.run('DELETE FROM lane WHERE name = ?', [name]);
}
