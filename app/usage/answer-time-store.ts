import type { ConnectionId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/** Among the latest of all connections: one that was asked long ago says nothing of today. */
const mostLookedAt = 2_000;
/** So many say how fast it answers now. */
const mostCounted = 30;

/**
 * How long a connection took for an answer of late, in milliseconds: half of its last answers came sooner. `undefined`
 * before its first one. Batches, which wait for hours, do not count.
 */
export function usualAnswerMs(db: ReadDb, connectionId: ConnectionId): number | undefined {
  const rows = db.all<{ ms: number }>(
    `SELECT ended_at_ms - sent_at_ms AS ms FROM (SELECT * FROM request ORDER BY id DESC LIMIT ${String(mostLookedAt)})
     WHERE connection_id = @connectionId AND state = 'answered' AND batch_id IS NULL AND ended_at_ms IS NOT NULL
     LIMIT ${String(mostCounted)}`,
    { connectionId },
  );
  const sorted = rows.map(({ ms }) => ms).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
