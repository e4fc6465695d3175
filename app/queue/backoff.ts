/** Longest wait between two tries of one job. */
export const longestBackoffMs = 5 * 60_000;

/**
 * How long to wait before try number `attempt` + 1: doubling from `baseMs`, at most five minutes, spread by a quarter
 * downwards so that many jobs that failed together do not come back together.
 *
 * @param attempt failed tries so far, from 1
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, baseMs: number, random: number): number {
  const full = Math.min(baseMs * 2 ** (attempt - 1), longestBackoffMs);
  return Math.round(full * (1 - random / 4));
}
