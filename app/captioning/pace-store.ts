import type { ConnectionId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/** So many photos say how fast it goes now. */
const mostLookedAt = 500;
/** Fewer say nothing. */
const fewest = 10;
/** Whoever waited longer between two photos had nothing to do, or was stopped. */
const longestGapMs = 10_000;

/**
 * How long a connection took of late from one described photo to the next, in milliseconds, with as many at once as it does.
 * `undefined` when it described too few to tell.
 */
export function usualPaceMs(db: ReadDb, connectionId: ConnectionId): number | undefined {
  const times = db.pluck<number>(
    `SELECT created_at_ms FROM (SELECT * FROM description ORDER BY id DESC LIMIT ${String(mostLookedAt)})
     WHERE connection_id = ? AND owner = 'model'`,
    [connectionId],
  );
  return paceOf(times);
}

/** @param times when each photo was done, in any order */
export function paceOf(times: readonly number[]): number | undefined {
  const sorted = times.toSorted((one, other) => one - other);
  const gaps = sorted.flatMap((time, index) => {
    const gap = time - (sorted[index - 1] ?? -Infinity);
    return gap > longestGapMs ? [] : [gap];
  });
  if (gaps.length < fewest) return undefined;
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
